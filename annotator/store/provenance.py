"""The columns that marks and links share: who made them, when and how."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from annotator.domain.identity import Id
from annotator.domain.mark import Origin, Provenance, Suggester, View
from annotator.store.connection import Database
from annotator.store.rows import Cell

COLUMNS = ("created", "modified", "origin", "suggester", "suggester_version", "codebook_version")


VIEWS: dict[Cell, View] = {view.value: view for view in View}
_ORIGINS: dict[Cell, Origin] = {origin.value: origin for origin in Origin}
"""Looking a value up in these is faster than asking the enumeration, which has the word for what is unknown."""


def own_rows(db: Database, kind: str, cells: str, article: Id, annotator: Id) -> list[Any]:
    """Return cells of the marks or links that one annotator made in one article, sorted by them.

    Args:
        kind: the name of their table.
        cells: as SQL; they begin with what the order goes by.
    """
    sql = f"SELECT {cells} FROM {kind} WHERE article = ? AND view = ? AND annotator = ?"
    rows = db.execute(sql, (article, View.ANNOTATOR.value, annotator)).fetchall()
    # Python sorts them faster than SQLite.
    rows.sort()
    return rows


def encode(made: Provenance) -> tuple[Cell, ...]:
    """Return the cells of ``COLUMNS``."""
    suggester = made.suggester
    return (
        made.created,
        made.modified,
        made.origin.value,
        suggester.name if suggester else None,
        suggester.version if suggester else None,
        made.codebook_version,
    )


@lru_cache(maxsize=4096)
def decode(annotator: Cell, cells: tuple[Cell, ...]) -> Provenance:
    """Return the provenance that ``encode`` wrote; records made together share one."""
    created, modified, origin, suggester, version, codebook_version = cells
    return Provenance(
        str(annotator),
        str(created),
        str(modified),
        _ORIGINS.get(origin) or Origin(str(origin)),
        int(str(codebook_version)),
        None if suggester is None else Suggester(str(suggester), str(version)),
    )
