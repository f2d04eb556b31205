"""A project whose actor book is read piece by piece: an entry of many marks and claims, and open mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.presentation import book_reading, chosen_marks
from annotator.services import actor_book, linking, marking, reading
from annotator.store import marks, mentions, rows
from tests.support.material import make_project

TEXT = "Amal spoke. “We will stay,” Amal said. The port said no.\n"

ARTICLES = 70
"""More than one page of quotes."""

PIECE = 20
"""So many marks are read in one piece."""


def make_large_book(folder: Path) -> Path:
    """Return the path of a project in which every article has a mention of each, and a claim."""
    project = make_project(folder, *(f"{TEXT}{number}" for number in range(ARTICLES)))
    ids = []
    for listed in reading.list_articles(project):
        article = listed.article.id
        amal = marking.mark(project, article, [(0, 4)], "actor", {"type": "person"})
        ids.append(amal.changes[0].after.id)  # type: ignore[union-attr]
        start = TEXT.index("port")
        marking.mark(project, article, [(start, start + 4)], "actor")
        start = TEXT.index("We will")
        claim = marking.mark(project, article, [(start, start + 12)], "claim")
        actor_book.assign_all(project, ids, None)
        linking.tie_to_nearest(project, claim.changes[0].after.id, "source")  # type: ignore[union-attr]
    actor_book.assign_all_new(project, ids)
    project.close()
    return project.path


def count_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every project read piece by piece, and a few marks in a piece."""
    monkeypatch.setattr(book_reading, "SMALL", 0)
    monkeypatch.setattr(chosen_marks, "FEW", 0)
    monkeypatch.setattr(rows, "LOOKED_AT", PIECE)
    monkeypatch.setattr(mentions, "READ", PIECE)
    monkeypatch.setattr(marks, "AT_A_TIME", PIECE)
