"""Which span of one annotator is which span of another: the one rule that every view shares.

Three ways: the same place and label (``Pairing.identical``), one-to-one by intersection
(``Pairing.match``), and “touched by anything” (``Pairing.touched``), which is not one-to-one and
therefore not symmetric.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

from annotator.agreement.matching import heaviest
from annotator.agreement.units import Document, Span, place
from annotator.domain.fragment import Extent

ANY = 0.0
"""Threshold: any shared code point."""

HALF = 0.5
"""Threshold: intersection over union of at least one half."""

Pairs = list[tuple[int, int]]
"""Positions in the first and the second list of spans, sorted."""

Shared = dict[tuple[int, int], int]
"""Code points that two spans share, where they share any."""


class Pairing:
    """The spans of several people in one document, and who meets whom.

    What many people marked alike is looked at once, so that twenty annotators cost little more
    than the different things they marked.
    """

    def __init__(self, people: Sequence[Sequence[Span]]) -> None:
        self.people = [sorted(spans, key=place) for spans in people]
        kinds: dict[tuple[tuple[Extent, ...], str], int] = {}
        self.kinds = [
            [kinds.setdefault((item.extents, item.label), len(kinds)) for item in spans]
            for spans in self.people
        ]
        held: list[list[tuple[int, int]]] = [[] for _ in kinds]
        for person, mine in enumerate(self.kinds):
            for number, kind in enumerate(mine):
                held[kind].append((person, number))
        labels = [label for _, label in kinds]
        self._met: list[dict[int, list[tuple[int, int, bool]]]] = [{} for _ in kinds]
        self._alike: list[set[int]] = [set() for _ in kinds]
        for (one, other), common in overlaps([extents for extents, _ in kinds]).items():
            alike = labels[one] == labels[other]
            for person, number in held[other]:
                self._met[one].setdefault(person, []).append((number, common, alike))
                if alike:
                    self._alike[one].add(person)
        self._where = [_places(mine) for mine in self.kinds]
        self._lengths = [[item.length for item in spans] for spans in self.people]
        self._identical: dict[tuple[int, int], Pairs] = {}

    def shared(self, first: int, second: int, same_label: bool = True) -> Shared:
        """Return the code points shared by each two spans of two people, by their positions."""
        return {
            (i, j): common
            for i, kind in enumerate(self.kinds[first])
            for j, common, alike in self._met[kind].get(second, ())
            if alike or not same_label
        }

    def identical(self, first: int, second: int) -> Pairs:
        """Return spans of the same fragments and label, one-to-one; of several, equal values first."""
        if (first, second) in self._identical:
            return self._identical[first, second]
        theirs = self._where[second]
        pairs: Pairs = []
        for kind, mine in self._where[first].items():
            if kind in theirs:
                if len(mine) == 1 and len(theirs[kind]) == 1:
                    pairs.append((mine[0], theirs[kind][0]))
                else:
                    pairs.extend(self._by_value(first, second, mine, theirs[kind]))
        self._identical[first, second] = pairs
        return pairs

    def same_bounds(self, first: int, second: int) -> Pairs:
        """Return spans of the same fragments, one-to-one; of several, those of one label first."""
        pairs = list(self.identical(first, second))
        done_a, done_b = {i for i, _ in pairs}, {j for _, j in pairs}
        free: dict[tuple[Extent, ...], list[int]] = {}
        for j, item in enumerate(self.people[second]):
            if j not in done_b:
                free.setdefault(item.extents, []).append(j)
        for i, item in enumerate(self.people[first]):
            if i not in done_a and free.get(item.extents):
                pairs.append((i, free[item.extents].pop(0)))
        return pairs

    def touched(self, first: int, second: int) -> tuple[int, int]:
        """Return how many spans of each overlap any span of the same label of the other.

        The “any overlap, many-to-one” count of much of the literature; not symmetric.
        """
        one = sum(second in self._alike[kind] for kind in self.kinds[first])
        other = sum(first in self._alike[kind] for kind in self.kinds[second])
        return one, other

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
        if threshold <= 0:
            pairs = self.identical(first, second)
            return sorted(pairs + self.rest(first, second, pairs, same_label))
        a, b = self._lengths[first], self._lengths[second]
        shared = {
            (i, j): common
            for (i, j), common in self.shared(first, second, same_label).items()
            if common >= threshold * (a[i] + b[j] - common)
        }
        return sorted(self._settled(first, second, shared))

    def rest(self, first: int, second: int, pairs: Pairs, same_label: bool = False) -> Pairs:
        """Return a matching of greatest total intersection of what is not in ``pairs``."""
        done_a, done_b = {i for i, _ in pairs}, {j for _, j in pairs}
        shared = {
            (i, j): common
            for i, kind in enumerate(self.kinds[first])
            if i not in done_a
            for j, common, alike in self._met[kind].get(second, ())
            if j not in done_b and (alike or not same_label)
        }
        return self._settled(first, second, shared)

    def _by_value(self, first: int, second: int, mine: list[int], theirs: list[int]) -> Pairs:
        a, b = self.people[first], self.people[second]
        left = list(theirs)
        pairs: Pairs = []
        waiting = []
        for i in mine:
            same = next((j for j in left if b[j].value == a[i].value), None)
            if same is None:
                waiting.append(i)
            else:
                left.remove(same)
                pairs.append((i, same))
        return pairs + list(zip(waiting, left, strict=False))

    def _settled(self, first: int, second: int, shared: Shared) -> Pairs:
        """Match by intersection, then number of pairs, then edges, then values."""
        clear, open_pairs = _split(shared)
        if not open_pairs:
            return clear
        a, b = self.people[first], self.people[second]
        most = min(len(a), len(b)) + 1
        apart = {
            (i, j): abs(a[i].start - b[j].start) + abs(a[i].end - b[j].end) for i, j in open_pairs
        }
        edge_unit = 2 * most
        pair_unit = edge_unit * (max(apart.values()) + 1) * most
        weights = {
            (i, j): (shared[i, j] * most + 1) * pair_unit
            - edges * edge_unit
            + (a[i].value == b[j].value)
            for (i, j), edges in apart.items()
        }
        return clear + _either_way(a, b, weights)


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


def matched(
    first: Sequence[object], second: Sequence[object], weights: Mapping[tuple[int, int], int]
) -> Pairs:
    """Return the heaviest one-to-one matching of any two sorted lists, the same from either side."""
    clear, open_pairs = _split(weights)
    if not open_pairs:
        return clear
    a, b = ([repr(item) for item in items] for items in (first, second))
    return sorted(clear + _either_way(a, b, {pair: weights[pair] for pair in open_pairs}))


def _split(pairs: Mapping[tuple[int, int], int]) -> tuple[Pairs, Pairs]:
    """Return the pairs that nothing competes with, and the others."""
    rows = Counter(row for row, _ in pairs)
    columns = Counter(column for _, column in pairs)
    clear: Pairs = []
    others: Pairs = []
    for pair in pairs:
        alone = rows[pair[0]] == 1 and columns[pair[1]] == 1
        (clear if alone else others).append(pair)
    return clear, others


def _either_way(
    first: Sequence[Span] | Sequence[str],
    second: Sequence[Span] | Sequence[str],
    weights: Mapping[tuple[int, int], int],
) -> Pairs:
    """Match with the lesser list first, so that both directions take the same of equal choices."""
    a = [_order(first[i]) for i in sorted({i for i, _ in weights})]
    b = [_order(second[j]) for j in sorted({j for _, j in weights})]
    if a <= b:
        return heaviest(weights)
    return [(i, j) for j, i in heaviest({(j, i): weight for (i, j), weight in weights.items()})]


def _order(item: Span | str) -> tuple[object, ...]:
    return (item,) if isinstance(item, str) else place(item)


def _places(kinds: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    where: dict[Hashable, list[int]] = {}
    for number, kind in enumerate(kinds):
        where.setdefault(kind, []).append(number)
    return where
