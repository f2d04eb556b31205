"""Where a value of the codebook is used in the project file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from annotator.domain.cells import compact
from annotator.domain.mark import Value
from annotator.store.connection import Database
from annotator.store.marks import TABLE as MARKS
from annotator.store.marks import attributes_in
from annotator.store.suggestions import TABLE as SUGGESTIONS

COUNTED = 1_500
"""So many marks are looked at for a value in one bit."""


def counts(db: Database, layer: str, attribute: str, code: str) -> Iterator[int]:
    """Yield, bit by bit, how many marks of a layer, of all annotators and gold, have a value."""
    where = "layer = ? AND ? IN (SELECT cast(atom AS TEXT) FROM json_each(attributes, ?))"
    for rows in MARKS.bits(db, "count(*)", where, (layer, code, f'$."{attribute}"'), share=COUNTED):
        yield rows[0][0]


def rows(db: Database) -> int:
    """Return how many rows have to be looked through for a value, about."""
    return MARKS.last_row(db) + SUGGESTIONS.last_row(db)


def marks_with(
    db: Database, layer: str, attribute: str, codes: Sequence[str]
) -> Iterator[list[int]]:
    """Yield, bit by bit, the row numbers of every mark of a layer, gold and all, that has one of these values."""
    where = """layer = ? AND EXISTS (
        SELECT 1 FROM json_each(attributes, ?)
        WHERE cast(atom AS TEXT) IN (SELECT value FROM json_each(?)))"""
    return MARKS.numbers(db, where, (layer, f'$."{attribute}"', json.dumps(list(codes))))


def waiting(db: Database, layer: str) -> Iterator[list[int]]:
    """Yield, bit by bit, the row numbers of the suggestions on a layer that nobody has answered yet."""
    return SUGGESTIONS.numbers(db, "layer = ? AND decision = 'waiting'", (layer,))


def used(db: Database, layer: str, attribute: str) -> Iterator[list[tuple[Value, int]]]:
    """Yield, bit by bit, what marks of a layer, of all annotators and gold, have as an attribute, and how many."""
    where = "layer = ? AND instr(attributes, ?)"
    cells = (layer, f"{compact(attribute)}:")
    for rows in MARKS.bits(
        db, "attributes, count(*)", where, cells, "GROUP BY attributes", share=COUNTED
    ):
        found = ((attributes_in(cell).get(attribute), count) for cell, count in rows)
        yield [(value, count) for value, count in found if value is not None]
