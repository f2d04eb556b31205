"""The columns that marks and links share: who made them, when and how."""

from __future__ import annotations

from functools import lru_cache

from annotator.domain.mark import Origin, Provenance, Suggester, View
from annotator.store.rows import Cell

COLUMNS = ("created", "modified", "origin", "suggester", "suggester_version", "codebook_version")


VIEWS: dict[Cell, View] = {view.value: view for view in View}
_ORIGINS: dict[Cell, Origin] = {origin.value: origin for origin in Origin}
"""Looking a value up in these is faster than asking the enumeration, which has the word for what is unknown."""


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
