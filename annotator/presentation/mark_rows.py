"""What the mark table found: rows fetched a page at a time, in an order that is worked out when it is wanted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from annotator.domain.mark_query import MarkQuery
from annotator.domain.slices import Slices
from annotator.services import mark_table
from annotator.services.mark_table import Found, MarkRow
from annotator.services.project import Project

PAGE = 128
"""How many rows are fetched at a time."""

PAGES_KEPT = 24


class MarkRows:
    """The rows of one query; of a large table the first ones, until others are looked at.

    Attributes:
        count: how many there are.
        asked: the project and the query that found them, once there are any.
    """

    def __init__(self, want_order: Callable[[], None]) -> None:
        """``want_order`` is called when rows are looked at whose place is not known: ``take_order`` is to follow."""
        self._want_order = want_order
        self.asked: tuple[Project, MarkQuery] | None = None
        self.clear()

    def clear(self) -> None:
        """Have no rows."""
        self.count = 0
        self._numbers: array[int] = array("q")
        self._pages: dict[int, list[MarkRow]] = {}

    def take(self, project: Project, query: MarkQuery, found: Found) -> None:
        """Have the rows that another query found."""
        self.clear()
        self.asked = project, query
        self.count, self._numbers = found.count, found.first

    def take_order(self, order: array[int]) -> None:
        """Know the place of every row."""
        self._numbers = order
        self._pages = {}

    def row(self, number: int) -> MarkRow | None:
        """Return a row, fetching its page if need be; None if it went meanwhile, or its place is not known yet."""
        if not 0 <= number < self.count:
            return None
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._fetch(page)
        return rows[place] if place < len(rows) else None

    def knows(self, places: Sequence[int]) -> bool:
        """Tell whether the places of all these rows are known."""
        return max(places, default=0) < len(self._numbers)

    def numbers(self, places: Sequence[int]) -> Slices[Sequence[int]]:
        """Return the row numbers of these rows in the file; the order is worked out if it has to be."""
        asked = self.asked
        if asked and not self.knows(places):
            order = yield from mark_table.order.slices(*asked)
            if asked is self.asked:
                self.take_order(order)
        else:
            order = self._numbers
        return array("q", (order[place] for place in places if place < len(order)))

    def fetch_anew(self) -> None:
        """Fetch the rows again when they are looked at."""
        self._pages.clear()

    def _fetch(self, page: int) -> list[MarkRow]:
        if self.asked is None:
            return []
        begin = page * PAGE
        end = min(begin + PAGE, self.count)
        if end > len(self._numbers):
            self._want_order()
            if end > len(self._numbers):
                return []
        rows = mark_table.rows(self.asked[0], self._numbers[begin:end])
        while len(self._pages) >= PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        return rows
