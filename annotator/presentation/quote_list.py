"""A long list of quotes: its length is known at once, its words are read when they are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence

from annotator.services.quotes import Quote

PAGE = 64
"""How many quotes are read at a time."""

PAGES_KEPT = 24

Read = Callable[[Sequence[int]], Mapping[int, Quote]]
"""Returns quotes by the row numbers of their marks."""


class QuoteList:
    """Quotes by article and place. Until their order is found they are lines without words."""

    def __init__(self, read: Read, count: int = 0) -> None:
        """``count`` is how many there will be."""
        self.is_found = False
        self._read = read
        self._count = count
        self._order: array[int] = array("q")
        self._pages: dict[int, Mapping[int, Quote]] = {}

    def __len__(self) -> int:
        """Return how many quotes there are."""
        return self._count

    def __getitem__(self, place: int) -> Quote | None:
        """Return a quote; None where it is not found yet, or went meanwhile."""
        if not self.is_found or not 0 <= place < self._count:
            return None
        page = place // PAGE
        quotes = self._pages.get(page)
        if quotes is None:
            while len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            begin = page * PAGE
            quotes = self._pages[page] = self._read(self._order[begin : begin + PAGE])
        return quotes.get(self._order[place])

    def take(self, order: array[int]) -> bool:
        """Take the row numbers of the marks in their order; tell whether the lines stay the same ones.

        If not, nothing is taken: it is another list. What the lines say is read again.
        """
        if len(order) != self._count or (self.is_found and order != self._order):
            return False
        self.is_found = True
        self._order = order
        self._pages.clear()
        return True

    def rows(self, places: Sequence[int]) -> list[int]:
        """Return the row numbers of some of the quotes, as far as they are found."""
        return [self._order[place] for place in places if place < len(self._order)]
