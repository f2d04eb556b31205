"""The heights of all paragraphs, added up so that one may change without counting all again."""

from __future__ import annotations

from collections.abc import Iterable


class Heights:
    """A Fenwick tree: changing a height, the sum above a paragraph, and what lies at a height
    each take as many steps as the number of paragraphs has binary digits.
    """

    def __init__(self, heights: Iterable[float]) -> None:
        self._heights = list(heights)
        size = len(self._heights)
        self._sums = [0.0, *self._heights]
        for place in range(1, size + 1):
            above = place + (place & -place)
            if above <= size:
                self._sums[above] += self._sums[place]
        self._top_step = 1 << max(size.bit_length() - 1, 0)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> float:
        return self._heights[number]

    def set(self, number: int, height: float) -> None:
        """Give a paragraph another height."""
        change = height - self._heights[number]
        self._heights[number] = height
        place = number + 1
        while place < len(self._sums):
            self._sums[place] += change
            place += place & -place

    def above(self, number: int) -> float:
        """Return the sum of the heights of all paragraphs before ``number``."""
        found = 0.0
        while number > 0:
            found += self._sums[number]
            number -= number & -number
        return found

    def at(self, y: float) -> int:
        """Return the paragraph at a height below the top of the first; the last, if it is beyond."""
        place, step = 0, self._top_step
        while step:
            following = place + step
            if following < len(self._sums) and self._sums[following] <= y:
                place = following
                y -= self._sums[following]
            step >>= 1
        return max(0, min(place, len(self._heights) - 1))
