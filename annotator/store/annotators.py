"""Annotators in the project file."""

from __future__ import annotations

from annotator.domain.article import Annotator
from annotator.store.connection import Database
from annotator.store.rows import Row, Table


def _encode(record: Annotator) -> Row:
    return record.id, record.name, record.created, int(record.retired)


def _decode(row: Row) -> Annotator:
    id, name, created, retired = row
    return Annotator(str(id), str(name), str(created), bool(retired))


TABLE = Table("annotator", ("id", "name", "created", "retired"), _encode, _decode)


def all(db: Database) -> list[Annotator]:
    """Return every annotator, oldest first."""
    return list(TABLE.select(db, "ORDER BY created, rowid"))


def named(db: Database, name: str) -> Annotator | None:
    """Return the annotator of that name, or None."""
    return next(TABLE.select(db, "WHERE name = ?", (name,)), None)
