"""Boundary similarity B: how alike two divisions of one text into segments are.

Fournier 2013, “Evaluating text segmentation using boundary edit distance”, ACL, §3, eq. 3. For
sentences or paragraphs; not for marks, which have kinds and gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from annotator.agreement.values import Coefficient


def boundary_similarity(first: Iterable[int], second: Iterable[int], near: int = 2) -> Coefficient:
    """Return B = 1 − (additions + Σ weighed transpositions)/(additions + transpositions + matches).

    Args:
        first, second: places of the inner boundaries, in units of text.
        near: boundaries less than so far apart can be one that was moved; moving it by d costs
            d/near (half for neighbours, by default).

    From 0 (nothing in common) to 1. No boundary on either side: no value.
    """
    a, b = set(first), set(second)
    matches = len(a & b)
    moved = _moved(sorted(a - b), sorted(b - a), near)
    added = len(a ^ b) - 2 * len(moved)
    everything = added + len(moved) + matches
    if not everything:
        return Coefficient("boundary similarity", None, "nothing to compare: nobody set a boundary")
    cost = added + sum(distance / near for distance in moved)
    return Coefficient("boundary similarity", 1 - cost / everything)


def boundaries(masses: Sequence[int]) -> list[int]:
    """Return the inner boundaries of segments of these lengths."""
    return list(accumulate(masses))[:-1]


def _moved(first: Sequence[int], second: Sequence[int], near: int) -> list[int]:
    """Return the distances of boundaries that were moved: as many as possible, then the nearest."""
    # best[j] after i: (pairs, -total distance, distances) over the first i and j boundaries.
    best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())] * (len(second) + 1)
    for a in first:
        row = [best[0]]
        for j, b in enumerate(second):
            choice = max(row[j], best[j + 1])
            if abs(a - b) < near:
                pairs, distance, distances = best[j]
                moved = (pairs + 1, distance - abs(a - b), (*distances, abs(a - b)))
                choice = max(choice, moved)
            row.append(choice)
        best = row
    return list(best[-1][2])
