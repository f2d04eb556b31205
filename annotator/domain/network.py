"""A network of actors and topics: who is tied to what, how strongly, and which marks say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from annotator.domain.identity import Id


class Kind(StrEnum):
    """What the ends of a tie are."""

    TWO_MODE = "two-mode"
    ONE_MODE = "one-mode"
    DIRECTED = "sentiment"


Cell = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Network:
    """A matrix with names; what is not among its cells is 0.

    Attributes:
        rows: names of the rows; in one-mode and directed networks the columns are the same.
        cells: the values other than 0; one-mode networks are symmetric and hold only the
            cells above the diagonal.
        behind: the marks counted for a row and the name of a column of the statements; of a
            one-mode network these are the topics that its rows were tied by.
        since, until: the window of time, both included; None where it is open.
        statements: how many entered.
    """

    kind: Kind
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, float]
    behind: Mapping[tuple[int, str], tuple[Id, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    statements: int = 0
    label: str = ""

    @property
    def is_symmetric(self) -> bool:
        """Tell whether a tie has no direction and both ends are rows."""
        return self.kind is Kind.ONE_MODE

    def value(self, row: int, column: int) -> float:
        """Return one value of the matrix."""
        if self.is_symmetric and row > column:
            row, column = column, row
        return self.cells.get((row, column), 0.0)

    def matrix(self) -> Iterator[list[float]]:
        """Yield the values row by row, zeros included."""
        for row in range(len(self.rows)):
            yield [self.value(row, column) for column in range(len(self.columns))]

    def marks_of_row(self, row: int) -> tuple[Id, ...]:
        """Return the marks that speak of a row, each once."""
        return self._marks((row, name) for name in self._columns_of.get(row, ()))

    def marks_of_column(self, column: int) -> tuple[Id, ...]:
        """Return the marks that speak of a column, each once."""
        if self.is_symmetric:
            return self.marks_of_row(column)
        name = self.columns[column]
        return self._marks((row, name) for row in self._rows_of.get(name, ()))

    def marks_between(self, row: int, column: int) -> tuple[Id, ...]:
        """Return the marks behind one value: of both rows, on what they share, if it is one-mode."""
        if not self.is_symmetric:
            return self.behind.get((row, self.columns[column]), ())
        names = [name for name in self._columns_of.get(row, ()) if (column, name) in self.behind]
        return self._marks((end, name) for name in names for end in (row, column))

    def _marks(self, places: Iterable[tuple[int, str]]) -> tuple[Id, ...]:
        return tuple(dict.fromkeys(mark for place in places for mark in self.behind[place]))

    @cached_property
    def _columns_of(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for row, name in self.behind:
            found.setdefault(row, []).append(name)
        return found

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, name in self.behind:
            found.setdefault(name, []).append(row)
        return found
