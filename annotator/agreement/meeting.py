"""How the marks of two people meet in one neighbourhood of the text: the rules, and each answer once.

A neighbourhood is a set of places that overlap, directly or over others. What many people marked
alike in it is one pattern, and two patterns are compared once, however many pairs of people they
belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.agreement.matching import heaviest
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value

Pairs = list[tuple[int, int]]
"""Positions in the first and the second list, sorted."""

Pattern = tuple[tuple[int, Value | None], ...]
"""What one person marked in a neighbourhood: number of the kind (place and label), and value."""


Order = tuple[object, ...]
"""What the ends of pairs are ordered by."""

Shared = dict[tuple[int, int], int]
"""Code points that two spans share, where they share any."""


class Rule(NamedTuple):
    """Which marks are paired.

    Attributes:
        way: ``identical`` (place and label), ``bounds`` (place), ``match`` (overlap).
        threshold: of ``match``; 0 for any shared code point.
        same_label: of ``match``: whether only marks of one label.
        rest: whether what this leaves is asked for, paired by any overlap.
    """

    way: str
    threshold: float = 0.0
    same_label: bool = True
    rest: bool = False

    @property
    def is_within_labels(self) -> bool:
        """Tell whether what is paired of one label has nothing to do with other labels."""
        return not self.rest and (
            self.way == "identical" or (self.way == "match" and self.same_label)
        )


class Meetings:
    """The answers for all patterns of one document."""

    def __init__(
        self,
        kinds: Sequence[tuple[tuple[Extent, ...], str]],
        common: Mapping[tuple[int, int], int],
    ) -> None:
        """``kinds`` are places with labels; ``common`` are the code points two of them share."""
        self._kinds = kinds
        self._common = common
        self._length = [sum(end - start for start, end in extents) for extents, _ in kinds]
        self._known: dict[tuple[Pattern, Pattern, Rule], Pairs] = {}

    def pairs(self, first: Pattern, second: Pattern, rule: Rule) -> Pairs:
        """Return which marks of the first are which of the second, as positions in the patterns."""
        key = (first, second, rule)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._solved(first, second, rule)
        return found

    def _solved(self, a: Pattern, b: Pattern, rule: Rule) -> Pairs:
        if rule.rest:
            return self._rest(a, b, self.pairs(a, b, rule._replace(rest=False)), same_label=False)
        if rule.way == "identical":
            return self._identical(a, b)
        if rule.way == "bounds":
            return self._same_bounds(a, b)
        if rule.threshold <= 0:
            pairs = self.pairs(a, b, Rule("identical"))
            return sorted(pairs + self._rest(a, b, pairs, same_label=rule.same_label))
        shared = self._shared(a, b, rule.same_label)
        return sorted(
            self._settled(
                a,
                b,
                {
                    (i, j): common
                    for (i, j), common in shared.items()
                    if common
                    >= rule.threshold * (self._length[a[i][0]] + self._length[b[j][0]] - common)
                },
            )
        )

    def _identical(self, a: Pattern, b: Pattern) -> Pairs:
        """Pair the same places and labels; of several, equal values first."""
        pairs: Pairs = []
        left = list(range(len(b)))
        waiting = []
        for i, mine in enumerate(a):
            same = next((j for j in left if b[j] == mine), None)
            if same is None:
                waiting.append(i)
            else:
                left.remove(same)
                pairs.append((i, same))
        for i in waiting:
            same = next((j for j in left if b[j][0] == a[i][0]), None)
            if same is not None:
                left.remove(same)
                pairs.append((i, same))
        return pairs

    def _same_bounds(self, a: Pattern, b: Pattern) -> Pairs:
        pairs = list(self.pairs(a, b, Rule("identical")))
        done_a, done_b = {i for i, _ in pairs}, {j for _, j in pairs}
        left = [j for j in range(len(b)) if j not in done_b]
        for i in range(len(a)):
            if i not in done_a:
                place = self._kinds[a[i][0]][0]
                same = next((j for j in left if self._kinds[b[j][0]][0] == place), None)
                if same is not None:
                    left.remove(same)
                    pairs.append((i, same))
        return pairs

    def _rest(self, a: Pattern, b: Pattern, pairs: Pairs, *, same_label: bool) -> Pairs:
        """Match by overlap what is not in ``pairs``."""
        if len(pairs) in (len(a), len(b)):
            return []
        done_a, done_b = {i for i, _ in pairs}, {j for _, j in pairs}
        shared = self._shared(a, b, same_label)
        left = {
            (i, j): common
            for (i, j), common in shared.items()
            if i not in done_a and j not in done_b
        }
        return self._settled(a, b, left)

    def _shared(self, a: Pattern, b: Pattern, same_label: bool) -> dict[tuple[int, int], int]:
        found = {}
        for i, (mine, _) in enumerate(a):
            for j, (theirs, _) in enumerate(b):
                common = self._common.get((mine, theirs))
                if common and (not same_label or self._kinds[mine][1] == self._kinds[theirs][1]):
                    found[i, j] = common
        return found

    def _settled(self, a: Pattern, b: Pattern, shared: Mapping[tuple[int, int], int]) -> Pairs:
        """Match by intersection, then number of pairs, then edges, then values."""
        clear, busy = split(shared)
        for piece in components(busy):
            edges = {
                (i, j): (shared[i, j], self._apart(a[i][0], b[j][0]), a[i][1] == b[j][1])
                for i, j in piece
            }
            clear += best(
                edges,
                {i: self._order(a[i]) for i, _ in piece},
                {j: self._order(b[j]) for _, j in piece},
            )
        return clear

    def _apart(self, one: int, other: int) -> int:
        a, b = self._kinds[one][0], self._kinds[other][0]
        return abs(a[0][0] - b[0][0]) + abs(a[-1][1] - b[-1][1])

    def _order(self, item: tuple[int, Value | None]) -> Order:
        return (*self._kinds[item[0]], repr(item[1]))


def split(pairs: Mapping[tuple[int, int], int]) -> tuple[Pairs, Pairs]:
    """Return the pairs that nothing competes with, and the others."""
    if len(pairs) < 2:
        return list(pairs), []
    rows = Counter([row for row, _ in pairs])
    columns = Counter([column for _, column in pairs])
    clear: Pairs = []
    others: Pairs = []
    for pair in pairs:
        alone = rows[pair[0]] == 1 and columns[pair[1]] == 1
        (clear if alone else others).append(pair)
    return clear, others


def components(edges: Iterable[tuple[int, int]]) -> list[Pairs]:
    """Return the edges in pieces that have no end in common, rows and columns being told apart."""
    piece_of: dict[int, list[tuple[int, int]]] = {}
    for edge in edges:
        row, column = edge[0], ~edge[1]
        mine, theirs = piece_of.get(row), piece_of.get(column)
        if mine is None or theirs is None:
            piece = mine or theirs or []
        else:
            piece = mine
            if mine is not theirs:
                mine += theirs
                for i, j in theirs:
                    piece_of[i] = piece_of[~j] = mine
        piece.append(edge)
        piece_of[row] = piece_of[column] = piece
    return [sorted(piece) for piece in {id(piece): piece for piece in piece_of.values()}.values()]


def best(
    edges: Mapping[tuple[int, int], tuple[int, int, bool]],
    rows: Mapping[int, Order],
    columns: Mapping[int, Order],
) -> Pairs:
    """Return which edges of one piece are taken, each end once.

    Args:
        edges: the code points that the ends share, how far their bounds differ, and whether their
            values are equal: looked at in this order, the number of edges taken after the first.
        rows, columns: what the ends are ordered by, so that both directions take the same of equal
            choices.
    """
    most = min(len(rows), len(columns)) + 1
    edge_unit = 2 * most
    pair_unit = edge_unit * (max(apart for _, apart, _ in edges.values()) + 1) * most
    weights = {
        pair: (shared * most + 1) * pair_unit - apart * edge_unit + alike
        for pair, (shared, apart, alike) in edges.items()
    }
    return either_way(
        [rows[i] for i in sorted(rows)], [columns[j] for j in sorted(columns)], weights
    )


def either_way(
    first: list[Order],
    second: list[Order],
    weights: Mapping[tuple[int, int], int],
) -> Pairs:
    """Match with the lesser list of ends first, so that both directions take the same of equal choices."""
    if first <= second:
        return heaviest(weights)
    return [(i, j) for j, i in heaviest({(j, i): weight for (i, j), weight in weights.items()})]


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
