"""Adding tallies of a thousand documents a thousand times, in plain Python.

Small whole numbers are laid side by side in one long integer per document; adding those integers
adds every column at once. Everything else (fractions, very large numbers) is kept by column. The
result of a sum never depends on the order of its documents.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import fsum
from typing import Any

_TYPE = "I" if array("I").itemsize == 4 else "L"
_BYTES = 4

_ROOM = 20_000
"""So many documents always fit, so that parts of them can be joined as they are."""


class Row(Mapping[Any, int]):
    """A tally of whole numbers whose names are the same tuple for many documents."""

    def __init__(self, names: tuple[Any, ...], numbers: Sequence[int]) -> None:
        self.names = names
        self.numbers = numbers

    def __getitem__(self, name: Any) -> int:
        """Return the number of that name; raise KeyError if there is none."""
        try:
            return self.numbers[self.names.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[Any]:
        """Yield the names, in order."""
        return iter(self.names)

    def __len__(self) -> int:
        """Return how many numbers there are."""
        return len(self.names)

    def items(self) -> ItemsView[Any, int]:
        """Return names with numbers."""
        return dict(zip(self.names, self.numbers, strict=True)).items()


@lru_cache(maxsize=64)
def pair_names(people: tuple[str, ...], what: Iterable[Any]) -> tuple[tuple[str, str, Any], ...]:
    """Return names for numbers of every two people: ``(first, second, what)``."""
    return tuple((a, b, name) for a, b in combinations(people, 2) for name in what)


class Columns:
    """The tallies of documents, one row each, ready to be added in any selection.

    A number gets a place in the long integer if the sum of as many such numbers as there are
    ``documents`` cannot spill into the next place.
    """

    def __init__(self, documents: int) -> None:
        self._limit = 2 ** (8 * _BYTES) // max(documents, _ROOM)
        self._place: dict[Any, int] = {}
        self._names: tuple[Any, ...] = ()
        self._rows: list[int] = []
        self._apart: dict[Any, dict[int, float]] = {}

    def add(self, tally: Mapping[Any, float]) -> None:
        """Append the tally of one more document; what it does not name is 0."""
        if isinstance(tally, Row) and self._add_row(tally):
            return
        cells = [0] * len(self._place)
        for name, number in tally.items():
            at = self._place.setdefault(name, len(cells))
            if at == len(cells):
                cells.append(0)
            if isinstance(number, int) and 0 <= number < self._limit:
                cells[at] = number
            else:
                self._apart.setdefault(name, {})[len(self._rows)] = number
        self._pack(cells)

    def _add_row(self, tally: Row) -> bool:
        """Append a tally whose names are exactly the columns; tell whether that could be done."""
        if not self._place:
            self._place = {name: number for number, name in enumerate(tally.names)}
            self._names = tally.names
        if tally.names is not self._names or len(self._place) != len(tally.names):
            return False
        if tally.numbers and not (min(tally.numbers) >= 0 and max(tally.numbers) < self._limit):
            return False
        self._pack(tally.numbers)
        return True

    def _pack(self, cells: Sequence[int]) -> None:
        packed = array(_TYPE, cells)
        if sys.byteorder == "big":
            packed.byteswap()
        self._rows.append(int.from_bytes(packed.tobytes(), "little"))

    def extend(self, part: Columns) -> None:
        """Append the rows of other columns, as they are where names stand in the same places."""
        if part._limit <= self._limit and self._takes(part):
            before = len(self._rows)
            self._rows += part._rows
            for name, column in part._apart.items():
                own = self._apart.setdefault(name, {})
                own.update((before + row, number) for row, number in column.items())
            return
        for number, row in enumerate(part._rows):
            apart = {name: at[number] for name, at in part._apart.items() if number in at}
            self.add({**part._unpacked(row), **apart})

    def _takes(self, part: Columns) -> bool:
        """Tell whether no place is another name's there; if so, know its names, too."""
        alike = all(one == other for one, other in zip(self._place, part._place, strict=False))
        if alike and len(part._place) > len(self._place):
            self._place = dict(part._place)
            self._names = ()
        return alike

    def only(self, numbers: Sequence[int]) -> Columns:
        """Return the columns of some of the rows."""
        chosen = Columns(0)
        chosen._limit = self._limit
        chosen._place = self._place
        chosen._rows = [self._rows[number] for number in numbers]
        chosen._apart = {
            name: {new: column[old] for new, old in enumerate(numbers) if old in column}
            for name, column in self._apart.items()
        }
        return chosen

    def total(self) -> dict[Any, float]:
        """Return the sum of all tallies."""
        return self.total_of(range(len(self._rows)))

    def total_of(self, chosen: Sequence[int]) -> dict[Any, float]:
        """Return the sum of the tallies with these numbers; a number may come more than once."""
        total = self._unpacked(sum(map(self._rows.__getitem__, chosen)))
        if self._apart:
            times = Counter(chosen)
            for name, column in self._apart.items():
                parts = [number * times[row] for row, number in column.items() if row in times]
                total[name] = fsum((total[name], *parts))
        return total

    def _unpacked(self, packed: int) -> dict[Any, float]:
        cells = array(_TYPE, packed.to_bytes(len(self._place) * _BYTES, "little"))
        if sys.byteorder == "big":
            cells.byteswap()
        return dict(zip(self._place, cells, strict=True))


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the rows of all parts, in order, as one."""
    whole = Columns(sum(len(part._rows) for part in parts))
    for part in parts:
        whole.extend(part)
    return whole
