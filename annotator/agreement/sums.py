"""Adding tallies of a thousand documents a thousand times.

The tallies of documents are the rows of a matrix, and how often each draw takes each document are
the rows of another, so all draws are added by one product. Whole numbers are added exactly; a
total never depends on the order of its documents.
"""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_TYPE = "I" if array("I").itemsize == 4 else "L"
_LIMIT = 2**32


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


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of tallies: a row for each selection of documents, a column for each name."""

    names: tuple[Any, ...]
    numbers: Numbers

    def each(self) -> Iterator[dict[Any, float]]:
        """Yield one sum after the other."""
        for row in self.numbers.tolist():
            yield dict(zip(self.names, row, strict=True))


def means(values: Numbers) -> Numbers:
    """Return the mean of each row without what is “not a number”; of a row of nothing else, just that."""
    import numpy as np

    known = ~np.isnan(values)
    return share(np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1))


def share(part: Numbers, whole: Numbers) -> Numbers:
    """Return ``part / whole``, “not a number” where there is nothing of the whole."""
    import numpy as np

    found: Numbers = np.full(np.shape(whole), np.nan)
    return np.divide(part, whole, out=found, where=whole != 0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tallies as numbers, a row for each document.

    Attributes:
        whole: what is small and whole; a product of it is exact.
        apart: columns of fractions and very large numbers, by their place.
    """

    names: tuple[Any, ...]
    whole: Numbers
    apart: Mapping[int, Numbers]

    def sums(self, times: Numbers) -> Sums:
        """Return the sum of documents for each row of ``times``, which says how often each is taken."""
        found = times @ self.whole
        for place, column in self.apart.items():
            # Not as a product, which may round as it is shared out among processors.
            found[:, place] += (times * column).sum(axis=1)
        return Sums(self.names, found)


class Columns:
    """The tallies of documents, one row each, ready to be added in any selection.

    ``_names`` are the names of the columns in order; ``_place`` is the same the other way round,
    made when it is needed.
    """

    def __init__(self) -> None:
        self._names: tuple[Any, ...] = ()
        self._known: dict[Any, int] | None = None
        self._rows: list[bytes] = []
        self._apart: dict[Any, dict[int, float]] = {}

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self._rows)

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what is sent to another process; names that many columns share go once."""
        return self._names, self._rows, self._apart

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take what was sent."""
        self._names, self._rows, self._apart = state
        self._known = None

    @property
    def _place(self) -> dict[Any, int]:
        if self._known is None:
            self._known = {name: number for number, name in enumerate(self._names)}
        return self._known

    def add(self, tally: Mapping[Any, float]) -> None:
        """Append the tally of one more document; what it does not name is 0."""
        if isinstance(tally, Row) and self._add_row(tally):
            return
        place = self._place
        cells = [0] * len(place)
        for name, number in tally.items():
            at = place.setdefault(name, len(cells))
            if at == len(cells):
                cells.append(0)
            if isinstance(number, int) and 0 <= number < _LIMIT:
                cells[at] = number
            else:
                self._apart.setdefault(name, {})[len(self._rows)] = number
        if len(place) > len(self._names):
            self._names = tuple(place)
        self._rows.append(array(_TYPE, cells).tobytes())

    def _add_row(self, tally: Row) -> bool:
        """Append a tally whose names are exactly the columns; tell whether that could be done."""
        if not self._names:
            self._names, self._known = tally.names, None
        if tally.names is not self._names:
            return False
        try:
            self._rows.append(array(_TYPE, tally.numbers).tobytes())
        except OverflowError:
            return False
        return True

    def extend(self, part: Columns) -> None:
        """Append the rows of other columns, as they are where names stand in the same places."""
        if self._takes(part):
            before = len(self._rows)
            self._rows += part._rows
            for name, column in part._apart.items():
                own = self._apart.setdefault(name, {})
                own.update((before + row, number) for row, number in column.items())
            return
        for number, row in enumerate(part._rows):
            apart = {name: at[number] for name, at in part._apart.items() if number in at}
            cells = array(_TYPE, row)
            self.add({**dict(zip(part._names, cells, strict=False)), **apart})

    def _takes(self, part: Columns) -> bool:
        """Tell whether no place is another name's there; if so, know its names, too."""
        both = min(len(self._names), len(part._names))
        alike = self._names[:both] == part._names[:both]
        if alike and len(part._names) > both:
            self._names, self._known = part._names, None
        return alike

    def only(self, numbers: Sequence[int]) -> Columns:
        """Return the columns of some of the rows."""
        chosen = Columns()
        chosen._names = self._names
        chosen._rows = [self._rows[number] for number in numbers]
        chosen._apart = {
            name: {new: column[old] for new, old in enumerate(numbers) if old in column}
            for name, column in self._apart.items()
        }
        return chosen

    def total(self) -> dict[Any, float]:
        """Return the sum of all tallies: whole numbers where all are, else without rounding between."""
        import numpy as np

        total = dict(
            zip(self._place, self._packed().sum(axis=0, dtype=np.int64).tolist(), strict=True)
        )
        for name, column in self._apart.items():
            total[name] = fsum((total[name], *column.values()))
        return total

    def matrix(self) -> Matrix:
        """Return the tallies ready to be drawn from."""
        import numpy as np

        apart = {}
        for name, column in self._apart.items():
            numbers = np.zeros(len(self._rows))
            for row, number in column.items():
                numbers[row] = number
            apart[self._place[name]] = numbers
        return Matrix(self._names, self._packed().astype(np.float64), apart)

    def _packed(self) -> NDArray[np.uint32]:
        """Return the small whole numbers; a row that ends early has nothing of the later names."""
        import numpy as np

        width = len(self._names) * 4
        rows = b"".join([row.ljust(width, b"\0") for row in self._rows])
        return np.frombuffer(rows, np.uint32).reshape(len(self._rows), len(self._names))


def joined(parts: Iterable[Columns]) -> Columns:
    """Return the rows of all parts, in order, as one."""
    whole = Columns()
    for part in parts:
        whole.extend(part)
    return whole
