"""Reading the list of articles, a long one bit by bit, in step with what is done meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from annotator.domain.identity import Id
from annotator.presentation.article_row import ArticleRow
from annotator.presentation.early_rows import EarlyRows
from annotator.presentation.queue import Stage
from annotator.services import reading
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.domain.step import Change

T = TypeVar("T")


class ListReading:
    """One reading of all articles of a project, from the first to the last.

    Attributes:
        rows: of the articles read so far, in the order of the project.
        counts: how many of these are at each stage.
        early: rows that can be shown before all are read; None where there is something else to show.
        expected: how many articles there were when it began.
        was_amid: some of it was read amid long work, which may have been taken back.
    """

    def __init__(
        self,
        project: Project,
        row_of: Callable[[reading.Listed], ArticleRow],
        *,
        expected: int = 0,
        is_first: bool = False,
    ) -> None:
        """``is_first`` says that nothing of the project is shown yet."""
        self.rows: dict[Id, ArticleRow] = {}
        self.counts: Counter[Stage] = Counter()
        self.early = EarlyRows(project, row_of) if is_first else None
        self.expected = expected
        self.was_amid = False
        self._project = project
        self._row_of = row_of

    def bits(self) -> Iterator[int]:
        """Read some articles after others, to the end; yield how many were read so far."""
        pages = reading.listed(self._project)
        while (some := self._read(lambda: next(pages, None))) is not None:
            read = [self._row_of(item) for item in some]
            if self.early:
                self.early.take(len(self.rows), read)
            for row in read:
                self.rows[row.id] = row
                self.counts.update(row.stages)
            yield len(self.rows)

    def look_at(self, place: int) -> None:
        """Read the rows around a place now, before the others."""
        if early := self.early:
            self._read(lambda: early.look_at(place))

    def look_for(self, article: Id) -> None:
        """Read the rows around an article now, before the others."""
        if early := self.early:
            self._read(lambda: early.look_for(article))

    def follow(self, touched: Mapping[Id, Iterable[Change]]) -> None:
        """Bring what is read so far in step with an act; the rest is read after it."""
        for article, changes in touched.items():
            if before := self.rows.get(article):
                row = self.rows[article] = before.after(changes)
                self.counts.subtract(before.stages)
                self.counts.update(row.stages)
            if self.early:
                self.early.follow(article, changes)

    def _read(self, look: Callable[[], T]) -> T:
        # Another thread may begin or end the work meanwhile.
        amid = self._project.db.conn.in_transaction
        found = look()
        self.was_amid |= amid or self._project.db.conn.in_transaction
        return found
