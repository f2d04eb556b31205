"""What the values of a network are divided by, so that those who say much do not drown the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

from annotator.domain.network import Cell

Key = TypeVar("Key", bound=Hashable)


class Norm(StrEnum):
    """A normalisation.

    Two-mode: ``activity`` divides by how much the row says, ``prominence`` by how much is said
    of the column. One-mode: ``average`` by the mean number of statements of the two,
    ``jaccard`` by what either says alone and both say together, ``cosine`` by the product of
    their numbers. Directed: ``average`` gives the mean judgement.
    """

    NONE = "none"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


def two_mode_norms(frequencies: Mapping[Cell, float], norm: Norm) -> Mapping[Cell, float]:
    """Return the divisor of each cell, given how many statements it rests on."""
    if norm is Norm.AVERAGE:
        return frequencies
    if norm not in (Norm.ACTIVITY, Norm.PROMINENCE):
        return dict.fromkeys(frequencies, 1.0)
    axis = 0 if norm is Norm.ACTIVITY else 1
    sums: dict[int, float] = defaultdict(float)
    for cell, count in frequencies.items():
        sums[cell[axis]] += count
    return {cell: sums[cell[axis]] for cell in frequencies}


def pair_norm(one: Mapping[Key, float], two: Mapping[Key, float], norm: Norm) -> float:
    """Return the divisor of the tie of two rows, given their counts by column and level."""
    if norm is Norm.NONE:
        return 1.0
    first, second = sum(one.values()), sum(two.values())
    if norm is Norm.AVERAGE:
        return (first + second) / 2
    if norm is Norm.COSINE:
        return first * second
    both = [(count, two[key]) for key, count in one.items() if key in two]
    alone = first - sum(a for a, _ in both) + second - sum(b for _, b in both)
    return alone + sum(a * b for a, b in both)
