"""The best alignment of everyone's units, which γ measures the disorder of.

Mathet, Widlöcher & Métivier 2015, “The unified and holistic method gamma (γ) for inter-annotator
agreement measure and alignment”, Computational Linguistics 41(3), §4. A unitary alignment takes at
most one unit of each annotator; its disorder is the mean dissimilarity over all pairs of
annotators, and whoever has no unit in it counts as the empty unit, at ``EMPTY`` from everything.

For two annotators this is an assignment problem. For more it is searched exactly, unit by unit
along the text, with what is already known about the rest kept; ``TooMany`` ends a search that
would take too long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.agreement.matching import heaviest

EMPTY = 1.0
"""Δ∅, the dissimilarity of a unit and no unit."""

MOST_STATES = 60_000
"""How many partial alignments of three or more annotators are looked at before giving up."""


class Stretch(NamedTuple):
    """A unit: where it begins and ends, and its label. Sampled ones have fractions."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What a difference in place (α of the paper) and in label (β) weighs."""

    place: float = 1.0
    label: float = 1.0


class TooMany(Exception):
    """Three or more annotators marked so much in one place that the search is given up."""


def positional(first: Stretch, second: Stretch) -> float:
    """Return d_pos = ((|Δstart| + |Δend|)/(length + length))²·Δ∅ (Mathet et al. 2015, §4.2.1)."""
    apart = abs(first.start - second.start) + abs(first.end - second.end)
    return (apart / (first.end - first.start + second.end - second.start)) ** 2 * EMPTY


def dissimilarity(first: Stretch, second: Stretch, weights: Weights) -> float:
    """Return α·d_pos + β·d_cat; labels are alike or not (nominal)."""
    differ = weights.label * EMPTY if first.label != second.label else 0.0
    return weights.place * positional(first, second) + differ


def best_cost(people: Sequence[Sequence[Stretch]], weights: Weights) -> float:
    """Return the sum of unitary disorders of the best alignment.

    Divided by the mean number of units per annotator this is the disorder of the alignment.

    Raises:
        TooMany: three or more annotators, too many units near each other.
    """
    if len(people) == 2:
        return _two(sorted(people[0]), sorted(people[1]), weights)
    return _several([sorted(units) for units in people], weights)


def _two(first: Sequence[Stretch], second: Sequence[Stretch], weights: Weights) -> float:
    alone = EMPTY * (len(first) + len(second))
    gains: dict[tuple[int, int], float] = {}
    for i, j, unlike in _near(first, second, weights, 2 * EMPTY):
        gains[i, j] = 2 * EMPTY - unlike
    return alone - sum(gains[pair] for pair in heaviest(gains))


def _near(
    first: Sequence[Stretch], second: Sequence[Stretch], weights: Weights, below: float
) -> list[tuple[int, int, float]]:
    """Return the pairs less unlike than ``below``, found without looking at all pairs."""
    if not first or not second:
        return []
    starts = [unit.start for unit in second]
    longest = max(unit.end - unit.start for unit in second)
    # d_pos < limit² needs |Δstart| + |Δend| < limit·(length + length), so |Δstart| is bounded.
    limit = (below / (weights.place * EMPTY)) ** 0.5 if weights.place > 0 else float("inf")
    found = []
    for i, unit in enumerate(first):
        reach = limit * (unit.end - unit.start + longest)
        low = bisect_right(starts, unit.start - reach)
        high = bisect_right(starts, unit.start + reach)
        for j in range(low, high):
            unlike = dissimilarity(unit, second[j], weights)
            if unlike < below:
                found.append((i, j, unlike))
    return found


def _several(people: list[list[Stretch]], weights: Weights) -> float:
    count = len(people)
    pairs = count * (count - 1) / 2
    units = sorted((unit, person) for person, mine in enumerate(people) for unit in mine)
    near: list[dict[int, float]] = [{} for _ in units]
    places: list[list[int]] = [[] for _ in people]
    for number, (_, person) in enumerate(units):
        places[person].append(number)
    # See _pays: of any two in a group, even if all others were exactly alike.
    below = (pairs + count - 1) * EMPTY
    for a in range(count):
        for b in range(a + 1, count):
            for i, j, unlike in _near(people[a], people[b], weights, below):
                near[places[a][i]][places[b][j]] = unlike
                near[places[b][j]][places[a][i]] = unlike
    search = _Search([person for _, person in units], near, count)
    return search.cost() / pairs


class _Search:
    """Covers every unit once, the leftmost open one first; costs are sums over pairs."""

    def __init__(self, person: list[int], near: list[dict[int, float]], count: int) -> None:
        self.person = person
        self.near = near
        self.count = count
        self.pairs = count * (count - 1) / 2
        self.groups = [self._groups_from(number) for number in range(len(person))]

    def cost(self) -> float:
        """Return the least cost, by going through the open ends that each step leaves."""
        states: dict[int, float] = {0: 0.0}
        looked = 0
        for number in range(len(self.person)):
            following: dict[int, float] = {}
            for taken, cost in states.items():
                if taken & 1:
                    _keep(following, taken >> 1, cost)
                    continue
                for group, price in self.groups[number]:
                    looked += 1
                    if not taken & group:
                        _keep(following, (taken | group) >> 1, cost + price)
            if looked > MOST_STATES * 10 or len(following) > MOST_STATES:
                raise TooMany
            states = following
        return min(states.values())

    def _groups_from(self, number: int) -> list[tuple[int, float]]:
        """Return what the unit may be aligned with to its right, as bits from itself on."""
        found: list[tuple[int, float]] = []
        right = sorted(other for other in self.near[number] if other > number)
        stack: list[tuple[tuple[int, ...], int, float]] = [((number,), 0, 0.0)]
        while stack:
            chosen, next_at, between = stack.pop()
            if self._pays(chosen, 0):
                filled = len(chosen) * (len(chosen) - 1) / 2
                price = between + (self.pairs - filled) * EMPTY
                found.append((sum(1 << (other - number) for other in chosen), price))
                if len(found) > MOST_STATES:
                    raise TooMany
            people = {self.person[other] for other in chosen}
            for at in range(next_at, len(right)):
                other = right[at]
                if self.person[other] in people or any(
                    other not in self.near[one] for one in chosen
                ):
                    continue
                group = (*chosen, other)
                if self._pays(group, self.count - len(group)):
                    more = sum(self.near[one][other] for one in chosen)
                    stack.append((group, at + 1, between + more))
        return found

    def _pays(self, group: tuple[int, ...], to_come: int) -> bool:
        """Tell whether nobody in a group had better be alone, with so many still to join it."""
        return all(
            sum(self.near[one][other] - EMPTY for other in group if other != one)
            <= (self.pairs + to_come) * EMPTY
            for one in group
        )


def _keep(states: dict[int, float], state: int, cost: float) -> None:
    if state not in states or cost < states[state]:
        states[state] = cost
