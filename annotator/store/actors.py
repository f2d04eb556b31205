"""The actor book in the project file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.cells import compact
from annotator.domain.identity import Id
from annotator.domain.slices import Slices, sliced
from annotator.store.connection import Database
from annotator.store.rows import Cell, Row, Table

_COLUMNS = (
    "id",
    "name",
    "type",
    "aliases",
    "external_id",
    "affiliations",
    "note",
    "retired",
    "merged_into",
)


DECODED = 250
"""So many entries are decoded in one slice."""

_NONE = "[]"
"""What most entries have: reading it as JSON would take most of the time of reading the book."""


def bonds_in(cell: Cell) -> tuple[Affiliation, ...]:
    """Return the affiliations of their column; raise ValueError or TypeError if it holds others."""
    return () if cell == _NONE else tuple(_bond(*item) for item in json.loads(str(cell)))


def _bond(to: object, since: object = None, until: object = None) -> Affiliation:
    if isinstance(to, str) and isinstance(since, str | None) and isinstance(until, str | None):
        return Affiliation(to, since, until)
    raise ValueError("an affiliation is an entry of the book and two dates")


def _encode(record: Actor) -> Row:
    return (
        record.id,
        record.name,
        record.type,
        compact(record.aliases),
        record.external_id,
        compact([[item.to, item.since, item.until] for item in record.affiliations]),
        record.note,
        int(record.retired),
        record.merged_into,
    )


def _decode(row: Row) -> Actor:
    id, name, type, aliases, external_id, affiliations, note, retired, merged_into = row
    return Actor(
        id=str(id),
        name=str(name),
        type=None if type is None else str(type),
        aliases=() if aliases == _NONE else tuple(json.loads(str(aliases))),
        external_id=None if external_id is None else str(external_id),
        affiliations=bonds_in(affiliations),
        note=str(note),
        retired=bool(retired),
        merged_into=None if merged_into is None else str(merged_into),
    )


Decoded = dict[Id, tuple[Row, Actor]]
"""Entries with the rows they were made of, by id."""

TABLE = Table("actor", _COLUMNS, _encode, _decode)


@sliced
def decoded(db: Database, before: Decoded) -> Slices[Decoded]:
    """Return every entry in use with its row, by id; rows that are as ``before`` are not decoded again."""
    found: Decoded = {}
    where = "WHERE retired = 0 AND (name, id) > (?, ?) ORDER BY name, id LIMIT ?"
    reached: tuple[Cell, Cell] = ("", "")
    while rows := list(TABLE.rows(db, where, (*reached, DECODED))):
        for row in rows:
            id = str(row[0])
            known = before.get(id)
            found[id] = known if known is not None and known[0] == row else (row, _decode(row))
        reached = rows[-1][1], rows[-1][0]
        yield
    return found


def with_changed(db: Database, before: Decoded, ids: Collection[Id]) -> Decoded:
    """Return the same with the entries of these ids as they are now."""
    found = {id: known for id, known in before.items() if id not in ids}
    for id, row in TABLE.rows_of(db, ids).items():
        actor = _decode(row)
        if not actor.retired:
            found[id] = row, actor
    return dict(sorted(found.items(), key=lambda item: (item[1][1].name, item[0])))


def named(db: Database, name: str, type: str | None) -> Actor | None:
    """Return the entry of exactly that name and type, or None."""
    return next(
        TABLE.select(db, "WHERE name = ? AND type IS ? AND retired = 0", (name, type)), None
    )


def called(db: Database, name: str) -> list[Actor]:
    """Return the entries in use of exactly that name, of whatever type."""
    return list(TABLE.select(db, "WHERE name = ? AND retired = 0 ORDER BY id", (name,)))


def unmentioned(db: Database) -> list[Actor]:
    """Return the entries that no mark stands for, by name."""
    return list(
        TABLE.select(
            db, "WHERE id NOT IN (SELECT actor FROM mark WHERE actor IS NOT NULL) ORDER BY name, id"
        )
    )


def affiliated(db: Database, to: str) -> list[Actor]:
    """Return the entries in use that belong, or once belonged, to an entry, by name."""
    # Along the index of names every entry would be looked up by itself: few belong to anybody.
    where = "WHERE retired = 0 AND instr(affiliations, ?) > 0 ORDER BY +name, id"
    return [
        actor
        for actor in TABLE.select(db, where, (to,))
        if any(bond.to == to for bond in actor.affiliations)
    ]


def belonging(db: Database) -> Iterator[list[Actor]]:
    """Yield the entries, in use or not, that belong, or once belonged, to others, some after others."""
    where = f"affiliations <> '{_NONE}'"
    for rows in TABLE.bits(db, TABLE.names, where, (), share=DECODED):
        yield [_decode(row) for row in rows]
