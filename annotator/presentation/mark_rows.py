"""What the mark table found: rows fetched a page at a time, in an order that is sorted when it is wanted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

from annotator.domain.mark_query import MarkQuery
from annotator.services import mark_table
from annotator.services.mark_table import MarkRow
from annotator.services.project import Project

PAGE = 128
"""How many rows are fetched at a time."""

PAGES_KEPT = 24

LARGE = 20_000
"""More marks than these are sorted in pieces, and followed a moment after an act, so that nobody waits."""


class MarkRows:
    """The rows of one query; of a large table the first ones, until others are looked at.

    Attributes:
        count: how many there are; none while even the first of them are being sorted out.
        unsorted: how many pieces of the whole order are done, of how many, while ``sort_on`` is wanted.
    """

    def __init__(self, begun: Callable[[], None]) -> None:
        """``begun`` is called when sorting begins, for which ``sort_on`` is to be called again and again."""
        self._begun = begun
        self._asked: tuple[Project, MarkQuery] | None = None
        self.clear()

    def clear(self) -> None:
        """Have no rows."""
        self.count = 0
        self.unsorted: tuple[int, int] | None = None
        self._sorting: Iterator[tuple[int, int]] | None = None
        self._first: array[int] = array("q")
        self._order: array[int] | None = None
        self._pages: dict[int, list[MarkRow]] = {}

    def find(self, project: Project, query: MarkQuery, count: int | None = None) -> None:
        """Take the rows of another query, of which there are ``count`` if that is known.

        Raises:
            Problem: it cannot be looked for.
        """
        self.clear()
        self._asked = project, query
        if mark_table.is_slow(query):
            count = count or mark_table.count(project, query)
            if count > LARGE:
                self._begin_sorting()
                return
        found = mark_table.find(project, query, count)
        self.count, self._first = found.count, found.first

    def row(self, number: int) -> MarkRow | None:
        """Return a row, fetching its page if need be; None if it went meanwhile, or is not sorted out yet."""
        if not 0 <= number < self.count:
            return None
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._fetch(page)
        return rows[place] if place < len(rows) else None

    def chosen(self, numbers: Iterable[int]) -> list[MarkRow]:
        """Return some rows that are to be acted upon now: what is not sorted out yet is sorted at once."""
        wanted = sorted(set(numbers))
        if self._asked and self._order is None and wanted and wanted[-1] >= len(self._first):
            self._take(mark_table.order(*self._asked))
        return [row for number in wanted if (row := self.row(number)) is not None]

    def fetch_anew(self) -> None:
        """Fetch the rows again when they are looked at."""
        self._pages.clear()

    def stop(self) -> None:
        """Sort no longer."""
        self._sorting = self.unsorted = None

    def sort_on(self) -> bool:
        """Sort another piece; tell whether all are in order from now on."""
        if self._sorting is None:
            return False
        self.unsorted = next(self._sorting, None)
        return self.unsorted is None

    def _begin_sorting(self) -> None:
        if self._asked and self._sorting is None:
            self._sorting, self.unsorted = self._sort(*self._asked), (0, 1)
            self._begun()

    def _sort(self, project: Project, query: MarkQuery) -> Iterator[tuple[int, int]]:
        self._take((yield from mark_table.order_in_pieces(project, query)))

    def _take(self, order: array[int]) -> None:
        self.stop()
        self._first = self._order = order
        self._pages = {}
        self.count = self.count or len(order)

    def _fetch(self, page: int) -> list[MarkRow]:
        if self._asked is None:
            return []
        begin = page * PAGE
        end = min(begin + PAGE, self.count)
        if end > len(self._first) and self._order is None:
            if self.count > LARGE:
                self._begin_sorting()
                return []
            self._take(mark_table.order(*self._asked))
        rows = mark_table.rows(self._asked[0], self._first[begin:end])
        while len(self._pages) >= PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        return rows
