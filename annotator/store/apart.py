"""Pairs of articles that are no copies, in the project file."""

from __future__ import annotations

from annotator.domain.apart import Apart
from annotator.domain.identity import Id
from annotator.store.connection import Database
from annotator.store.rows import Row, Table


def _encode(record: Apart) -> Row:
    return record.one, record.other, record.annotator, record.at


def _decode(row: Row) -> Apart:
    one, other, annotator, at = map(str, row)
    return Apart(one, other, annotator, at)


TABLE = Table("apart", ("one", "other", "annotator", "at"), _encode, _decode, keys=2)


def pairs(db: Database) -> set[frozenset[Id]]:
    """Return every pair that a person has told apart."""
    return {frozenset((one.one, one.other)) for one in TABLE.select(db)}


def of_article(db: Database, article: Id) -> list[Apart]:
    """Return the pairs an article is in."""
    where = "WHERE one = ? OR other = ? ORDER BY one, other"
    return list(TABLE.select(db, where, (article, article)))
