"""The mark table: filters, rows fetched as they are looked at, and edits of many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from annotator.domain.codebook import Codebook
from annotator.domain.errors import Problem
from annotator.domain.mark import Value
from annotator.domain.mark_query import VALUE, MarkQuery
from annotator.domain.step import Outcome
from annotator.presentation.acts.base import LONG_ACT
from annotator.presentation.jumping import jump
from annotator.presentation.mark_columns import Column, cell, columns
from annotator.presentation.mark_rows import LARGE, MarkRows
from annotator.presentation.signal import Signal
from annotator.services import backups, mark_table, marking
from annotator.services.mark_table import MarkRow
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

AT_ONCE = 4
"""So many batches of articles are read for a filter by their parts before the table waits for ``read_on``."""


class MarkTable:
    """Marks of the open project as rows.

    Attributes:
        reset: everything changed: another query, other rows.
        rows_changed: the same rows, other contents.
        behind: an act may have changed a large table; ``catch_up`` is wanted soon.
        everywhere: whether all articles are shown, or only the open one.
        unread: how many articles have been read for a filter by their parts, of how many, while
            that goes on; nothing is found meanwhile.
        sorting: asks for ``read_on``, as the order of a large table is wanted.
        only_mine: whether marks of other annotators are left out.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.rows_changed: Signal[None] = Signal()
        self.behind: Signal[None] = Signal()
        self.desk = desk
        self.columns: tuple[Column, ...] = ()
        self.everywhere = False
        self.only_mine = True
        self.is_shown = False
        self.sorting: Signal[None] = Signal()
        self.unread: tuple[int, int] | None = None
        self._steps: Iterator[tuple[int, int]] | None = None
        self._query = MarkQuery()
        self._rows = MarkRows(lambda: self.sorting.emit(None))
        desk.saved.connect(self._acted)
        desk.project_changed.connect(self._other_project)
        desk.reader.article_shown.connect(self._other_article)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def unsorted(self) -> tuple[int, int] | None:
        """How much of the order is sorted out, of how much, while that goes on; other rows are empty meanwhile."""
        return self._rows.unsorted

    @property
    def query(self) -> MarkQuery:
        """What is asked for, with the scope filled in."""
        project, article = self.desk.project, self.desk.reader.article
        return replace(
            self._query,
            article=None if self.everywhere or article is None else article.id,
            annotator=project.annotator.id if project and self.only_mine else None,
        )

    @property
    def codebook(self) -> Codebook | None:
        """The codebook in force."""
        return self.desk.project.codebook if self.desk.project else None

    def show(self, query: MarkQuery | None = None, *, everywhere: bool | None = None) -> None:
        """Begin to follow the project, with another query if one is given."""
        self.is_shown = True
        if query is not None:
            self._query = query
        if everywhere is not None:
            self.everywhere = everywhere
        self.refresh()

    def hide(self) -> None:
        """Stop following, and sorting; nothing is looked up meanwhile."""
        self.is_shown = False
        self._rows.stop()

    def filter(self, **changes: object) -> None:
        """Change filters by their names in ``MarkQuery``."""
        self._query = replace(self._query, **changes)  # type: ignore[arg-type]
        self.refresh()

    def set_scope(self, *, everywhere: bool | None = None, only_mine: bool | None = None) -> None:
        """Say whether all articles and all annotators are shown."""
        self.everywhere = self.everywhere if everywhere is None else everywhere
        self.only_mine = self.only_mine if only_mine is None else only_mine
        self.refresh()

    def clear_filters(self) -> None:
        """Let all marks through; order and scope stay."""
        self._query = MarkQuery(sort=self._query.sort, descending=self._query.descending)
        self.refresh()

    @property
    def is_filtered(self) -> bool:
        """Tell whether any filter holds marks back."""
        return replace(self._query, sort="place", descending=False) != MarkQuery()

    def sort(self, column: int, *, descending: bool) -> None:
        """Sort by a column."""
        if 0 <= column < len(self.columns):
            self._query = replace(self._query, sort=self.columns[column].id, descending=descending)
            self._find(count=self.count or None)

    def refresh(self) -> None:
        """Look everything up anew."""
        project = self.desk.project
        self.columns = columns(project.codebook, self._query.layers) if project else ()
        if self._query.sort.startswith(VALUE) and self._query.sort not in (
            column.id for column in self.columns
        ):
            self._query = replace(self._query, sort="place", descending=False)
        self._find()

    def read_on(self) -> None:
        """Go on with what takes time in a large table: reading articles for a filter by their parts, or sorting.

        The marks are found once all articles are read, and shown in order once all are sorted.
        """
        if self._steps is not None:
            self.unread = next(self._steps, None)
            if self.unread is None:
                self._find()
        elif not self.count:
            if self._rows.sort_on():
                self.reset.emit(None)
        elif self._rows.sort_on():
            self.rows_changed.emit(None)

    def row(self, number: int) -> MarkRow | None:
        """Return a row; None if it went meanwhile, or is not sorted out yet."""
        return self._rows.row(number)

    def text(self, row: MarkRow, column: Column) -> str:
        """Return what a cell shows."""
        return cell(row, column, self.codebook)

    # Acts

    def jump(self, number: int) -> None:
        """Open the article of a row and make its mark current."""
        row = self.row(number)
        if row is None:
            return
        jump(self.desk, row.article, row.id, (row.start, row.end))

    def set_value(self, numbers: Iterable[int], column: Column, value: Value | None) -> None:
        """Give every row of these a value, in one step; rows that cannot take it stay as they are."""
        chosen = self._chosen(numbers)
        if column.attribute is None or not chosen:
            return
        name = column.attribute.name
        if len(chosen) >= LONG_ACT:
            self.desk.act_in_slices(
                f"Changing {len(chosen):,} marks",
                lambda project: mark_table.set_value.slices(project, chosen, name, value),
                self._tell_nothing,
            )
        else:
            outcome = self.desk.act(
                lambda project: mark_table.set_value(project, chosen, name, value)
            )
            self._tell_nothing(outcome)

    def _tell_nothing(self, outcome: Outcome | None) -> None:
        if outcome is not None and outcome.step is None:
            self.desk.messages.done(
                "Nothing changed: these marks have that value, or cannot have it."
            )

    def delete(self, numbers: Iterable[int]) -> None:
        """Delete the annotator's own marks among these rows, in one step."""
        project = self.desk.project
        own = [
            row.id
            for row in self._chosen(numbers)
            if project and row.annotator == project.annotator.id
        ]
        if own and project:
            if len(own) >= backups.LARGE:
                self.desk.risking.emit("large-deletion")
            if len(own) >= LONG_ACT:
                self.desk.act_in_slices(
                    f"Deleting {len(own):,} marks",
                    lambda project: marking.delete.slices(project, own),
                )
            else:
                self.desk.act(lambda project: marking.delete(project, own))
        else:
            self.desk.messages.problem("Only your own marks can be deleted: choose some of yours.")

    def as_text(self, numbers: Sequence[int]) -> str:
        """Return rows as a table that a spreadsheet takes: tabs and line ends, headings first."""
        lines = [[column.title for column in self.columns], *self._cells(numbers)]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    # Following the project

    def _acted(self, _: str) -> None:
        if self.count > LARGE:
            self.behind.emit(None)
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Bring the rows in step with the project after acts."""
        if not self.is_shown or self.desk.project is None:
            return
        if mark_table.count(self.desk.project, self.query) != self.count:
            self.refresh()
            return
        self._rows.fetch_anew()
        if any(self.row(number) is None for number in range(min(self.count, 1))):
            self.refresh()
        else:
            self.rows_changed.emit(None)

    def _other_project(self, _: None) -> None:
        self._query = MarkQuery()
        self.refresh()

    def _other_article(self, _: str) -> None:
        if self.is_shown and not self.everywhere:
            self.refresh()

    def _find(self, count: int | None = None) -> None:
        project = self.desk.project
        self._rows.clear()
        self._steps = self.unread = None
        if project and self.is_shown and self._is_read(project):
            try:
                self._rows.find(project, self.query, count)
            except Problem as problem:
                self.desk.messages.problem(str(problem))
        self.reset.emit(None)

    def _is_read(self, project: Project) -> bool:
        """Read what a filter by parts needs; tell whether that was soon done."""
        steps = mark_table.reading(project, self.query)
        read = list(islice(steps, AT_ONCE))
        if not read or read[-1][0] == read[-1][1]:
            return True
        self._steps, self.unread = steps, read[-1]
        return False

    def _chosen(self, numbers: Iterable[int]) -> list[MarkRow]:
        return self._rows.chosen(numbers)

    def _cells(self, numbers: Sequence[int]) -> list[list[str]]:
        return [
            [self.text(row, column) for column in self.columns] for row in self._chosen(numbers)
        ]
