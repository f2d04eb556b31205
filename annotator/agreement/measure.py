"""How a measure is computed over many documents: count each, add the counts, evaluate the sum.

Every measure is a pair of functions. ``tally`` counts one document on its own, so offsets of
different documents can never meet; ``value`` turns a sum of tallies into a coefficient. The same
tallies, drawn again and again, give the bootstrap, and, added by group, the figures per
publisher, month or annotator.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from annotator.agreement.sums import Columns
from annotator.agreement.units import Document
from annotator.agreement.values import NEEDS_TWO, Basis, Coefficient, Interval

SEED = 20260101
"""Where draws start unless told otherwise."""

DRAWS = 1000

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
        alone: its value without anything else, where that is quicker; for draws.
    """

    name: str
    tally: Callable[[Document], Tally]
    value: Callable[[Tally], Coefficient]
    alone: Callable[[Tally], float | None] | None = None

    def value_alone(self, total: Tally) -> float | None:
        """Return the value that a sum of counts gives; None where it is not defined."""
        return self.alone(total) if self.alone else self.value(total).value


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure with the tallies of its documents, ready to be pooled again and again.

    Attributes:
        documents: the documents behind the tallies, in order of id.
        columns: their tallies, in the same order.
        left_out: documents that fewer than two annotators finished.
    """

    measure: Measure
    documents: tuple[Document, ...]
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
        for draw, chosen in enumerate(_drawn(len(self.documents), draws, seed)):
            if tick:
                tick(draw / draws)
            drawn = self.columns.total_of(chosen)
            value = self.measure.value_alone(drawn)
            if value is not None:
                found.append(value)
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

    def where(self, keep: Callable[[Document], bool]) -> Counted:
        """Return the same counts over some of the documents: one publisher, one month."""
        numbers = [number for number, document in enumerate(self.documents) if keep(document)]
        return Counted(
            self.measure,
            tuple(self.documents[number] for number in numbers),
            self.columns.only(numbers),
        )


@lru_cache(maxsize=4)
def _drawn(documents: int, draws: int, seed: int) -> tuple[array[int], ...]:
    """Return which documents each draw takes; all measures over as many documents share them."""
    chance = random.Random(seed)  # noqa: S311  (draws, not secrets)
    rows = range(documents)
    return tuple(array("L", chance.choices(rows, k=documents)) for _ in range(draws))


def tally_all(
    measures: Sequence[Measure], documents: Sequence[Document], tick: Tick | None = None
) -> list[Columns]:
    """Return the tallies of documents, by measure.

    Document by document, so that measures share what they find out about each. Measures, documents
    and columns can be sent to another process, so parts of a large project can be counted
    side by side and put together with ``sums.joined``.
    """
    columns = {measure.tally: Columns(len(documents)) for measure in measures}
    for number, document in enumerate(documents):
        if tick:
            tick(number / len(documents))
        for tally, rows in columns.items():
            rows.add(tally(document))
    return [columns[measure.tally] for measure in measures]


Tallier = Callable[[Sequence[Measure], Sequence[Document], Tick | None], list[Columns]]


def count(
    measures: Sequence[Measure],
    documents: Iterable[Document],
    tick: Tick | None = None,
    tallier: Tallier = tally_all,
) -> list[Counted]:
    """Return measures with the tallies of all documents that two or more annotators finished.

    ``tallier`` does the counting; pass one of your own to spread it over processes.
    """
    given = sorted(documents, key=lambda document: document.id)
    usable = tuple(document for document in given if len(document.spans) >= 2)
    left_out = len(given) - len(usable)
    return [
        Counted(measure, usable, columns, left_out)
        for measure, columns in zip(measures, tallier(measures, usable, tick), strict=True)
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
    coefficient = counted.coefficient()
    if draws and coefficient.value is not None:
        return replace(coefficient, interval=counted.interval(draws, seed, tick=tick))
    return coefficient


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of sorted values, linear between neighbours (Hyndman & Fan 1996, type 7)."""
    position = share * (len(ordered) - 1)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)
