"""The four schemes of named-entity scoring: strict, exact, partial and type.

Segura-Bedmar, Martínez & Herrero-Zazo 2013, SemEval-2013 task 9, §5; as in the program
nervaluate. Of two annotators the second is the reference; over more, the mean F1 over pairs is
given, counts added over documents. A span pairs with at most one span: first whatever is right in
the scheme's own sense, then what is left by greatest intersection, so nothing depends on order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from annotator.agreement.measure import Measure, Tally
from annotator.agreement.pairing import IDENTICAL, SAME_BOUNDS, Pairing, matching, pairing_of
from annotator.agreement.sums import Row, Sums, means, pair_names, share
from annotator.agreement.units import Document, Span
from annotator.agreement.values import NOTHING_MARKED, Coefficient, Coverage

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers


class Scheme(StrEnum):
    """What counts as right."""

    STRICT = "strict"
    EXACT = "exact"
    PARTIAL = "partial"
    TYPE = "type"


_RIGHT = {
    Scheme.STRICT: IDENTICAL,
    Scheme.EXACT: SAME_BOUNDS,
    Scheme.PARTIAL: SAME_BOUNDS,
    Scheme.TYPE: matching(),
}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts under one scheme.

    Attributes:
        correct: right in the scheme's sense.
        incorrect: paired, but not right (strict, exact, type).
        partial: paired with other bounds (partial only), worth a half.
        missed, spurious: without a partner, in the reference or beside it.
    """

    scheme: Scheme
    correct: float
    incorrect: float
    partial: float
    missed: float
    spurious: float

    @property
    def possible(self) -> float:
        """Spans of the reference: COR + INC + PAR + MIS."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def actual(self) -> float:
        """Spans of the other: COR + INC + PAR + SPU."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def precision(self) -> float | None:
        """(COR + PAR/2)/ACT; None where there are none."""
        return (self.correct + self.partial / 2) / self.actual if self.actual else None

    @property
    def recall(self) -> float | None:
        """(COR + PAR/2)/POS; None where there are none."""
        return (self.correct + self.partial / 2) / self.possible if self.possible else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, from 0 to 1; None where neither marked anything."""
        both = self.possible + self.actual
        return (2 * self.correct + self.partial) / both if both else None


def score(scheme: Scheme, found: Sequence[Span], reference: Sequence[Span]) -> Score:
    """Return the counts of one document under a scheme."""
    return _score(scheme, Pairing([tuple(found), tuple(reference)]), 0, 1)


def scheme_f1(scheme: Scheme) -> Measure:
    """F1 under one of the four schemes, from 0 to 1; mean over pairs, micro over documents.

    Nobody marked anything: no value. One who marked beside one who did not: 0.
    """
    return Measure(
        f"span F1, scheme {scheme.value}",
        partial(_tally, scheme),
        partial(_value, scheme),
        _value_alone,
    )


def _score(scheme: Scheme, pairing: Pairing, first: int, second: int) -> Score:
    rule = _RIGHT[scheme]
    right = len(pairing.pairs(first, second, rule))
    wrong = len(pairing.pairs(first, second, rule._replace(rest=True)))
    of_first, of_second = len(pairing.people[first]), len(pairing.people[second])
    return Score(scheme, *_counts(scheme, right, wrong, of_first, of_second))


def _counts(
    scheme: Scheme, right: int, wrong: int, of_first: int, of_second: int
) -> tuple[int, int, int, int, int]:
    """Return how many are correct, incorrect, partial, missed and spurious."""
    halves = wrong if scheme is Scheme.PARTIAL else 0
    paired = right + wrong
    return right, wrong - halves, halves, of_second - paired, of_first - paired


def _tally(scheme: Scheme, document: Document) -> Tally:
    pairing = pairing_of(document)
    rule = _RIGHT[scheme]
    right, wrong = pairing.sizes(rule), pairing.sizes(rule._replace(rest=True))
    sizes = [len(spans) for spans in pairing.people]
    numbers: list[int] = []
    for i, j in combinations(range(len(sizes)), 2):
        numbers += _counts(scheme, right[i][j], wrong[i][j], sizes[i], sizes[j])
    return Row(pair_names(document.annotators, range(5)), numbers)


def _value_alone(sums: Sums) -> Numbers:
    """Return the values of ``_value``; the five numbers of two people stand beside each other."""
    right, wrong, half, missed, spurious = (sums.numbers[:, start::5] for start in range(5))
    return means(share(2 * right + half, 2 * (right + wrong + half) + missed + spurious))


def _value(scheme: Scheme, total: Tally) -> Coefficient:
    scores = [
        Score(scheme, *(total[a, b, number] for number in range(5)))
        for a, b in sorted({key[:2] for key in total})
    ]
    found = [one.f1 for one in scores if one.f1 is not None]
    marks = fsum(one.possible + one.actual for one in scores)
    paired = marks - fsum(one.missed + one.spurious for one in scores)
    coverage = Coverage(paired, marks, "marks, each counted once for each partner")
    if not found:
        return Coefficient("F1", None, NOTHING_MARKED, coverage=coverage)
    mean = fsum(found) / len(found)
    return Coefficient("F1", mean, observed=mean, coverage=coverage)
