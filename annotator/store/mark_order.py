"""The whole order of very many marks, found piece by piece, so that a window goes on meanwhile.

SQL would sort them in one statement that nobody can interrupt. Here some thousand row numbers at a
time are read with what they are sorted by; these runs are merged at the end.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator
from heapq import merge

from annotator.domain.mark_query import MarkQuery
from annotator.store.connection import Database
from annotator.store.mark_conditions import condition_of
from annotator.store.rows import Cell

SHARE = 2_500
"""So many row numbers are read in one piece, and twice as many are merged in one."""

NOCASE = " COLLATE NOCASE"

Reached = tuple[int, int]
"""How many pieces are done, and how many there are."""


def in_pieces(db: Database, query: MarkQuery, key: str) -> Generator[Reached, None, array[int]]:
    """Return the row numbers of what a query finds in the order of ``key``, an expression of SQL.

    Marks that are alike in it come in the order of their row numbers, whichever way they are sorted.
    """
    down = query.descending
    runs: list[list[tuple[int, Cell, int]]] = []
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM mark").fetchone()[0])
    pieces = last // SHARE + 1
    where, parameters = condition_of(query)
    sql = f"""SELECT CASE typeof(key) WHEN 'null' THEN 0 WHEN 'text' THEN 2 ELSE 1 END, key, number
        FROM (SELECT {_folded(key)} AS key, {"-" if down else ""}mark.rowid AS number
            FROM mark NOT INDEXED WHERE mark.rowid BETWEEN ? AND ? AND {where})"""
    for piece in range(pieces):
        begin = piece * SHARE
        found = db.execute(sql, (begin, begin + SHARE - 1, *parameters)).fetchall()
        runs.append(sorted(found, reverse=down))
        yield piece, 2 * pieces
    total = sum(map(len, runs))
    order = array("q")
    for _, _, number in merge(*runs, reverse=down):
        order.append(abs(number))
        if len(order) % (2 * SHARE) == 0:
            yield pieces + pieces * len(order) // total, 2 * pieces
    return order


def _folded(key: str) -> str:
    """Return an expression that compares by itself as ``key`` does."""
    return f"lower({key.removesuffix(NOCASE)})" if key.endswith(NOCASE) else key
