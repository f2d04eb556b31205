"""The values of a list without codes are those that marks have, however they came to have them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.mark import Mark, Value
from annotator.domain.mark_query import MarkQuery
from annotator.presentation import topics, used_values
from annotator.presentation.desk import Desk
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.port import Window
from annotator.services import history, mark_table, marking, new_codes, reading
from annotator.services.project import Project
from tests.support.material import STORY, make_project

WORDS = ("pay", "night work", "Pay", "Löhne", "😀")


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with make_project(tmp_path_factory.mktemp("values"), STORY) as made:
        yield made


def claim(project: Project, place: int, *topics: str) -> str:
    """Mark a claim with topics."""
    (listed,) = reading.list_articles(project)
    values: dict[str, Value] = {"topics": topics} if topics else {}
    changes = marking.mark(
        project, listed.article.id, [(place, place + 4)], "claim", values
    ).changes
    return next(one.after.id for one in changes if isinstance(one.after, Mark))


def to_the_end(readings: Piecemeal) -> None:
    while readings.go_on():
        pass


def test_values_are_offered_most_used_first(desk: Desk, project: Project) -> None:
    for place, words in enumerate((("pay",), ("night work", "pay"), ("Löhne",), ())):
        claim(project, 6 * place, *words)
    assert desk.used_values.of("claim", "topics") == ["pay", "Löhne", "night work"]
    assert desk.used_values.of("actor", "topics") == []


def test_of_many_marks_values_come_when_they_are_counted(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(used_values, "FEW", 0)
    made = claim(project, 0, "pay")
    used, told = desk.used_values, list[list[str]]()
    used.changed.connect(lambda _: told.append(used.of("claim", "topics")))
    assert used.of("claim", "topics") == []
    used.readings.go_on()
    # An act amid the counting begins it anew: nothing is counted twice, or not at all.
    desk.act(lambda one: marking.set_attribute(one, made, "topics", ("pay", "night work")))
    to_the_end(used.readings)
    assert told == [["night work", "pay"]]
    # From now on nothing is counted anew.
    desk.act(lambda one: marking.set_attribute(one, made, "topics", ("pay",)))
    assert used.of("claim", "topics") == ["pay"]
    desk.undo()
    assert used.of("claim", "topics") == ["night work", "pay"]
    assert not used.readings.reads("claim.topics")


def test_after_what_cannot_be_followed_all_is_counted_anew_and_the_old_offered_meanwhile(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(used_values, "FEW", 0)
    claim(project, 0, "pay")
    used = desk.used_values
    used.want("claim", "topics")
    to_the_end(used.readings)
    claim(project, 6, "strike")
    desk.acted.emit(())
    assert used.of("claim", "topics") == ["pay"]
    to_the_end(used.readings)
    assert used.of("claim", "topics") == ["pay", "strike"]
    desk.project_changed.emit(None)
    assert used.of("claim", "topics") == []


def test_words_that_are_left_are_the_value_they_mean_also_before_all_is_counted(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim(project, 0, "Night work")
    made = claim(project, 6)
    monkeypatch.setattr(used_values, "FEW", 0)
    assert topics.keep(desk, "topics", made, "night WORK")
    assert project.own_mark(made).attributes["topics"] == ("Night work",)


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_what_is_followed_is_what_counting_finds(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    with (
        make_project(tmp_path_factory.mktemp("values"), STORY) as project,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(used_values, "FEW", 0)
        desk = Desk(cast("Window", None))
        desk.project = project
        desk.library.show(project)
        desk.open_article(desk.library.rows[0].id)
        used = desk.used_values
        for _ in range(25):
            _act(desk, project, chance)
            if chance.random() < 0.3:
                used.want("claim", "topics")
            for _ in range(chance.randint(0, 3)):
                used.readings.go_on()
        used.want("claim", "topics")
        to_the_end(used.readings)
        counts = new_codes.used(project, "claim", "topics")
        assert used._known["claim", "topics"] == counts
        assert set(used.of("claim", "topics")) == set(counts)


def _act(desk: Desk, project: Project, chance: random.Random) -> None:
    ids = mark_table.ids(project, MarkQuery(layers=("claim",)))
    words = tuple(chance.sample(WORDS, chance.randint(0, 3)))
    match chance.randint(0, 4):
        case 0 | 1:
            start = chance.randrange(60)
            article = desk.library.rows[0].id
            values: dict[str, Value] = {"topics": words} if words else {}
            extent = start, start + 4
            desk.act(lambda one: marking.mark(one, article, [extent], "claim", values))
        case 2 if ids:
            mark = chance.choice(ids)
            desk.act(lambda one: marking.set_attribute(one, mark, "topics", words or None))
        case 3 if ids:
            desk.act(lambda one: marking.delete(one, [chance.choice(ids)]))
        case _ if ids:
            desk.act(history.undo)
