"""Mentions beside the actor book: counts, and those that stand for nobody yet."""

from __future__ import annotations

import json
from collections.abc import Iterator

from annotator.domain.identity import Id
from annotator.store import marks
from annotator.store.connection import Database

_MENTION = "annotator = ? AND view = 'annotator' AND layer = 'actor'"
_OPEN = f"{_MENTION} AND actor IS NULL"
_TYPE = "json_extract(attributes, '$.type')"
_WORDS = """CASE json_array_length(fragments) WHEN 1 THEN json_extract(fragments, '$[0][2]') ELSE
    (SELECT group_concat(json_extract(part.value, '$[2]'), ' … ') FROM json_each(fragments) AS part) END"""


def counts(db: Database) -> dict[Id, int]:
    """Return how many marks, of all annotators and gold, stand for each entry."""
    return dict(
        db.execute("SELECT actor, count(*) FROM mark WHERE actor IS NOT NULL GROUP BY actor")
    )


def unlinked(db: Database, annotator: Id, limit: int) -> list[tuple[str, str | None, int]]:
    """Return words, type and number of an annotator's mentions that stand for nobody, most first."""
    sql = f"""
        SELECT {_WORDS}, {_TYPE}, count(*) FROM mark WHERE {_OPEN}
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?
    """
    return [(str(words), type, count) for words, type, count in db.execute(sql, (annotator, limit))]


def count_unlinked(db: Database, annotator: Id) -> int:
    """Return how many of an annotator's mentions stand for nobody yet."""
    # All of them without those that stand for somebody: the first number comes from an index alone.
    sql = f"""
        SELECT (SELECT count(*) FROM mark INDEXED BY mark_by_annotator WHERE {_MENTION})
             - (SELECT count(*) FROM mark INDEXED BY mark_by_actor WHERE {_MENTION} AND actor IS NOT NULL)
    """
    return int(db.execute(sql, (annotator, annotator)).fetchone()[0])


def of_words(db: Database, annotator: Id, words: str, type: str | None) -> Iterator[list[int]]:
    """Yield, bit by bit, the row numbers of an annotator's open mentions of these words and this type."""
    return marks.TABLE.numbers(
        db, f"{_OPEN} AND {_WORDS} = ? AND {_TYPE} IS ?", (annotator, words, type)
    )


def in_order(db: Database, numbers: list[int]) -> list[Id]:
    """Return the ids of the marks in rows of these numbers, by article and place."""
    where = "WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY article, start, id"
    return [id for (id,) in db.execute(f"SELECT id FROM mark {where}", (json.dumps(numbers),))]
