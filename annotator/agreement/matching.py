"""One-to-one matching of greatest total weight between two sides, over few edges.

Spans of two annotators touch only their neighbours, so the graph is thin and falls into small
pieces. Pieces with a single span on one side are settled at once; the others by successive
shortest augmenting paths with potentials (Kuhn 1955; Edmonds & Karp 1972, §3), where each path is
searched with Dijkstra's algorithm and ends at the first free place.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

Edges = Mapping[tuple[int, int], float]
"""Weight of taking ``(row, column)`` together; only what is worth more than 0 is listed."""


def heaviest(edges: Edges) -> list[tuple[int, int]]:
    """Return the one-to-one matching of greatest total weight, as sorted pairs.

    A row or column may stay alone, which weighs 0. Weights are compared exactly when they are
    whole numbers. Of several heaviest matchings always the same one is returned for the same
    edges, in whatever order they came.
    """
    by_row: dict[int, list[tuple[int, float]]] = {}
    by_column: dict[int, list[int]] = {}
    for (row, column), weight in sorted(edges.items()):
        if weight > 0:
            by_row.setdefault(row, []).append((column, weight))
            by_column.setdefault(column, []).append(row)
    pairs: list[tuple[int, int]] = []
    seen: set[int] = set()
    for row, ends in by_row.items():
        if row in seen:
            continue
        if len(ends) == 1 and len(by_column[ends[0][0]]) == 1:
            pairs.append((row, ends[0][0]))
            continue
        rows = _piece(row, by_row, by_column)
        seen.update(rows)
        pairs.extend(_settle(rows, by_row))
    return sorted(pairs)


def _piece(
    row: int, by_row: dict[int, list[tuple[int, float]]], by_column: dict[int, list[int]]
) -> list[int]:
    """Return the rows that hang together with this one, sorted."""
    rows = {row}
    columns: set[int] = set()
    waiting = [row]
    while waiting:
        for column, _ in by_row[waiting.pop()]:
            if column not in columns:
                columns.add(column)
                for other in by_column[column]:
                    if other not in rows:
                        rows.add(other)
                        waiting.append(other)
    return sorted(rows)


def _settle(rows: list[int], by_row: dict[int, list[tuple[int, float]]]) -> list[tuple[int, int]]:
    if len(rows) == 1:
        column, _ = max(by_row[rows[0]], key=lambda end: (end[1], -end[0]))
        return [(rows[0], column)]
    search = _Search(by_row)
    for row in rows:
        search.place(row)
    return [(row, column) for row, column in search.column_of.items() if column >= 0]


class _Search:
    """A growing matching; a row that stays alone takes a column of its own, ``-1 - row``.

    ``above`` holds the potentials: for every row and column ``above[row] + over[column]`` is at
    least the weight of taking them together, and equal to it where they are taken.
    """

    def __init__(self, by_row: dict[int, list[tuple[int, float]]]) -> None:
        self.by_row = by_row
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        self.above: dict[int, float] = {}
        self.over: dict[int, float] = {}

    def place(self, first: int) -> None:
        """Find room for a row, moving others where that weighs more."""
        self.above[first] = max(weight for _, weight in self.by_row[first])
        reached: dict[int, float] = {first: 0}
        settled: dict[int, float] = {}
        near: dict[int, float] = {}
        came_from: dict[int, int] = {}
        heap: list[tuple[float, int]] = []
        row = first
        distance: float = 0
        while True:
            for column, weight in (*self.by_row[row], (-1 - row, 0)):
                far = distance + self.above[row] + self.over.get(column, 0) - weight
                if column not in settled and (column not in near or far < near[column]):
                    near[column] = far
                    came_from[column] = row
                    heapq.heappush(heap, (far, column))
            distance, column = heapq.heappop(heap)
            while column in settled:
                distance, column = heapq.heappop(heap)
            settled[column] = distance
            if column not in self.row_of:
                break
            row = self.row_of[column]
            reached[row] = distance
        for row, at in reached.items():
            self.above[row] -= distance - at
        for other, at in settled.items():
            self.over[other] = self.over.get(other, 0) + distance - at
        self._move_up(column, came_from, first)

    def _move_up(self, column: int, came_from: dict[int, int], first: int) -> None:
        while True:
            row = came_from[column]
            before = self.column_of.get(row, column)
            self.column_of[row] = column
            self.row_of[column] = row
            if row == first:
                return
            column = before
