"""A chart as plain values: what is counted, in which rows and parts, and what stands behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import overload

from annotator.domain.identity import Id

Cell = tuple[int, int]
"""Row and part, counted from 0."""


class Form(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    """A bar to a row, one under the other."""
    TIME = "time"
    """A column to a row; the rows are periods that follow each other."""
    TABLE = "table"
    """A number for each row and part, darker where it is larger."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that is counted in every row.

    Attributes:
        colour: light and dark theme; None for the colour of the theme.
        is_below: whether it counts downwards, because it is the opposite of the others.
        is_missing: whether it is what the others lack to the whole.
    """

    name: str
    colour: tuple[str, str] | None = None
    is_below: bool = False
    is_missing: bool = False


class Heap(Sequence[Id]):
    """Ids that lie in many small heaps: counted at once, and put together only when somebody looks."""

    def __init__(self, parts: Sequence[Sequence[Id]]) -> None:
        self._parts = parts
        self._count = sum(map(len, parts))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Id]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, at: int) -> Id: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Id]: ...
    def __getitem__(self, at: int | slice) -> Id | Sequence[Id]:
        return tuple(self)[at]


@dataclass(frozen=True)
class Figure:
    """A chart.

    Attributes:
        name: stable; names its file.
        rows: what stands at the axis.
        behind: the ids behind each number that is not 0: marks, or articles if ``of`` says so.
        of: what is counted: “mark” or “article”.
        note: what is not in the picture, in a sentence; empty if nothing is missing.
    """

    name: str
    title: str
    form: Form
    rows: tuple[str, ...]
    parts: tuple[Part, ...]
    behind: Mapping[Cell, Sequence[Id]] = field(default_factory=dict)
    of: str = "mark"
    note: str = ""

    def count(self, row: int, part: int) -> int:
        """Return one number."""
        return len(self.behind.get((row, part), ()))

    def total(self, row: int) -> int:
        """Return the sum of a row, whatever its direction."""
        return sum(self.count(row, part) for part in range(len(self.parts)))

    def total_told(self, row: int) -> str:
        """Return the sum of a row in words: ``60``, or ``51 of 60`` where something is missing."""
        missing = [self.count(row, part) for part, item in enumerate(self.parts) if item.is_missing]
        total = self.total(row)
        return f"{total - sum(missing):,} of {total:,}" if missing else f"{total:,}"

    def heading(self, row: int, part: int) -> str:
        """Return what a number is of: ``Marks over time: 2024-03, Claim``."""
        what = (
            self.rows[row] if len(self.parts) == 1 else f"{self.rows[row]}, {self.parts[part].name}"
        )
        return f"{self.title}: {what}"

    def table(self) -> Iterator[list[str | int]]:
        """Yield the numbers as lines of a table, the names of the parts first."""
        yield ["", *(part.name for part in self.parts)]
        for row, name in enumerate(self.rows):
            yield [name, *(self.count(row, part) for part in range(len(self.parts)))]
