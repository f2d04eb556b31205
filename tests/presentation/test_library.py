"""The list of articles follows each act by what it changed, and shows what counting anew would show."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import BadInput, Problem
from annotator.domain.step import Outcome
from annotator.presentation import early_rows, library, seeking
from annotator.presentation.article_row import Keyword
from annotator.presentation.library import Library
from annotator.services import history, marking, reading, states
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import states as stored_states
from tests.support.material import add_article, make_project

TEXT = "Amal Haddad spoke.\nThe port said no.\n"
LAYERS = ("actor", "claim", "sentiment")


def act(project: Project, articles: list[str], chance: random.Random) -> Outcome:
    """Do something that changes what a row shows, or nothing at all."""
    article, layer = chance.choice(articles), chance.choice(LAYERS)
    own = reading.open_article(project, article).marks
    what = chance.choice(("mark", "mark", "relabel", "delete", "verdict", "undo", "redo"))
    if what == "relabel" and own:
        return marking.relabel(project, chance.choice(own).id, layer)
    if what == "delete" and own:
        return marking.delete(project, [item.id for item in chance.sample(own, 1)])
    if what == "verdict":
        marked = any(item.layer == layer for item in own)
        verdicts = [item for item in Verdict if not (marked and item is Verdict.NOTHING_FOUND)]
        return states.set_verdict(project, article, [layer], chance.choice(verdicts))
    if what == "undo" and history.next_undo(project):
        return history.undo(project)
    if what == "redo" and history.next_redo(project):
        return history.redo(project)
    start = chance.randrange(10)
    return marking.mark(project, article, [(start, start + 6)], layer)


@pytest.mark.parametrize("seed", range(4))
def test_rows_and_stages_are_those_of_a_list_read_anew(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with make_project(tmp_path, TEXT, f"{TEXT} Two.", f"{TEXT} Three.") as project:
        articles = [item.article.id for item in reading.list_articles(project)]
        followed, anew = Library(), Library()
        followed.show(project)
        for _ in range(25):
            followed.follow(project, act(project, articles, chance).changes)
            anew.show(project)
            assert followed.rows == anew.rows
            assert +followed.counts == +anew.counts
            assert followed.finished == anew.finished


@pytest.mark.parametrize("before", [0, 1])
def test_a_list_that_becomes_long_at_once_is_read_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """As after an import, or when one is done again: the window would stand still until it is read."""
    monkeypatch.setattr(library, "MANY", 3)
    with make_project(tmp_path, *[TEXT][:before]) as project:
        driven: list[Iterator[int]] = []
        listed = Library()
        listed.drive = driven.append
        listed.show(project)
        for number in range(3):
            add_article(project, f"{TEXT} {number}.")
        listed.renew(project)
        assert len(listed.rows) == before
        assert listed.is_being_read
        assert listed.is_awaited == (before == 0)
        (work,) = driven
        assert list(work)[-1] == before + 3
        assert len(listed.rows) == before + 3
        assert not listed.is_being_read


@pytest.mark.parametrize("is_known", [False, True])
def test_searches_that_are_coloured_while_the_list_is_read_colour_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    with make_project(tmp_path, TEXT, f"{TEXT} Two.", f"{TEXT} Three.") as project:
        driven: list[Iterator[int]] = []
        listed = Library()
        if is_known:
            listed.show(project)
        listed.drive = driven.append
        listed.renew(project)
        while next(driven[-1]) < 2:
            pass
        keyword = Keyword("P", "port", ("#000000", "#ffffff"))
        articles = [item.article.id for item in reading.list_articles(project)]
        listed.set_keywords(dict.fromkeys(articles, (keyword,)))
        assert listed.is_being_read
        assert list(driven[-1])[-1] == len(articles)
        shown = [listed.row_at(place) for place in range(listed.length)]
        assert [row.keywords for row in shown if row] == [(keyword,)] * len(articles)


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_a_list_comes_to_its_end_however_much_is_done_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool, seed: int
) -> None:
    """An act between any two bits of it: what was read before is brought up to date."""
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    monkeypatch.setattr(early_rows, "LOOKED_AT", 3)
    chance = random.Random(seed)
    with make_project(tmp_path, *(f"{TEXT} {number}." for number in range(6))) as project:
        articles = [item.article.id for item in reading.list_articles(project)]
        driven: list[Iterator[int]] = []
        read, anew = Library(), Library()
        if is_known:
            read.show(project)
        read.drive = driven.append
        read.renew(project)
        read.set_current(articles[3])
        (bits,) = driven
        for reached, _ in enumerate(bits):
            assert reached < 2 * len(articles)
            read.follow(project, act(project, articles, chance).changes)
            anew.show(project)
            shown = [row for row in map(read.row_at, range(len(articles))) if row]
            assert all(row in anew.rows for row in shown), "those in sight are up to date, too"
        assert not read.is_being_read
        assert len(driven) == 1
        assert read.rows == anew.rows
        assert +read.counts == +anew.counts


def test_an_article_that_is_not_listed_yet_can_be_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that an import brought, while the list shows what was there before it."""
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    with make_project(tmp_path, TEXT, f"{TEXT} Two.") as project:
        driven: list[Iterator[int]] = []
        listed = Library()
        listed.show(project)
        listed.drive = driven.append
        new = add_article(project, f"{TEXT} Three.").id
        listed.renew(project)
        next(driven[-1])
        listed.follow(project, marking.mark(project, new, [(0, 4)], "actor").changes)
        assert listed.is_behind, "the window does not stop for it"
        list(driven[-1])
        counts = {row.id: sum(sign.count for sign in row.signs) for row in listed.rows}
        assert counts[new] == 1


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("error", [sqlite3.DatabaseError("malformed"), BadInput("It is spoilt.")])
def test_a_list_that_cannot_be_read_to_its_end_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool, error: Exception
) -> None:
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    with make_project(tmp_path, TEXT, f"{TEXT} Two.", f"{TEXT} Three.") as project:
        articles = [item.article.id for item in reading.list_articles(project)]
        driven: list[Iterator[int]] = []
        listed = Library()
        if is_known:
            listed.show(project)
        before = list(listed.rows)
        listed.drive = driven.append
        listed.renew(project)
        while next(driven[-1]) < 2:
            pass
        listed.set_current(articles[1])
        monkeypatch.setattr(seeking, "AT_ONCE", 0)
        found: list[str | None] = []
        listed.seek((False,), found.append)
        assert listed.is_seeking
        with monkeypatch.context() as spoilt:
            spoilt.setattr(stored_states, "of_articles", Mock(side_effect=error))
            with nullcontext() if isinstance(error, Problem) else pytest.raises(type(error)):
                list(driven[-1])
        assert not listed.is_being_read
        assert not listed.awaited
        assert not listed.is_seeking
        assert listed.problem == (str(error) if isinstance(error, Problem) else library.UNREAD)
        assert listed.rows == before, "a part is not taken for all"
        listed.seek((True,), found.append)
        assert found == [articles[0], articles[2]], "where to go on is known from the project"
        listed.follow(project, marking.mark(project, articles[0], [(0, 4)], "actor").changes)
        assert len(driven) == 1, "an act alone does not begin it again"
        listed.renew(project)
        list(driven[-1])
        assert not listed.problem
        assert [row.id for row in listed.rows] == articles


def test_rows_that_say_the_same_share_their_signs(tmp_path: Path) -> None:
    with make_project(tmp_path, TEXT, f"{TEXT} Two.") as project:
        library = Library()
        library.show(project)
        one, other = library.rows
        assert all(mine is same for mine, same in zip(one.signs, other.signs, strict=True))


def test_what_others_mark_changes_no_row(tmp_path: Path) -> None:
    with make_project(tmp_path, TEXT) as project:
        path = project.path
    with projects.open_existing(path, "Bea") as other:
        article = reading.list_articles(other)[0].article.id
        theirs = marking.mark(other, article, [(0, 4)], "actor").changes
    with projects.open_existing(path, "Amal") as mine:
        library = Library()
        library.show(mine)
        before = list(library.rows)
        library.follow(mine, theirs)
        assert library.rows == before


def test_a_row_is_found_by_its_article_after_each_choice(tmp_path: Path) -> None:
    with make_project(tmp_path, "Ships.\n", "Trains.\n") as project:
        library = Library()
        library.show(project)
        first, second = (row.id for row in library.rows)
        assert (library.index_of(first), library.index_of(second)) == (0, 1)
        library.set_filter("Article 2")
        assert (library.index_of(first), library.index_of(second)) == (None, 0)
        library.set_filter("")
        assert library.index_of(second) == 1


def test_the_rows_of_a_project_that_is_closed_are_forgotten_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, forgotten = Library(), list[object]()
    monkeypatch.setattr(library, "let_go", forgotten.append)
    with make_project(tmp_path, TEXT) as project:
        shown.show(project)
        rows = shown._all
        shown.show(None)
    assert len(rows) == 1
    assert forgotten == [rows]
    assert (shown.length, shown.rows) == (0, [])
