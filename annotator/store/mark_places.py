"""Marks with the words around them and the article they are in, for lists of quotes."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.identity import Id
from annotator.domain.slices import Progress, Slices, merged, sliced
from annotator.store.connection import Database

AROUND = 48
"""How much of the text is shown on either side of a quote, in code points."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A mark as it reads in its article.

    Attributes:
        title: of the article, or what else names it.
        start, end: outer bounds, in code points.
        before, after: the text on either side, on one line.
        is_gold: whether it was adjudicated; the annotator is who did that, then.
    """

    mark: Id
    article: Id
    title: str
    annotator: str
    start: int
    end: int
    before: str
    words: str
    after: str
    is_gold: bool = False


_COLUMNS = f"""mark.id, mark.article, coalesce(article.title, article.source_file, mark.article),
    annotator.name, mark.start, mark.end, fragments,
    substr(body, max(start - {AROUND}, 0) + 1, min(start, {AROUND})), substr(body, end + 1, {AROUND}),
    view = 'gold'"""

_FROM = """FROM mark JOIN article ON article.id = mark.article JOIN text ON sha256 = text_sha256
    JOIN annotator ON annotator.id = mark.annotator"""

_ORDER = "ORDER BY article.position, mark.article, start, mark.id"

_KEYS = """
    SELECT article.position, mark.article, mark.start, mark.id, mark.rowid FROM json_each(?) AS wanted
        CROSS JOIN mark ON mark.rowid = wanted.value CROSS JOIN article ON article.id = mark.article
"""


def quotes_of_marks(db: Database, marks: Sequence[Id]) -> list[Quote]:
    """Return these marks, by article and place."""
    where = "WHERE mark.id IN (SELECT value FROM json_each(?))"
    rows = db.execute(f"SELECT {_COLUMNS} {_FROM} {where} {_ORDER}", (json.dumps(list(marks)),))
    return [_quote(row) for row in rows]


def numbered(db: Database, numbers: Sequence[int]) -> dict[int, Quote]:
    """Return the marks in rows of these numbers, by number."""
    where = "WHERE mark.rowid IN (SELECT value FROM json_each(?))"
    sql = f"SELECT mark.rowid, {_COLUMNS} {_FROM} {where}"
    rows = db.execute(sql, (json.dumps(list(numbers)),))
    return {row[0]: _quote(row[1:]) for row in rows}


def ids(db: Database, numbers: Sequence[int]) -> list[Id]:
    """Return the ids of the marks in rows of these numbers, in this order."""
    sql = """SELECT mark.id FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
        ORDER BY wanted.key"""
    return [id for (id,) in db.execute(sql, (json.dumps(list(numbers)),))]


def claims_of(db: Database, mentions: Iterable[list[int]]) -> Iterator[list[int]]:
    """Yield the row numbers of annotators' claims that have one of these mentions as their source.

    A claim comes once for each of its sources. Gold has copies of them.
    """
    sql = """SELECT claim.rowid FROM json_each(?) AS wanted
        CROSS JOIN mark AS who ON who.rowid = wanted.value
        CROSS JOIN link ON link.end = who.id AND link.type = 'source'
        CROSS JOIN mark AS claim ON claim.id = link.start AND claim.view = 'annotator'"""
    for numbers in mentions:
        yield [number for (number,) in db.execute(sql, (json.dumps(numbers),))]


@sliced
def in_order(db: Database, bits: Iterable[tuple[Progress, list[int]]]) -> Slices[array[int]]:
    """Return row numbers of marks by article and place, each once, in whatever order they come.

    Each bit comes with how far finding them is, and that is told.
    """
    runs: list[list[tuple[int, Id, int, Id, int]]] = []
    for reached, numbers in bits:
        if numbers:
            runs.append(sorted(db.execute(_KEYS, (json.dumps(numbers),))))
        yield reached
    found = array("q")
    for some in merged(runs):
        found.extend(number for *_, number in some)
        yield
    return array("q", dict.fromkeys(found))


def openings(db: Database, articles: Sequence[Id]) -> list[Quote]:
    """Return the beginnings of articles as quotes without a mark, in the order of the project."""
    sql = """
        SELECT article.id, coalesce(title, source_file, article.id), coalesce(publisher, ''),
            substr(body, 1, 400)
        FROM article JOIN text ON sha256 = text_sha256
        WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY position, article.id
    """
    found = []
    for id, title, publisher, body in db.execute(sql, (json.dumps(list(articles)),)):
        first = " ".join(body.split())
        words, after = first[:AROUND].rstrip(), first[AROUND : 3 * AROUND]
        found.append(Quote("", id, title, publisher, 0, 0, "", words, after))
    return found


def _quote(row: tuple[Any, ...]) -> Quote:
    id, article, title, annotator, start, end, fragments, before, after, is_gold = row
    words = " … ".join(part[2] for part in json.loads(fragments))
    return Quote(
        id,
        article,
        title,
        annotator,
        start,
        end,
        _line(before),
        " ".join(words.split()),
        _line(after),
        bool(is_gold),
    )


def _line(text: str) -> str:
    """Return a text on one line; its outer blanks stay as one, so that words do not run together."""
    inner = " ".join(text.split())
    return (
        f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
    )
