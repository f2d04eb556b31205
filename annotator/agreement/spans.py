"""F1 of spans: how many marks two people share, as a share of what both marked.

F1 = 2·|A∩B| / (|A|+|B|) (van Rijsbergen 1979, ch. 7; as agreement: Hripcsak & Rothschild 2005,
JAMIA 12(3), eq. 4). It is symmetric, so nobody needs to be gold. Over several documents counts
are added first (micro); over several annotators the mean over pairs is given.

Edge policy: a document in which both marked nothing adds nothing, and a pair of annotators who
never marked anything has no F1 (not 1). One who marked beside one who did not gives 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from annotator.agreement.measure import Counted, Measure, Tally
from annotator.agreement.meeting import Rule
from annotator.agreement.pairing import ANY, IDENTICAL, Pairing, matching, pairing_of
from annotator.agreement.sums import Row, Sums, means, pair_names, share
from annotator.agreement.units import Document
from annotator.agreement.values import NOTHING_MARKED, Coefficient, Coverage

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers

SHARED_AND_ALL = range(4)
"""What ``f1_of`` needs of two people: shared of the first, of the second, all of each."""

Shared = Callable[[Pairing], list[list[int]]]
"""Counts, for each annotator with each, what of the one's spans is shared by the other."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """What two annotators share.

    Attributes:
        shared_first, shared_second: spans of each that the other has too; the same number
            wherever matching is one-to-one.
        of_first, of_second: spans of each, in documents both finished.
    """

    first: str
    second: str
    shared_first: float
    shared_second: float
    of_first: float
    of_second: float

    @property
    def precision(self) -> float | None:
        """Share of the first annotator's spans that the second has too; None without any."""
        return self.shared_first / self.of_first if self.of_first else None

    @property
    def recall(self) -> float | None:
        """Share of the second annotator's spans that the first has too; None without any."""
        return self.shared_second / self.of_second if self.of_second else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None if neither marked anything, 0 if only one did."""
        if not self.of_first + self.of_second:
            return None
        if self.shared_first == self.shared_second:
            return 2 * self.shared_first / (self.of_first + self.of_second)
        return _harmonic(self.shared_first, self.shared_second, self.of_first, self.of_second)


def exact_f1() -> Measure:
    """F1 over spans of the same fragments and label, from 0 to 1; mean over pairs, micro."""
    return Measure("span F1, exact", partial(_tally, partial(_paired, IDENTICAL)), f1_of, f1_alone)


def overlap_f1(threshold: float = ANY) -> Measure:
    """F1 over spans of one label matched one-to-one by greatest intersection, from 0 to 1.

    ``threshold`` is ``ANY`` shared code point or the least intersection over union.
    """
    name = "span F1, any overlap" if threshold <= 0 else f"span F1, IoU ≥ {threshold:g}"
    return Measure(name, partial(_tally, partial(_paired, matching(threshold))), f1_of, f1_alone)


def touch_f1() -> Measure:
    """F1 over “overlaps any span of the same label”, many-to-one, from 0 to 1.

    Kept because much of the literature gives it; it rewards one long mark over many short
    ones and is not symmetric: read precision and recall in ``pair_scores`` beside it.
    """
    return Measure(
        "span F1, any overlap, many-to-one", partial(_tally, Pairing.touched), f1_of, f1_alone
    )


def pair_scores(counted: Counted) -> tuple[PairScore, ...]:
    """Return the scores of every two annotators, for a matrix of who agrees with whom.

    ``counted`` comes from one of the measures of this module.
    """
    return _scores(counted.total())


def f1_of(total: Tally) -> Coefficient:
    """Return the mean over pairs of annotators of what a sum of counts gives."""
    scores = _scores(total)
    found = [score.f1 for score in scores if score.f1 is not None]
    shared = fsum(score.shared_first + score.shared_second for score in scores)
    marks = fsum(score.of_first + score.of_second for score in scores)
    coverage = Coverage(shared, marks, "marks, each counted once for each partner")
    if not found:
        return Coefficient("F1", None, NOTHING_MARKED, coverage=coverage)
    mean = fsum(found) / len(found)
    left = len(scores) - len(found)
    notes = (f"{left} pairs of annotators marked nothing and have no F1.",) if left else ()
    return Coefficient("F1", mean, observed=mean, coverage=coverage, notes=notes)


def f1_alone(sums: Sums) -> Numbers:
    """Return the values of ``f1_of``; the four numbers of two people stand beside each other."""
    one, other, a, b = (sums.numbers[:, start::4] for start in range(4))
    # The harmonic mean of one/a and other/b, which is 0 where nothing is shared.
    below = one * b + other * a
    return means(share(2 * one * other, below + (below == 0) * (a + b)))


def _harmonic(one: float, other: float, a: float, b: float) -> float:
    precision, recall = one / a if a else 0.0, other / b if b else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _paired(rule: Rule, pairing: Pairing) -> list[list[int]]:
    return pairing.sizes(rule)


def _tally(shared: Shared, document: Document) -> Tally:
    counts = shared(pairing_of(document))
    sizes = [len(spans) for spans in document.spans.values()]
    numbers: list[int] = []
    for i, j in combinations(range(len(sizes)), 2):
        numbers += (counts[i][j], counts[j][i], sizes[i], sizes[j])
    return Row(pair_names(document.annotators, SHARED_AND_ALL), numbers)


def _scores(total: Tally) -> tuple[PairScore, ...]:
    pairs = sorted((a, b) for a, b, what in total if what == 0)
    return tuple(
        PairScore(a, b, total[a, b, 0], total[a, b, 1], total[a, b, 2], total[a, b, 3])
        for a, b in pairs
    )
