"""Adding tallies of a thousand documents a thousand times, in plain Python.

Whole, non-negative columns are laid side by side in one long integer per document; adding those
integers adds every column at once. Columns with fractions are added one by one. The result of a
sum never depends on the order of its documents.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from operator import mul
from typing import Any

_WIDTH = 64
_BYTES = _WIDTH // 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Tallies turned into columns.

    Attributes:
        rows: one long integer per document, 64 bits for each of ``whole``.
        whole: names of the columns packed into ``rows``.
        others: columns kept apart, for they hold fractions or could grow past 64 bits.
    """

    rows: tuple[int, ...]
    whole: tuple[Any, ...]
    others: Mapping[Any, tuple[float, ...]]

    @classmethod
    def of(cls, tallies: Sequence[Mapping[Any, float]]) -> Columns:
        """Return the columns of some tallies; what a tally does not name is 0."""
        largest: dict[Any, float] = {}
        apart: set[Any] = set()
        for tally in tallies:
            for name, number in tally.items():
                if not isinstance(number, int) or number < 0:
                    apart.add(name)
                elif number > largest.get(name, -1):
                    largest[name] = number
        limit = 2**_WIDTH // max(len(tallies), 1)
        whole = tuple(name for name, most in largest.items() if name not in apart and most < limit)
        apart.update(name for name, most in largest.items() if most >= limit)
        others = {name: tuple(tally.get(name, 0) for tally in tallies) for name in apart}
        return cls(tuple(_packed(tally, whole) for tally in tallies), whole, others)

    def total(self) -> dict[Any, float]:
        """Return the sum of all tallies."""
        return self.total_of(range(len(self.rows)))

    def total_of(self, chosen: Sequence[int]) -> dict[Any, float]:
        """Return the sum of the tallies with these numbers; a number may come more than once."""
        total: dict[Any, float] = {}
        if self.whole:
            packed = sum(map(self.rows.__getitem__, chosen))
            total.update(zip(self.whole, _unpacked(packed, len(self.whole)), strict=True))
        if self.others:
            times = Counter(chosen)
            numbers = sorted(times)
            weights = [times[number] for number in numbers]
            for name, column in self.others.items():
                total[name] = fsum(map(mul, weights, map(column.__getitem__, numbers)))
        return total


def _packed(tally: Mapping[Any, float], names: Sequence[Any]) -> int:
    cells = array("Q", [int(tally.get(name, 0)) for name in names])
    if sys.byteorder == "big":
        cells.byteswap()
    return int.from_bytes(cells.tobytes(), "little")


def _unpacked(packed: int, count: int) -> array[int]:
    cells = array("Q", packed.to_bytes(count * _BYTES, "little"))
    if sys.byteorder == "big":
        cells.byteswap()
    return cells
