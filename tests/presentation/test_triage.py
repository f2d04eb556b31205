"""Coloured searches colour what comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from annotator.presentation import library
from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.presentation.port import Window
from annotator.presentation.saved_searches import SavedSearch
from annotator.presentation.triage import Triage
from tests.support.material import add_article, make_project

TEXT = "The port said no."


def read_lists(driven: list[Iterator[int]]) -> None:
    """Read every list that was begun to its end."""
    for work in driven:
        list(work)


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
    rows = desk.library.rows
    assert [[keyword.words for keyword in row.keywords] for row in rows] == [["port"]] * 3
    desk.close()
