"""Which span of one annotator is which span of another: the one rule that every view shares.

Three ways: the same place and label (``Pairing.identical``), one-to-one by intersection
(``Pairing.match``), and “touched by anything” (``Pairing.touched``), which is not one-to-one and
therefore not symmetric.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from annotator.agreement.meeting import Meetings, Pairs, Pattern, Rule, either_way, split
from annotator.agreement.units import Document, Span, place
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value

ANY = 0.0
"""Threshold: any shared code point."""

HALF = 0.5
"""Threshold: intersection over union of at least one half."""

Shared = dict[tuple[int, int], int]
"""Code points that two spans share, where they share any."""

IDENTICAL = Rule("identical")
"""The same fragments and label."""

SAME_BOUNDS = Rule("bounds")
"""The same fragments; of several, those of one label first."""


class Pairing:
    """The spans of several people in one document, and who meets whom.

    What many people marked alike is looked at once, so that twenty annotators cost little more
    than the different things they marked.
    """

    def __init__(self, people: Sequence[Sequence[Span]]) -> None:
        self.people = [sorted(spans, key=place) for spans in people]
        numbers: dict[tuple[tuple[Extent, ...], str], int] = {}
        self.kinds = [
            [numbers.setdefault((item.extents, item.label), len(numbers)) for item in spans]
            for spans in self.people
        ]
        kinds = list(numbers)
        self._common = overlaps([extents for extents, _ in kinds])
        self._alike = _alike(kinds, self._common, self.kinds)
        self._meetings = Meetings(kinds, self._common)
        self._at = self._by_neighbourhood(_neighbourhoods(len(kinds), self._common))
        self._holders = self._by_pattern()
        self._sizes: dict[Rule, list[list[int]]] = {}

    def shared(self, first: int, second: int) -> Shared:
        """Return the code points shared by each two spans of two people, by their positions."""
        return {
            (i, j): common
            for i, mine in enumerate(self.kinds[first])
            for j, theirs in enumerate(self.kinds[second])
            if (common := self._common.get((mine, theirs), 0))
        }

    def identical(self, first: int, second: int) -> Pairs:
        """Return spans of the same fragments and label, one-to-one; of several, equal values first."""
        return self.pairs(first, second, IDENTICAL)

    def touched(self) -> list[list[int]]:
        """Return how many spans of each overlap any span of the same label of each other.

        The “any overlap, many-to-one” count of much of the literature; not symmetric.
        """
        total = [[0] * len(self.people) for _ in self.people]
        for row, kinds in zip(total, self.kinds, strict=True):
            for kind in kinds:
                for other in self._alike[kind]:
                    row[other] += 1
        return total

    def match(
        self, first: int, second: int, threshold: float = ANY, same_label: bool = True
    ) -> Pairs:
        """Return the one-to-one matching of greatest total intersection, sorted.

        Args:
            threshold: ``ANY`` shared code point, or the least intersection over union, such as
                ``HALF``; pairs below it cannot be matched.
            same_label: whether only spans of one label can be matched.

        Identical spans are matched first where any intersection counts; this never lowers the
        total (for X = X, |X∩j|+|i∩X| ≤ |X|+|i∩j|). Of several such matchings the one with more
        pairs is taken, then the one whose pairs differ least at their edges, then those of equal
        value. It does not depend on the order of spans nor on who is first.
        """
        return self.pairs(first, second, matching(threshold, same_label))

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

    def sizes(self, rule: Rule) -> list[list[int]]:
        """Return how many spans a rule pairs, for each person with each; several measures ask the same."""
        if rule not in self._sizes:
            self._sizes[rule] = self._counted(rule)
        return self._sizes[rule]

    def partners(self, rule: Rule) -> Iterator[tuple[int, Value, Counter[Value]]]:
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

    def _counted(self, rule: Rule) -> list[list[int]]:
        total = [[0] * len(self.people) for _ in self.people]
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
        for spans, kinds in zip(self.people, self.kinds, strict=True):
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


def matching(threshold: float = ANY, same_label: bool = True) -> Rule:
    """Return the rule of ``Pairing.match``."""
    return Rule("match", max(threshold, 0.0), same_label)


@lru_cache(maxsize=2)
def pairing_of(document: Document) -> Pairing:
    """Return the pairing of a document's annotators, in the order of their names.

    The last ones are kept, for all measures of one document ask in turn.
    """
    return Pairing(list(document.spans.values()))


def by_overlap(
    first: Sequence[Span], second: Sequence[Span], threshold: float = ANY, same_label: bool = True
) -> list[tuple[Span, Span]]:
    """Return the matched spans of two people; the rule is that of ``Pairing.match``."""
    pairing = Pairing([first, second])
    a, b = pairing.people
    return [(a[i], b[j]) for i, j in pairing.match(0, 1, threshold, same_label)]


def overlaps(places: Sequence[tuple[Extent, ...]]) -> Shared:
    """Return the code points shared by each two places that share any, both ways, and by each with itself.

    A sweep over sorted starts: the time grows with the number of overlaps found, not with the
    square of the number of places.
    """
    events = sorted(
        (start, end, number) for number, extents in enumerate(places) for start, end in extents
    )
    shared: Shared = {}
    live: list[tuple[int, int]] = []
    for start, end, number in events:
        live = [item for item in live if item[0] > start]
        live.append((end, number))
        for other_end, other in live:
            common = (end if end < other_end else other_end) - start
            shared[number, other] = shared.get((number, other), 0) + common
            if other != number:
                shared[other, number] = shared.get((other, number), 0) + common
    return shared


def heaviest_pairs(
    first: Sequence[object], second: Sequence[object], weights: Mapping[tuple[int, int], int]
) -> Pairs:
    """Return the heaviest one-to-one matching of any two sorted lists, the same from either side."""
    clear, open_pairs = split(weights)
    if not open_pairs:
        return clear
    a, b = ([(repr(item),) for item in items] for items in (first, second))
    return sorted(clear + either_way(a, b, {pair: weights[pair] for pair in open_pairs}))


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
