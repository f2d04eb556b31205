"""How a measure is computed over many documents: count each, add the counts, evaluate the sum.

Every measure is a pair of functions. ``tally`` counts one document on its own, so offsets of
different documents can never meet; ``value`` turns a sum of tallies into a coefficient. The same
tallies, drawn again and again, give the bootstrap, and, added by group, the figures per
publisher, month or annotator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.agreement.sums import Columns, Sums
from annotator.agreement.units import Document
from annotator.agreement.values import NEEDS_TWO, Basis, Coefficient, Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 20260101
"""Where draws start unless told otherwise."""

DRAWS = 1000

_AT_ONCE = 500
"""So many draws are added together; in between one may stop."""

Tally = Mapping[Any, float]
"""Counts of one document, or their sum: whole numbers wherever the formula allows."""

Tick = Callable[[float], None]
"""Told from time to time which share is done; it may raise, which stops the work."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement.

    Attributes:
        tally: counts of one document of at least two annotators.
        value: the coefficient that a sum of such counts gives.
        alone: its value without anything else for many sums at once, “not a number” where it is
            not defined; for draws, where that is quicker.
    """

    name: str
    tally: Callable[[Document], Tally]
    value: Callable[[Tally], Coefficient]
    alone: Callable[[Sums], NDArray[np.float64]] | None = None

    def values(self, sums: Sums) -> list[float]:
        """Return the values that sums of counts give, those that are not defined left out."""
        if self.alone:
            return [value for value in self.alone(sums).tolist() if not isnan(value)]
        found = (self.value(total).value for total in sums.each())
        return [value for value in found if value is not None]


class Finished(NamedTuple):
    """Who finished one document, sorted, and whether none of them marked anything in it."""

    id: str
    annotators: tuple[str, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure with the tallies of its documents, ready to be pooled again and again.

    Attributes:
        documents: those behind the tallies, in order of id.
        columns: their tallies, in the same order.
        left_out: documents that fewer than two annotators finished.
    """

    measure: Measure
    documents: tuple[Finished, ...]
    columns: Columns
    left_out: int = 0

    def coefficient(self) -> Coefficient:
        """Return the measure over all its documents.

        Documents that fewer than two annotators finished do not enter (methods: edge policy); if
        none is left there is no value.
        """
        if not self.documents:
            return Coefficient(self.measure.name, None, NEEDS_TWO, basis=self.basis())
        return replace(self.measure.value(self.total()), name=self.measure.name, basis=self.basis())

    def total(self) -> Tally:
        """Return the sum of all tallies."""
        return self.columns.total()

    def basis(self) -> Basis:
        """Return what the coefficient rests on."""
        people = {name for document in self.documents for name in document.annotators}
        return Basis(
            len(self.documents),
            self.left_out,
            sum(document.is_empty for document in self.documents),
            tuple(sorted(people)),
        )

    def interval(
        self,
        draws: int = DRAWS,
        seed: int = SEED,
        level: float = 0.95,
        tick: Tick | None = None,
    ) -> Interval | None:
        """Return the percentile interval over documents drawn with replacement.

        Efron & Tibshirani 1993, “An Introduction to the Bootstrap”, §13.3; documents are the
        unit, because marks of one document hang together. Draws that leave the measure
        undefined are left out and counted. None with fewer than two documents, or if fewer than
        half of the draws give a value: an interval of so little would mislead.
        """
        if len(self.documents) < 2 or draws < 1:
            return None
        found: list[float] = []
        times = _drawn(len(self.documents), draws, seed)
        matrix = self.columns.matrix()
        for draw in range(0, draws, _AT_ONCE):
            if tick:
                tick(draw / draws)
            sums = matrix.sums(times[draw : draw + _AT_ONCE].astype("float64"))
            found += self.measure.values(sums)
        if len(found) * 2 < draws:
            return None
        found.sort()
        tail = (1 - level) / 2
        return Interval(
            quantile(found, tail),
            quantile(found, 1 - tail),
            level,
            len(found),
            draws - len(found),
            seed,
        )

    def where(self, keep: Callable[[Finished], bool]) -> Counted:
        """Return the same counts over some of the documents: one publisher, one month."""
        numbers = [number for number, document in enumerate(self.documents) if keep(document)]
        return Counted(
            self.measure,
            tuple(self.documents[number] for number in numbers),
            self.columns.only(numbers),
        )

    def with_interval(
        self, draws: int = DRAWS, seed: int = SEED, tick: Tick | None = None
    ) -> Coefficient:
        """Return the coefficient with its interval, if draws are asked for and it has a value."""
        found = self.coefficient()
        if found.value is None or not draws:
            return found
        return replace(found, interval=self.interval(draws, seed, tick=tick))


@lru_cache(maxsize=4)
def _drawn(documents: int, draws: int, seed: int) -> NDArray[np.uint32]:
    """Return how often each draw takes each document; all measures over as many documents share them."""
    import numpy as np

    chance = random.Random(seed)  # noqa: S311  (draws, not secrets)
    rows = range(documents)
    return np.array(
        [np.bincount(chance.choices(rows, k=documents), minlength=documents) for _ in range(draws)],
        np.uint32,
    )


def tally_all(
    measures: Sequence[Measure], documents: Sequence[Document], tick: Tick | None = None
) -> list[Columns]:
    """Return the tallies of documents, by measure.

    Document by document, so that measures share what they find out about each. Measures, documents
    and columns can be sent to another process, so parts of a large project can be counted
    side by side and put together with ``sums.joined``.
    """
    columns = {measure.tally: Columns() for measure in measures}
    for number, document in enumerate(documents):
        if tick:
            tick(number / len(documents))
        for tally, rows in columns.items():
            rows.add(tally(document))
    return [columns[measure.tally] for measure in measures]


def finished(documents: Iterable[Document]) -> tuple[Finished, ...]:
    """Return who finished which document."""
    return tuple(Finished(one.id, one.annotators, one.is_empty) for one in documents)


def count(
    measures: Sequence[Measure], documents: Iterable[Document], tick: Tick | None = None
) -> list[Counted]:
    """Return measures with the tallies of all documents that two or more annotators finished."""
    given = sorted(documents, key=lambda document: document.id)
    usable = tuple(document for document in given if len(document.spans) >= 2)
    known, left_out = finished(usable), len(given) - len(usable)
    return [
        Counted(measure, known, columns, left_out)
        for measure, columns in zip(measures, tally_all(measures, usable, tick), strict=True)
    ]


def assess(
    measure: Measure,
    documents: Iterable[Document],
    draws: int = 0,
    seed: int = SEED,
    tick: Tick | None = None,
) -> Coefficient:
    """Return a measure over documents, with an interval if ``draws`` are asked for.

    ``tick`` hears of the counting, then of the draws, each from 0 to 1.
    """
    (counted,) = count([measure], documents, tick)
    return counted.with_interval(draws, seed, tick)


def part_of(tick: Tick | None, start: float, share: float) -> Tick | None:
    """Return who hears of a part of the work: as so much of the whole, after what was done before."""
    if tick is None:
        return None
    tell = tick
    return lambda done: tell(start + done * share)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of sorted values, linear between neighbours (Hyndman & Fan 1996, type 7)."""
    position = share * (len(ordered) - 1)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)
