"""Which articles are listed, how far they are, and the order of what teaches most found out bit by bit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Verdict
from annotator.presentation import library
from annotator.presentation.article_choice import ArticleChoice
from annotator.presentation.article_row import ArticleRow, LayerSign
from annotator.presentation.library import Library
from annotator.presentation.queue import Order, Stage
from annotator.services import (
    answering,
    codebook_editing,
    history,
    learning_queue,
    reading,
    states,
    suggesting,
)
from annotator.services.project import Project
from annotator.store import suggestions
from tests.support.material import make_project

TEXTS = [
    f"{number}. “The harbour stays shut,” said Lena Holm. It was shut. “It stays so for long.”"
    for number in range(6)
]


def sign(verdict: Verdict, count: int) -> LayerSign:
    return LayerSign("actor", "A", "Actor", verdict, count, ("#000000", "#ffffff"))


rows = st.builds(
    ArticleRow,
    st.uuids().map(str),
    st.text("ABab ß", max_size=4),
    st.text("ABab ß", max_size=4),
    st.lists(st.builds(sign, st.sampled_from(Verdict), st.integers(0, 2)), max_size=3).map(tuple),
)


def simply_at(row: ArticleRow, stage: Stage) -> bool:
    """Tell whether an article is at a stage, sign by sign."""
    is_finished = all(sign.verdict is not Verdict.OPEN for sign in row.signs)
    is_touched = any(sign.count or sign.verdict is not Verdict.OPEN for sign in row.signs)
    return {
        Stage.ALL: True,
        Stage.OPEN: not is_finished,
        Stage.BEGUN: is_touched and not is_finished,
        Stage.FINISHED: is_finished,
        Stage.EMPTY: all(sign.verdict is Verdict.NOTHING_FOUND for sign in row.signs),
    }[stage]


@given(st.lists(rows, max_size=6), st.text("ABab ßS", max_size=4), st.sampled_from(Stage))
def test_rows_are_chosen_as_a_plain_look_at_each_would(
    some: list[ArticleRow], typed: str, stage: Stage
) -> None:
    choice = ArticleChoice()
    choice.filter, choice.stage = typed, stage
    wanted = [
        row
        for row in some
        if simply_at(row, stage)
        and all(
            word in f"{row.title} {row.subtitle}".casefold() for word in typed.casefold().split()
        )
    ]
    assert choice.of(some, None) == wanted
    for row in some:
        assert list(row.stages) == [one for one in Stage if simply_at(row, one)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Articles with suggestions, a list that counts as long, and one article for each slice."""
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 2)
    monkeypatch.setattr(learning_queue, "ARTICLES", 1)
    monkeypatch.setattr(learning_queue, "MANY", 2)
    with make_project(tmp_path, *TEXTS) as made:
        codebook_editing.use_suggestions(made, kept_back=0, by_chance=20)
        suggesting.suggest(made)
        yield made


def act(project: Project, listed: Library, chance: random.Random, made: int) -> None:
    """Finish or open an article, answer a suggestion, or take the last act back.

    ``made`` is the step that brought what there is.
    """
    article = chance.choice(reading.list_articles(project)).article.id
    what = chance.choice(("verdict", "reject", "undo"))
    waiting = [
        one for one in suggestions.of_article(project.db, article) if one.decision == "waiting"
    ]
    if what == "reject" and waiting:
        outcome = answering.reject(project, waiting[0].id)
    elif what == "undo" and _last_step(project) > made:
        outcome = history.undo(project)
    else:
        verdict = chance.choice((Verdict.DONE, Verdict.OPEN))
        layers = [layer.name for layer in project.codebook.open_layers]
        outcome = states.set_verdict(project, article, layers, verdict)
    listed.follow(project, outcome.changes)


def _last_step(project: Project) -> int:
    step = history.next_undo(project)
    return step.number if step else 0


def seen(listed: Library) -> list[ArticleRow | None]:
    return [listed.row_at(place) for place in range(listed.length)]


@pytest.mark.parametrize("is_read", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_what_teaches_most_is_found_out_bit_by_bit_as_it_is_at_the_end(
    project: Project, seed: int, is_read: bool
) -> None:
    """An act between any two bits; with ``is_read`` the list is read anew before."""
    chance, made = random.Random(seed), _last_step(project)
    driven: list[Iterator[int]] = []
    listed = Library()
    listed.show(project)
    listed.drive = driven.append
    for _ in range(6):
        listed.set_order(Order.GIVEN)
        before = seen(listed)
        if is_read:
            listed.renew(project)
        listed.set_order(Order.TEACHING)
        assert is_read or seen(listed) == before, "the list stays until the order is known"
        work = driven[-1]
        for _ in range(chance.randrange(14)):
            next(work, None)
        if listed.is_being_read or listed.is_queueing:
            act(project, listed, chance, made)
        for work in driven:
            for _ in work:
                pass
        anew = Library()
        anew.choice.order = Order.TEACHING
        anew.show(project)
        assert seen(listed) == seen(anew)
        assert not listed.is_queueing


def test_another_order_or_the_end_of_the_project_gives_it_up(project: Project) -> None:
    driven: list[Iterator[int]] = []
    listed = Library()
    listed.show(project)
    listed.drive = driven.append
    listed.set_order(Order.TEACHING)
    next(driven[-1])
    listed.set_order(Order.GIVEN)
    before = seen(listed)
    assert list(driven[-1]) == []
    assert seen(listed) == before
    listed.set_order(Order.TEACHING)
    next(driven[-1])
    listed.show(None)
    project.close()
    assert list(driven[-1]) == []


def test_next_waits_for_the_order_that_was_asked_for(project: Project) -> None:
    driven: list[Iterator[int]] = []
    found: list[str | None] = []
    listed = Library()
    listed.show(project)
    listed.drive = driven.append
    listed.set_order(Order.TEACHING)
    listed.seek([True], found.append)
    next(driven[-1])
    assert found == []
    assert listed.is_seeking
    assert list(driven[-1])
    assert found == [listed.rows[0].id]
