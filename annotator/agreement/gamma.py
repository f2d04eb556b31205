"""γ: unitizing and labels at once, overlaps welcome, by the disorder of the best alignment.

Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), §4–5. 1 is perfect, 0 what
chance gives, negative worse. Chance is drawn (Monte Carlo): always give the seed with the figure.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import ceil, fsum, sqrt
from statistics import fmean, pstdev
from typing import Any

from annotator.agreement.alignment import Stretch, TooMany, Weights, best_cost
from annotator.agreement.measure import SEED, Measure, Tally
from annotator.agreement.units import Document, Span
from annotator.agreement.values import NO_VARIATION, NOTHING_MARKED, Coefficient, Coverage

SAMPLES = 30
PRECISION = 0.02
MOST_SAMPLES = 1000

TOO_MANY = (
    "too many marks near each other for three or more annotators: compare two annotators at a time"
)


@dataclass(frozen=True, slots=True)
class Chance:
    """How expected disorder is drawn.

    Attributes:
        samples: at least so many per document.
        precision: then as many as keep the mean within this share of itself with 95 %
            confidence, up to ``MOST_SAMPLES``; None: no more than ``samples``.
    """

    seed: int = SEED
    samples: int = SAMPLES
    precision: float | None = PRECISION


def gamma(weights: Weights | None = None, chance: Chance | None = None) -> Measure:
    """γ = 1 − observed disorder / expected disorder.

    Disorder of a document: the best alignment's sum of unitary disorders over the mean number of
    units per annotator; expected: its mean over documents drawn like this one (number of units,
    gaps, lengths and labels as found; each document draws from the seed and its own content, so
    neither order nor the other documents matter). Over documents both are weighed by the mean
    number of units. Place and label weigh 1 each unless ``weights`` says otherwise.

    Edge policy: raw spans enter, overlapping or not; a mark of several fragments is one unit
    from its first to its last code point. Documents nobody marked add nothing. Exact for two
    annotators; for more, exact up to a limit, and beyond it there is no value but a reason.
    """
    return Measure("γ", partial(_tally, weights or Weights(), chance or Chance()), _value)


def disorder(people: Sequence[Sequence[Stretch]], weights: Weights | None = None) -> float:
    """Return the disorder of the best alignment of everyone's units (Mathet et al. 2015, §4.4).

    Raises:
        TooMany: three or more annotators, too many units near each other.
    """
    mean = sum(map(len, people)) / len(people)
    return best_cost(people, weights or Weights()) / mean if mean else 0.0


def stretch_of(item: Span) -> Stretch:
    """Return a span as one unit, from its first to its last code point."""
    return Stretch(item.start, item.end, item.label)


class Sampler:
    """Draws annotators who mark like those of a document, but know nothing of each other.

    Numbers of units, gaps and lengths are normal with the mean and deviation found; labels come
    as often as found (Mathet et al. 2015, §5.2; normal laws as in Titeux & Riad 2021,
    “pygamma-agreement”, Journal of Open Source Software 6(62)).
    """

    def __init__(self, people: Sequence[Sequence[Stretch]], chance: random.Random) -> None:
        self.chance = chance
        self.people = len(people)
        units = sorted(unit for mine in people for unit in mine)
        self.count = _normal([len(mine) for mine in people])
        self.length = _normal([unit.end - unit.start for unit in units])
        self.gap = _normal(_gaps(people))
        self.labels = [unit.label for unit in units]

    def draw(self) -> list[list[Stretch]]:
        """Return the units of as many annotators; at least one of them has a unit."""
        drawn: list[list[Stretch]] = []
        for _ in range(self.people):
            count = abs(int(self.chance.gauss(*self.count)))
            if not any(drawn):
                count = max(count, 1)
            drawn.append(self._units(count))
        return drawn

    def _units(self, count: int) -> list[Stretch]:
        last = 0.0
        units = []
        for _ in range(count):
            start = last + self.chance.gauss(*self.gap)
            length = 0.0
            while length <= 0:
                length = abs(self.chance.gauss(*self.length))
            last = start + length
            units.append(Stretch(start, last, self.chance.choice(self.labels)))
        return units


def expected_disorder(
    people: Sequence[Sequence[Stretch]], weights: Weights, chance: Chance
) -> float:
    """Return the mean disorder of drawn documents.

    Raises:
        TooMany: three or more annotators, too many units near each other.
    """
    sampler = Sampler(people, random.Random(_seed(people, chance.seed)))  # noqa: S311
    found = [disorder(sampler.draw(), weights) for _ in range(chance.samples)]
    mean = fmean(found)
    if chance.precision and mean:
        spread = pstdev(found) / mean
        needed = ceil((1.96 * spread / chance.precision) ** 2)
        more = min(needed, MOST_SAMPLES) - len(found)
        found.extend(disorder(sampler.draw(), weights) for _ in range(more))
    return fsum(found) / len(found)


def _seed(people: Sequence[Sequence[Stretch]], seed: int) -> int:
    """Return a seed that depends on what was marked, not on who comes first."""
    content = repr((seed, sorted(sorted(mine) for mine in people)))
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8], "big")


def _normal(numbers: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(numbers)
    mean = fmean(ordered)
    return mean, sqrt(fsum((number - mean) ** 2 for number in ordered) / len(ordered))


def _gaps(people: Sequence[Sequence[Stretch]]) -> list[float]:
    """Return what lies between neighbours, and before the first unit of each annotator."""
    gaps: list[float] = [0]
    for mine in people:
        units = sorted(mine)
        gaps.extend(b.start - a.end for a, b in pairwise(units))
        if units and units[0].start > 0:
            gaps.append(units[0].start)
    return gaps


def _tally(weights: Weights, chance: Chance, document: Document) -> Tally:
    people = [[stretch_of(item) for item in spans] for spans in document.spans.values()]
    units = sum(map(len, people))
    if not units:
        return {}
    tally: Counter[Any] = Counter({"units": units})
    mean = units / len(people)
    try:
        observed = best_cost(people, weights)
        expected = expected_disorder(people, weights, chance) * mean
    except TooMany:
        tally["too many"] = 1
        return tally
    return {**tally, "mean": mean, "observed": observed, "expected": expected}


def _value(total: Tally) -> Coefficient:
    units = total.get("units", 0)
    base = Coefficient(
        "γ",
        None,
        NOTHING_MARKED,
        counts_disagreement=True,
        coverage=Coverage(units, units, "marks"),
    )
    if not units:
        return base
    if total.get("too many"):
        return replace(base, reason=TOO_MANY)
    known = replace(
        base,
        observed=total["observed"] / total["mean"],
        expected=total["expected"] / total["mean"],
    )
    if not total["expected"]:
        return replace(known, reason=NO_VARIATION)
    return replace(known, value=1 - total["observed"] / total["expected"], reason="")
