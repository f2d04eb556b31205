"""Where two texts are the same and where they differ, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.domain.fragment import Extent

_PIECE = re.compile(r"\w+|[^\w\s]")
"""A word or a sign; white space is compared with nothing, so other line breaks make no difference."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage of one text beside one of another; either may be empty where the other has more.

    Attributes:
        one, other: half-open extents in code points.
    """

    one: Extent
    other: Extent
    is_same: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """So many pieces in a row that are the same in both texts."""

    left: int
    right: int
    length: int


class Alignment:
    """How two texts run beside each other.

    Passages that were moved are seen in one of their places only.
    """

    def __init__(self, one: str, other: str) -> None:
        from rapidfuzz.distance import Indel

        self._one = one
        self._other = other
        self._left = _pieces(one)
        self._right = _pieces(other)
        codes = Indel.opcodes(
            [one[slice(*at)] for at in self._left], [other[slice(*at)] for at in self._right]
        )
        self._blocks = [
            _Block(code.src_start, code.dest_start, code.src_end - code.src_start)
            for code in codes
            if code.tag == "equal"
        ]
        self._starts = [start for start, _ in self._left]
        self._ends = [end for _, end in self._left]

    def stretches(self) -> list[Stretch]:
        """Return passages that are the same and passages that differ, from beginning to end."""
        return self._stretches

    @cached_property
    def _stretches(self) -> list[Stretch]:
        found: list[Stretch] = []
        left = right = 0
        for block in (*self._blocks, _Block(len(self._left), len(self._right), 0)):
            if block.left > left or block.right > right:
                here = _extent(self._left, left, block.left)
                there = _extent(self._right, right, block.right)
                found.append(Stretch(here, there, False))
            left, right = block.left + block.length, block.right + block.length
            if block.length:
                here = _extent(self._left, block.left, left)
                there = _extent(self._right, block.right, right)
                found.append(Stretch(here, there, True))
        return found

    def opposite(self, position: int) -> int:
        """Return the place in the other text that stands beside a place in the one."""
        place = 0
        for stretch in self._stretches:
            if position < stretch.one[0]:
                break
            inside = stretch.is_same and position < stretch.one[1]
            place = stretch.other[0] + (position - stretch.one[0] if inside else 0)
        return min(place, len(self._other))

    def moved(self, extent: Extent, around: int) -> Extent | None:
        """Return where the words of an extent of the one text stand in the other.

        None where they do not stand there exactly, or where fewer than ``around`` words and signs
        in a row are the same.
        """
        first = bisect_right(self._starts, extent[0]) - 1
        last = bisect_left(self._ends, extent[1])
        for block in self._blocks:
            inside = block.left <= first and last < block.left + block.length
            if inside and block.length >= around:
                shift = block.right - block.left
                start = self._right[first + shift][0] + extent[0] - self._left[first][0]
                end = self._right[last + shift][1] + extent[1] - self._left[last][1]
                same = self._other[start:end] == self._one[slice(*extent)]
                return (start, end) if same else None
        return None


def _pieces(text: str) -> list[Extent]:
    return [match.span() for match in _PIECE.finditer(text)]


def _extent(pieces: Sequence[Extent], first: int, last: int) -> Extent:
    if first < last:
        return pieces[first][0], pieces[last - 1][1]
    edge = pieces[first - 1][1] if first else 0
    return edge, edge
