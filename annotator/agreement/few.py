"""Whose span is whose, for the few: pairs of people one by one, what is marked alike being looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from annotator.agreement.meeting import Meetings, Pairs, Pattern, Rule, Shared, overlaps
from annotator.agreement.units import Span
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value


class Few:
    """Spans of several people in one document, and who meets whom; see ``Pairing``."""

    def __init__(self, people: Sequence[Sequence[Span]]) -> None:
        """``people`` are the spans of each, sorted by place."""
        self._people = people
        numbers: dict[tuple[tuple[Extent, ...], str], int] = {}
        self._numbers = [
            [numbers.setdefault((item.extents, item.label), len(numbers)) for item in spans]
            for spans in people
        ]
        self._kinds = list(numbers)
        self._common = overlaps([extents for extents, _ in self._kinds])
        self._meetings = Meetings(self._kinds, self._common)
        self._at = self._by_neighbourhood(_neighbourhoods(len(self._kinds), self._common))
        self._holders = self._by_pattern()

    def shared(self, first: int, second: int) -> Shared:
        """Return the code points shared by each two spans of two people, by their positions."""
        places: dict[int, list[int]] = {}
        for j, theirs in enumerate(self._numbers[second]):
            places.setdefault(theirs, []).append(j)
        return {
            (i, j): common
            for i, mine in enumerate(self._numbers[first])
            for other, common in self._near[mine]
            for j in places.get(other, ())
        }

    @cached_property
    def _near(self) -> list[list[tuple[int, int]]]:
        """For each kind those that it shares code points with, and how many."""
        found: list[list[tuple[int, int]]] = [[] for _ in self._kinds]
        for (one, other), common in self._common.items():
            found[one].append((other, common))
        return found

    def touched(self) -> list[list[int]]:
        """Return how many spans of each overlap any span of the same label of each other."""
        alike = _alike(self._kinds, self._common, self._numbers)
        total = [[0] * len(self._people) for _ in self._people]
        for row, kinds in zip(total, self._numbers, strict=True):
            for kind in kinds:
                for other in alike[kind]:
                    row[other] += 1
        return total

    def pairs(self, first: int, second: int, rule: Rule) -> Pairs:
        """Return the spans of two people that a rule pairs, by their positions, sorted."""
        found: Pairs = []
        theirs = self._at[second]
        for home, (pattern, places) in self._at[first].items():
            if home in theirs:
                other, others = theirs[home]
                local = self._meetings.pairs(pattern, other, rule)
                found += [(places[i], others[j]) for i, j in local]
        found.sort()
        return found

    def value_pairs(self, rule: Rule) -> Iterator[tuple[int, Value, Value, int]]:
        """Yield values of spans that a rule pairs; see ``Pairing.value_pairs``."""
        for times, value, others in self._partners(rule):
            m = others.total() + 1
            for other, number in others.items():
                yield m, value, other, times * number

    def _partners(self, rule: Rule) -> Iterator[tuple[int, Value, Counter[Value]]]:
        """Yield what was said of spans, and what of those that a rule pairs with each.

        Spans alike in everything come once, with how many they are; spans without a value, and
        those paired with none that has one, do not come.
        """
        for known in self._holders:
            found = [[Counter[Value]() for _ in pattern] for pattern, _ in known]
            for first, (pattern, mine) in enumerate(known):
                for second, (other, theirs) in enumerate(known[first:], first):
                    alike = first == second
                    if alike and len(mine) == 1:
                        continue
                    for i, j in self._meetings.pairs(pattern, other, rule):
                        one, another = pattern[i][1], other[j][1]
                        if one is not None and another is not None:
                            found[first][i][another] += len(theirs) - alike
                            if not alike:
                                found[second][j][one] += len(mine)
            for (pattern, mine), spans in zip(known, found, strict=True):
                for (_, value), others in zip(pattern, spans, strict=True):
                    if others and value is not None:
                        yield len(mine), value, others

    def sizes(self, rule: Rule) -> list[list[int]]:
        """Return how many spans a rule pairs, for each person with each."""
        total = [[0] * len(self._people) for _ in self._people]
        for known in self._holders:
            for number_, (pattern, mine) in enumerate(known):
                for other, theirs in known[number_:]:
                    number = len(self._meetings.pairs(pattern, other, rule))
                    if number:
                        _add(total, mine, theirs, number)
        return total

    def _by_pattern(self) -> list[list[tuple[Pattern, list[int]]]]:
        """Return for each neighbourhood its patterns, and whose they are."""
        homes: dict[int, dict[Pattern, list[int]]] = {}
        for person, at in enumerate(self._at):
            for home, (pattern, _) in at.items():
                homes.setdefault(home, {}).setdefault(pattern, []).append(person)
        return [list(patterns.items()) for patterns in homes.values()]

    def _by_neighbourhood(self, home: Sequence[int]) -> list[dict[int, tuple[Pattern, list[int]]]]:
        """Return what each person marked in each neighbourhood, and where in their list."""
        found = []
        for spans, kinds in zip(self._people, self._numbers, strict=True):
            places: dict[int, list[int]] = {}
            for number, kind in enumerate(kinds):
                places.setdefault(home[kind], []).append(number)
            found.append(
                {
                    at: (tuple([(kinds[n], spans[n].value) for n in own]), own)
                    for at, own in places.items()
                }
            )
        return found


def _alike(
    kinds: Sequence[tuple[tuple[Extent, ...], str]], common: Shared, people: Sequence[Sequence[int]]
) -> list[set[int]]:
    """Return for each kind who has anything of the same label that overlaps it."""
    holders: list[set[int]] = [set() for _ in kinds]
    for person, mine in enumerate(people):
        for kind in mine:
            holders[kind].add(person)
    found: list[set[int]] = [set() for _ in kinds]
    for one, other in common:
        if kinds[one][1] == kinds[other][1]:
            found[one] |= holders[other]
    return found


def _neighbourhoods(count: int, common: Shared) -> list[int]:
    """Return for each kind the number of its neighbourhood: kinds that overlap share one."""
    home = list(range(count))

    def root(kind: int) -> int:
        while home[kind] != kind:
            home[kind] = home[home[kind]]
            kind = home[kind]
        return kind

    for one, other in common:
        if one < other:
            home[root(one)] = root(other)
    return [root(kind) for kind in range(count)]


def _add(total: list[list[int]], mine: list[int], theirs: list[int], number: int) -> None:
    """Add a number for everybody of one list with everybody of the other, both ways."""
    for i in mine:
        row = total[i]
        for j in theirs:
            row[j] += number
    if mine is not theirs:
        for j in theirs:
            row = total[j]
            for i in mine:
                row[i] += number
