"""Marks as rows of a table, found, sorted and counted by SQL.

Of hundreds of thousands of marks the first ones are found (SQLite keeps only the best while it
sorts); the whole order is worked out when somebody scrolls further.
Rows are named by SQLite's row numbers, which are short and hold until the mark is deleted.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.article import Verdict
from annotator.domain.identity import Id
from annotator.domain.mark import Origin, Value
from annotator.domain.mark_query import PLACE, VALUE, MarkQuery
from annotator.domain.slices import Slices
from annotator.store.connection import Database
from annotator.store.mark_conditions import VERDICT, condition_of, is_narrow, marks_for
from annotator.store.mark_order import (
    by_place,
    count_in_pieces,
    first_in_pieces,
    in_pieces,
)
from annotator.store.marks import are_few, attributes_in
from annotator.store.rows import Cell

_BY = """(CASE WHEN mark.layer NOT IN ('actor', 'cue') THEN (SELECT group_concat(coalesce(actor.name, json_extract(ends.fragments, '$[0][2]'), link.voice), ', ')
    FROM link LEFT JOIN mark AS ends ON ends.id = link.end LEFT JOIN actor ON actor.id = ends.actor
    WHERE link.start = mark.id AND link.type IN ('source', 'holder')) END)"""

_ACTOR = "(SELECT name FROM actor WHERE actor.id = mark.actor)"
_TITLE = "coalesce(article.title, article.source_file, article.id)"

_KEYS = {
    "words": "json_extract(mark.fragments, '$[0][2]') COLLATE NOCASE",
    "layer": "mark.layer",
    "article": f"(SELECT {_TITLE} FROM article WHERE article.id = mark.article) COLLATE NOCASE",
    "actor": f"{_ACTOR} COLLATE NOCASE",
    "by": f"{_BY} COLLATE NOCASE",
    "annotator": "(SELECT name FROM annotator WHERE annotator.id = mark.annotator)",
    "state": VERDICT,
    "origin": "mark.origin",
    "modified": "mark.modified",
    "note": "mark.note COLLATE NOCASE",
}

FEW = 16_000
"""So many marks are looked through and sorted between two frames of the screen."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark as the table shows it.

    Attributes:
        number: of its row in the file.
        by: who says or feels it, in words.
    """

    number: int
    id: Id
    article: Id
    title: str
    annotator: Id
    annotator_name: str
    layer: str
    start: int
    end: int
    words: str
    values: Mapping[str, Value]
    actor: str
    by: str
    verdict: Verdict
    origin: Origin
    modified: str
    note: str
    codebook_version: int


def count(db: Database, query: MarkQuery) -> int:
    """Return how many marks a query finds."""
    where, parameters = condition_of(query)
    sql = f"SELECT count(*) FROM {marks_for(query)} WHERE {where}"
    return int(db.execute(sql, parameters).fetchone()[0])


def counted(db: Database, query: MarkQuery) -> Slices[int]:
    """Return how many marks a query finds; very many are looked through piece by piece."""
    if is_quick(db, query):
        return count(db, query)
    return (yield from count_in_pieces(db, query))


def is_quick(db: Database, query: MarkQuery) -> bool:
    """Tell whether a query is soon answered: few marks are there, or an index leads to those in question."""
    return is_narrow(query) or are_few(db, FEW)


def find_in_pieces(
    db: Database, query: MarkQuery, limit: int, known: int | None = None
) -> Slices[tuple[int, array[int]]]:
    """Return how many marks a query finds, and the row numbers of the first ones in its order.

    Very many are looked through piece by piece.

    Args:
        known: how many there are, if somebody counted them.
    """
    if is_quick(db, query) or query.sort == PLACE:
        total = (yield from counted(db, query)) if known is None else known
        if is_quick(db, query):
            return total, numbers(db, query, limit)
        return total, (yield from by_place(db, query, min(limit, total)))
    return (yield from first_in_pieces(db, query, _key(query), limit, known))


def numbers(db: Database, query: MarkQuery, limit: int = -1) -> array[int]:
    """Return the row numbers of what a query finds, in its order; at most ``limit``."""
    where, parameters = condition_of(query)
    down = " DESC" if query.descending else ""
    if query.sort == PLACE:
        source = "article CROSS JOIN mark ON mark.article = article.id"
        order = f"article.position{down}, article.rowid{down}, mark.start{down}, mark.rowid"
    else:
        source = marks_for(query)
        order = f"{_key(query)}{down}, mark.rowid"
    sql = f"SELECT mark.rowid FROM {source} WHERE {where} ORDER BY {order} LIMIT ?"
    return array("q", (row[0] for row in db.execute(sql, (*parameters, limit))))


def numbers_in_pieces(db: Database, query: MarkQuery) -> Slices[array[int]]:
    """Return the row numbers of everything a query finds, in its order, yielding how far it is."""
    if is_quick(db, query):
        return numbers(db, query)
    if query.sort == PLACE:
        return (yield from by_place(db, query))
    return (yield from in_pieces(db, query, _key(query)))


def rows(db: Database, wanted: Sequence[int]) -> list[MarkRow]:
    """Return the rows of these numbers, in this order; those no longer there are left out."""
    sql = f"""
        SELECT mark.rowid, mark.id, mark.article, {_TITLE}, mark.annotator, annotator.name, mark.layer,
            mark.start, mark.end, mark.fragments, mark.attributes, {_ACTOR}, {_BY}, {VERDICT},
            mark.origin, mark.modified, mark.note, mark.codebook_version
        FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
            JOIN article ON article.id = mark.article JOIN annotator ON annotator.id = mark.annotator
        ORDER BY wanted.key
    """
    return [_row(row) for row in db.execute(sql, (json.dumps(list(wanted)),))]


def own(db: Database, wanted: Sequence[int], annotator: Id) -> list[tuple[Id, str]]:
    """Return the marks of an annotator among these row numbers, each with its layer."""
    sql = """SELECT mark.id, mark.layer FROM json_each(?) AS wanted
        CROSS JOIN mark ON mark.rowid = wanted.value WHERE mark.annotator = ? ORDER BY wanted.key"""
    return db.execute(sql, (json.dumps(list(wanted)), annotator)).fetchall()


def ids(db: Database, query: MarkQuery) -> list[Id]:
    """Return the ids of everything a query finds, in the order of the file."""
    where, parameters = condition_of(query)
    return [row[0] for row in db.execute(f"SELECT mark.id FROM mark WHERE {where}", parameters)]


def _key(query: MarkQuery) -> str:
    """Return what a query sorts by, as one expression."""
    if query.sort.startswith(VALUE):
        name = query.sort.removeprefix(VALUE).replace("'", "''").replace('"', "")
        return f"json_extract(mark.attributes, '$.\"{name}\"')"
    return _KEYS[query.sort]


def _row(row: tuple[Cell, ...]) -> MarkRow:
    number, id, article, title, annotator, name, layer, start, end, fragments = row[:10]
    attributes, actor, by, verdict, origin, modified, note, version = row[10:]
    words = " … ".join(part[2] for part in json.loads(str(fragments)))
    return MarkRow(
        number=int(str(number)),
        id=str(id),
        article=str(article),
        title=str(title),
        annotator=str(annotator),
        annotator_name=str(name),
        layer=str(layer),
        start=int(str(start)),
        end=int(str(end)),
        words=" ".join(words.split()),
        values=attributes_in(attributes),
        actor="" if actor is None else str(actor),
        by="" if by is None else str(by),
        verdict=Verdict(str(verdict)),
        origin=Origin(str(origin)),
        modified=str(modified),
        note=str(note),
        codebook_version=int(str(version)),
    )
