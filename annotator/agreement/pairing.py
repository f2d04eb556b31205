"""Which span of one annotator is which span of another: the one rule that every view shares.

Three ways: the same place and label (``exact``), one-to-one by intersection (``by_overlap``), and
“touched by anything” (``touched``), which is not one-to-one and therefore not symmetric.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from annotator.agreement.matching import heaviest
from annotator.agreement.units import Span, place

ANY = 0.0
"""Threshold: any shared code point."""

HALF = 0.5
"""Threshold: intersection over union of at least one half."""

Pairs = list[tuple[int, int]]
"""Positions in the first and the second list of spans, sorted."""


def exact(first: Sequence[Span], second: Sequence[Span]) -> int:
    """Return how many spans have a partner of the same fragments and label.

    Two spans of one annotator that are the same in both count once each and need two partners.
    """
    a = Counter((item.extents, item.label) for item in first)
    b = Counter((item.extents, item.label) for item in second)
    return sum(min(times, b[name]) for name, times in a.items() if name in b)


def overlaps(first: Sequence[Span], second: Sequence[Span]) -> dict[tuple[int, int], int]:
    """Return the code points shared by each two spans that share any, whatever their labels.

    A sweep over sorted starts: the time grows with the number of overlaps found, not with the
    product of the numbers of spans.
    """
    events = sorted(
        (start, end, side, number)
        for side, spans in enumerate((first, second))
        for number, item in enumerate(spans)
        for start, end in item.extents
    )
    open_spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    shared: dict[tuple[int, int], int] = {}
    for start, end, side, number in events:
        others = open_spans[1 - side]
        if others:
            others[:] = [other for other in others if other[0] > start]
            for other_end, other in others:
                pair = (other, number) if side else (number, other)
                shared[pair] = shared.get(pair, 0) + min(end, other_end) - start
        open_spans[side].append((end, number))
    return shared


def by_overlap(
    first: Sequence[Span],
    second: Sequence[Span],
    threshold: float = ANY,
    same_label: bool = True,
) -> Pairs:
    """Return the one-to-one matching of greatest total intersection.

    Args:
        threshold: ``ANY`` shared code point, or the least intersection over union, such as
            ``HALF``; pairs below it cannot be matched.
        same_label: whether only spans of one label can be matched.

    Of several such matchings the one with more pairs is taken, then the one whose pairs differ
    least at their edges, then those of equal value. The result does not depend on the order of
    the spans nor on which annotator comes first.
    """
    shared = overlaps(first, second)
    if same_label:
        shared = {
            pair: common
            for pair, common in shared.items()
            if first[pair[0]].label == second[pair[1]].label
        }
    if threshold > 0:
        shared = {
            (i, j): common
            for (i, j), common in shared.items()
            if common >= threshold * (first[i].length + second[j].length - common)
        }
    if _apart(shared):
        return sorted(shared)
    return _weighed(first, second, shared)


def touched(first: Sequence[Span], second: Sequence[Span]) -> tuple[int, int]:
    """Return how many of each side overlap any span of the same label on the other side.

    The “any overlap, many-to-one” count of much of the literature; not symmetric.
    """
    shared = [(i, j) for i, j in overlaps(first, second) if first[i].label == second[j].label]
    return len({i for i, _ in shared}), len({j for _, j in shared})


def matched(
    first: Sequence[Hashable], second: Sequence[Hashable], weights: Mapping[tuple[int, int], int]
) -> Pairs:
    """Return the heaviest one-to-one matching of any two sorted lists, the same from either side."""
    if _apart(weights):
        return sorted(weights)
    if [repr(item) for item in first] <= [repr(item) for item in second]:
        return heaviest(weights)
    turned = heaviest({(j, i): weight for (i, j), weight in weights.items()})
    return sorted((i, j) for j, i in turned)


def _apart(pairs: Iterable[tuple[int, int]]) -> bool:
    """Tell whether nothing stands in two pairs, so that there is nothing to choose."""
    rows: set[int] = set()
    columns: set[int] = set()
    for row, column in pairs:
        if row in rows or column in columns:
            return False
        rows.add(row)
        columns.add(column)
    return True


def _weighed(
    first: Sequence[Span], second: Sequence[Span], shared: dict[tuple[int, int], int]
) -> Pairs:
    """Match by intersection, then number of pairs, then edges, then values, in whole numbers."""
    order_a = sorted(range(len(first)), key=lambda number: place(first[number]))
    order_b = sorted(range(len(second)), key=lambda number: place(second[number]))
    turned = [place(first[n]) for n in order_a] > [place(second[n]) for n in order_b]
    rank_a = {number: rank for rank, number in enumerate(order_a)}
    rank_b = {number: rank for rank, number in enumerate(order_b)}
    most = min(len(first), len(second)) + 1
    apart = {
        (i, j): abs(first[i].start - second[j].start) + abs(first[i].end - second[j].end)
        for i, j in shared
    }
    edge_unit = 2 * most
    pair_unit = edge_unit * (max(apart.values()) + 1) * most
    weights: dict[tuple[int, int], float] = {}
    for (i, j), common in shared.items():
        weight = (
            (common * most + 1) * pair_unit
            - apart[i, j] * edge_unit
            + (first[i].value == second[j].value)
        )
        ranks = (rank_a[i], rank_b[j])
        weights[ranks[::-1] if turned else ranks] = weight
    pairs = heaviest(weights)
    return sorted(
        (order_a[j], order_b[i]) if turned else (order_a[i], order_b[j]) for i, j in pairs
    )
