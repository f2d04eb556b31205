"""Mentions beside the actor book: counts, and those that stand for nobody yet."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.identity import Id
from annotator.store import marks
from annotator.store.connection import Database

READ = 1_000
"""The words of so many marks are read in one bit."""

_MENTION = "annotator = ? AND view = 'annotator' AND layer = 'actor'"
_OPEN = f"{_MENTION} AND actor IS NULL"
_TYPE = "coalesce(CAST(json_extract(attributes, '$.type') AS TEXT), '')"
_WORDS = """CASE json_array_length(fragments) WHEN 1 THEN json_extract(fragments, '$[0][2]') ELSE
    (SELECT group_concat(json_extract(part.value, '$[2]'), ' … ') FROM json_each(fragments) AS part) END"""


def counts(db: Database, annotator: Id) -> Iterator[list[tuple[Id | None, str, int]]]:
    """Yield, bit by bit, how many marks of each view, of all annotators, stand for each entry.

    Under None it is how many of one annotator's mentions stand for nobody yet. An entry comes again
    in other bits.
    """
    where = f"actor IS NOT NULL OR ({_OPEN})"
    return marks.TABLE.bits(db, "actor, view, count(*)", where, (annotator,), "GROUP BY 1, 2")


def open_groups(db: Database, annotator: Id) -> Iterator[list[tuple[str, str, int]]]:
    """Yield, bit by bit, words, type and number of an annotator's mentions that stand for nobody.

    The type is empty where there is none. The same words and type come again in other bits.
    """
    what = f"{_WORDS}, {_TYPE}, count(*)"
    return marks.TABLE.bits(db, what, _OPEN, (annotator,), "GROUP BY 1, 2", READ)


def of_words(db: Database, annotator: Id, words: str, type: str) -> Iterator[list[int]]:
    """Yield, bit by bit, the row numbers of an annotator's open mentions of these words and this type."""
    return marks.TABLE.numbers(
        db, f"{_OPEN} AND {_WORDS} = ? AND {_TYPE} = ?", (annotator, words, type)
    )
