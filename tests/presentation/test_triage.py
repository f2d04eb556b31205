"""Coloured searches colour what comes in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest

from annotator.domain.errors import Problem
from annotator.presentation import library
from annotator.presentation import triage as triage_module
from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.presentation.port import Window
from annotator.presentation.saved_searches import SavedSearch
from annotator.presentation.triage import Triage
from annotator.services import marking, reading, searching
from annotator.services.project import Project
from tests.support.material import add_article, make_project

TEXT = "The port said no."


def read_lists(driven: list[Iterator[int]]) -> None:
    """Read every list that was begun to its end."""
    for work in driven:
        list(work)


def colours(desk: Desk) -> dict[str, list[str]]:
    """Return by article the words of the searches that the list shows it in."""
    listed = desk.library
    rows = [listed.row_at(place) for place in range(listed.length)]
    return {row.id: [keyword.words for keyword in row.keywords] for row in rows if row}


@pytest.mark.parametrize("many", [2, 100])
def test_what_an_import_brings_is_coloured_however_long_the_list_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(library, "MANY", many)
    desk = Desk(cast("Window", None))
    driven: list[Iterator[int]] = []
    desk.library.drive = driven.append
    triage = Triage(desk, Memory(None))
    triage.saved.keep(SavedSearch("port", colour="teal"))
    with make_project(tmp_path, TEXT, f"{TEXT} Again.") as project:
        path = project.path
    assert desk.open_project(path)
    read_lists(driven)
    desk.refresh()
    read_lists(driven)
    assert desk.project is not None
    add_article(desk.project, f"{TEXT} At last.")
    desk.refresh()
    read_lists(driven)
    assert list(colours(desk).values()) == [["port"]] * 3
    desk.close()


TYPED = ("port", "in:headline port", "c++", "has:actor", "said title:2", "in:poem port", "after:x")


def simply(project: Project, searches: tuple[str, ...]) -> dict[str, list[str]]:
    """Return which searches each article fits, each looked up in one go."""
    found: dict[str, list[str]] = {item.article.id: [] for item in reading.list_articles(project)}
    for typed in searches:
        with suppress(Problem):
            for id in searching.articles_with(project, typed):
                found[id].append(typed)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_searches_that_are_looked_up_piece_by_piece_tell_what_is_there_at_their_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """An act between any two pieces may change what was looked at already."""
    chance = random.Random(seed)
    monkeypatch.setattr(triage_module, "FEW", 0)
    monkeypatch.setattr(searching, "TEXTS_FOUND", 1)
    monkeypatch.setattr(searching, "TEXTS_READ", 1)
    desk, texts = Desk(cast("Window", None)), ["Port\n\nShe said C++.", TEXT, f"{TEXT} C", "No."]
    triage = Triage(desk, Memory(None))
    for typed in chance.sample(TYPED, 4):
        triage.saved.keep(SavedSearch(typed, colour="teal"))
    with make_project(tmp_path, *texts) as project:
        path = project.path
    assert desk.open_project(path)
    kept = tuple(one.typed for one in triage.saved.coloured)
    for _ in range(20):
        triage._colour_articles()
        for _ in range(chance.randrange(4 * len(desk.library.rows))):
            triage.readings.go_on()
        if not triage.readings.reads(triage_module.COLOURS_OF_ARTICLES):
            triage._colour_articles()
        assert desk.project is not None
        what, id = (
            chance.choice(("mark", "undo", "undo", "add")),
            chance.choice(desk.library.rows).id,
        )
        if what == "mark":
            desk.act(lambda one, id=id: marking.mark(one, id, [(0, 2)], "actor"))  # type: ignore[misc]
        elif what == "undo" and len(desk.library.rows) > 1:
            desk.undo()
        else:
            add_article(desk.project, f"{TEXT} {chance.random()}")
            desk.refresh()
        while triage.readings.go_on():
            pass
        assert colours(desk) == simply(desk.project, kept)
    desk.close()


def test_looking_up_goes_in_slices_and_an_act_that_changes_nothing_found_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triage_module, "FEW", 0)
    monkeypatch.setattr(searching, "TEXTS_READ", 1)
    desk = Desk(cast("Window", None))
    triage = Triage(desk, Memory(None))
    with make_project(tmp_path, *[f"{TEXT} {number}" for number in range(8)]) as project:
        path = project.path
    assert desk.open_project(path)
    triage.saved.keep(SavedSearch("in:body port", colour="teal"))
    for _ in range(4):
        assert triage.readings.go_on()
    assert set(map(tuple, colours(desk).values())) == {()}, "nothing is shown of a part"
    article = desk.library.rows[0].id
    desk.act(lambda one: marking.mark(one, article, [(0, 2)], "actor"))
    pieces = 4
    while triage.readings.go_on():
        pieces += 1
    assert pieces == 9, "a piece for each text, and none of them twice"
    assert list(colours(desk).values()) == [["in:body port"]] * 8
    # What was looked up amid long work is looked up again when that ends.
    desk.busy = True
    triage.saved.keep(SavedSearch("said", colour="rose"))
    while triage.readings.go_on():
        pass
    assert not triage.readings.go_on()
    desk.busy = False
    assert triage.readings.reads(triage_module.COLOURS_OF_ARTICLES)
    desk.close()
    assert not triage.readings.go_on()
