"""Very many marks in an order, found piece by piece, so that a window goes on meanwhile.

SQL would sort them in one statement that nobody can interrupt. Here some thousand row numbers at a
time are read with what they are sorted by. For the whole order these runs are merged at the end;
for the first marks only the best so far are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import merge

from annotator.domain.mark_query import MarkQuery
from annotator.domain.slices import Slices
from annotator.store.connection import Database
from annotator.store.mark_conditions import condition_of
from annotator.store.rows import Cell

SHARE = 2_500
"""So many row numbers are read in one piece, and twice as many are merged in one."""

LOOKED_THROUGH = 8_000
"""So many marks are looked through in one piece when only the first or their number is wanted."""

ARTICLES = 200
"""So many articles are gone through in one piece, in the order of the project."""

NOCASE = " COLLATE NOCASE"

Keyed = tuple[int, Cell, int]
"""A mark with what it is sorted by: the kind of that, itself, and the row number, negative on the way down."""


def in_pieces(db: Database, query: MarkQuery, key: str) -> Slices[array[int]]:
    """Return the row numbers of what a query finds in the order of ``key``, an expression of SQL.

    Marks that are alike in it come in the order of their row numbers, whichever way they are sorted.
    """
    runs: list[list[Keyed]] = []
    down = query.descending
    sql, parameters = _keyed(query, key)
    ranges = list(_ranges(db, SHARE))
    for piece, between in enumerate(ranges):
        runs.append(sorted(db.execute(sql, (*between, *parameters)).fetchall(), reverse=down))
        yield piece, 2 * len(ranges), ""
    total = sum(map(len, runs))
    order = array("q")
    for _, _, number in merge(*runs, reverse=down):
        order.append(abs(number))
        if len(order) % (2 * SHARE) == 0:
            yield len(ranges) + len(ranges) * len(order) // total, 2 * len(ranges), ""
    return order


def first_in_pieces(
    db: Database, query: MarkQuery, key: str, limit: int, count: int | None
) -> Slices[tuple[int, array[int]]]:
    """Return how many marks a query finds, and the first ``limit`` row numbers in the order of ``key``.

    Args:
        count: how many there are, where that is known.
    """
    down = query.descending
    way = " DESC" if down else ""
    fold = NOCASE if key.endswith(NOCASE) else ""
    sql, parameters = _keyed(query, key, f"ORDER BY key{fold}{way}, number{way} LIMIT ?")
    first: list[Keyed] = []
    total = 0
    ranges = list(_ranges(db, LOOKED_THROUGH))
    for piece, between in enumerate(ranges):
        found = db.execute(sql, (*between, *parameters, limit)).fetchall()
        first = sorted([*first, *found], reverse=down)[:limit]
        if count is None:
            total += len(found) if len(found) < limit else _count(db, query, between)
        yield piece + 1, len(ranges), ""
    numbers = array("q", (abs(number) for _, _, number in first))
    return total if count is None else count, numbers


def by_place(db: Database, query: MarkQuery, limit: int = -1) -> Slices[array[int]]:
    """Return row numbers from article to article in the order of the project, then by place in the text.

    It ends as soon as ``limit`` of them are found.
    """
    where, parameters = condition_of(query)
    down = " DESC" if query.descending else ""
    sql = f"""SELECT mark.rowid FROM (SELECT id, position, rowid AS number FROM article
            ORDER BY position{down}, rowid{down} LIMIT {ARTICLES} OFFSET ?) AS walk
        CROSS JOIN mark ON mark.article = walk.id WHERE {where}
        ORDER BY walk.position{down}, walk.number{down}, mark.start{down}, mark.rowid LIMIT ?"""
    articles = int(db.execute("SELECT count(*) FROM article").fetchone()[0])
    order = array("q")
    for begin in range(0, articles, ARTICLES):
        left = -1 if limit < 0 else limit - len(order)
        if left == 0:
            break
        order.extend(row[0] for row in db.execute(sql, (begin, *parameters, left)).fetchall())
        yield begin, articles, ""
    return order


def count_in_pieces(db: Database, query: MarkQuery) -> Slices[int]:
    """Return how many marks a query finds."""
    total = 0
    ranges = list(_ranges(db, LOOKED_THROUGH))
    for piece, between in enumerate(ranges):
        total += _count(db, query, between)
        yield piece + 1, len(ranges), ""
    return total


def _count(db: Database, query: MarkQuery, between: tuple[int, int]) -> int:
    where, parameters = condition_of(query)
    sql = f"SELECT count(*) FROM mark NOT INDEXED WHERE mark.rowid BETWEEN ? AND ? AND {where}"
    return int(db.execute(sql, (*between, *parameters)).fetchone()[0])


def _ranges(db: Database, share: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of row numbers that together hold all marks."""
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM mark").fetchone()[0])
    return ((begin, begin + share - 1) for begin in range(0, last + 1, share))


def _keyed(query: MarkQuery, key: str, best: str = "") -> tuple[str, tuple[Cell, ...]]:
    """Return a statement for the marks of a range, each as a ``Keyed``, and its further parameters.

    Args:
        best: keeps only some of them, in SQL's own order: missing values, numbers, texts.
    """
    where, parameters = condition_of(query)
    bare = key.removesuffix(NOCASE)
    folded = "lower(key)" if key.endswith(NOCASE) else "key"
    sql = f"""SELECT CASE typeof(key) WHEN 'null' THEN 0 WHEN 'text' THEN 2 ELSE 1 END, {folded}, number
        FROM (SELECT {bare} AS key, {"-" if query.descending else ""}mark.rowid AS number
            FROM mark NOT INDEXED WHERE mark.rowid BETWEEN ? AND ? AND {where}
            {best or "LIMIT -1"})"""
    return sql, parameters
