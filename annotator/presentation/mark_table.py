"""The mark table: filters, rows fetched as they are looked at, and edits of many rows."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.codebook import Codebook
from annotator.domain.errors import Problem
from annotator.domain.mark import Value
from annotator.domain.mark_query import VALUE, MarkQuery
from annotator.domain.slices import Slices, whole, with_progress
from annotator.domain.step import Outcome
from annotator.presentation.acts.base import LONG_ACT
from annotator.presentation.jumping import jump
from annotator.presentation.mark_columns import Column, cell, columns
from annotator.presentation.mark_rows import PAGE, MarkRows
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import backups, mark_table
from annotator.services.mark_table import Found, MarkRow
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

MARKS, ORDER = "marks", "order"
"""The readings of what a query finds, and of its whole order."""


class MarkTable:
    """Marks of the open project as rows.

    Attributes:
        reset: everything changed: another query, other rows.
        rows_changed: the same rows, other contents.
        behind: an act may have changed a large table; ``catch_up`` is wanted soon.
        everywhere: whether all articles are shown, or only the open one.
        readings: what is found piece by piece; the rows stay as they are meanwhile.
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
        self.readings = Piecemeal()
        self._query = MarkQuery()
        self._rows = MarkRows(self._sort_all)
        desk.saved.connect(self._acted)
        desk.project_changed.connect(self._other_project)
        desk.reader.article_shown.connect(self._other_article)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def is_known(self) -> bool:
        """Whether the rows are what the query found; else they are another's, or none."""
        return self._rows.asked == (self.desk.project, self.query)

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
        """Stop following; nothing is looked up meanwhile."""
        self.is_shown = False
        self.readings.stop()

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
            known = self.count if self.is_known else None
            self._query = replace(self._query, sort=self.columns[column].id, descending=descending)
            self._find(known)

    def refresh(self) -> None:
        """Look everything up anew."""
        project = self.desk.project
        self.columns = columns(project.codebook, self._query.layers) if project else ()
        if self._query.sort.startswith(VALUE) and self._query.sort not in (
            column.id for column in self.columns
        ):
            self._query = replace(self._query, sort="place", descending=False)
        self._find()

    def row(self, number: int) -> MarkRow | None:
        """Return a row; None if it went meanwhile, or its place is not known yet."""
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

    def set_value(self, numbers: Sequence[int], column: Column, value: Value | None) -> None:
        """Give every row of these a value, in one step; rows that cannot take it stay as they are."""
        if column.attribute is None:
            return
        name = column.attribute.name
        self._act(
            f"Changing {len(numbers):,} marks",
            numbers,
            lambda project, rows: mark_table.set_value.slices(project, rows, name, value),
            lambda: self.desk.messages.done(
                "Nothing changed: these marks have that value, or cannot have it."
            ),
        )

    def delete(self, numbers: Sequence[int]) -> None:
        """Delete the annotator's own marks among these rows, in one step."""
        if len(numbers) >= backups.LARGE:
            self.desk.risking.emit("large-deletion")
        self._act(
            f"Deleting {len(numbers):,} marks",
            numbers,
            mark_table.delete.slices,
            lambda: self.desk.messages.problem(
                "Only your own marks can be deleted: choose some of yours."
            ),
        )

    def _act(
        self,
        title: str,
        numbers: Sequence[int],
        act: Callable[[Project, Sequence[int]], Slices[Outcome]],
        tell_nothing: Callable[[], None],
    ) -> None:
        """Act on rows; slice by slice where they are many, or their places are to be worked out first."""

        def work(project: Project) -> Slices[Outcome]:
            return (yield from act(project, (yield from self._rows.numbers(numbers))))

        def then(outcome: Outcome | None) -> None:
            if outcome is not None and outcome.step is None:
                tell_nothing()

        if len(numbers) >= LONG_ACT or not self._rows.knows(numbers):
            self.desk.act_in_slices(title, work, then)
        else:
            then(self.desk.act(lambda project: whole(work(project))))

    def copy(
        self,
        numbers: Sequence[int],
        then: Callable[[str], None],
        each: Callable[[str], str] = str,
    ) -> None:
        """Give ``then`` rows as a table that a spreadsheet takes: tabs and line ends, headings first.

        Args:
            each: is done to some lines at a time, where ``then`` would take long over all.
        """
        lines = [each("\t".join(column.title for column in self.columns))]

        def work() -> Slices[None]:
            rows = yield from self._rows.numbers(numbers)
            for first in range(0, len(rows), PAGE):
                lines.append(each("\n".join(self._lines(rows[first : first + PAGE]))))
                yield first, len(rows), ""

        def done(error: BaseException | None) -> None:
            if error is None:
                then("\n".join(lines))

        if len(numbers) >= LONG_ACT or not self._rows.knows(numbers):
            self.desk.window.run_slices(
                f"Copying {len(numbers):,} rows", with_progress(work()), done
            )
        else:
            whole(work())
            done(None)

    def _lines(self, numbers: Sequence[int]) -> Iterator[str]:
        project = self.desk.project
        for row in mark_table.rows(project, numbers) if project else ():
            cells = (self.text(row, column) for column in self.columns)
            yield "\t".join(" ".join(cell.split()) for cell in cells)

    # Following the project

    def _acted(self, _: str) -> None:
        project = self.desk.project
        if not self.is_shown or project is None:
            return
        if mark_table.is_quick(project, self.query):
            self.catch_up()
        else:
            self.behind.emit(None)

    def catch_up(self) -> None:
        """Bring the rows in step with the project after acts."""
        project, query = self.desk.project, self.query
        if self.is_shown and project:
            then = self._caught_up if self.is_known else self._take
            # What somebody stopped waits on: an act is no wish to look further.
            self._look(project, query, None, lambda found: then(project, query, found))

    def _caught_up(self, project: Project, query: MarkQuery, found: Found) -> None:
        is_same = found.count == self.count
        self._rows.fetch_anew()
        if is_same and (not self.count or self.row(0) is not None):
            self.rows_changed.emit(None)
        else:
            self._take(project, query, found)

    def _other_project(self, _: None) -> None:
        self._query = MarkQuery()
        self._rows.clear()
        self.refresh()

    def _other_article(self, _: str) -> None:
        if self.is_shown and not self.everywhere:
            self.refresh()

    def _find(self, known: int | None = None) -> None:
        project, query = self.desk.project, self.query
        # Whoever asks for something else wants it, even where the last was stopped.
        self.readings.stop()
        if project and self.is_shown:
            self._look(project, query, known, lambda found: self._take(project, query, found))
        else:
            self._rows.clear()
            self.reset.emit(None)

    def _look(
        self,
        project: Project,
        query: MarkQuery,
        known: int | None,
        then: Callable[[Found], None],
    ) -> None:
        quick = mark_table.is_quick(project, query)
        slices = mark_table.find.slices(project, query, known)
        self.readings.begin(MARKS, self._or_problem(slices), then, at_once=quick)

    def _or_problem(self, finding: Slices[Found]) -> Slices[Found]:
        """Find nothing, and say why, where marks cannot be looked for."""
        try:
            return (yield from finding)
        except Problem as problem:
            self.desk.messages.problem(str(problem))
            return Found(0, array("q"))

    def _take(self, project: Project, query: MarkQuery, found: Found) -> None:
        self.readings.stop(ORDER)
        self._rows.take(project, query, found)
        self.reset.emit(None)

    def _sort_all(self) -> None:
        """Work out the place of every row, as rows are looked at whose place is not known."""
        project, query = self.desk.project, self.query
        if project is None or not self.is_known or self.readings.reads(ORDER):
            return
        if mark_table.is_quick(project, query):
            self._rows.take_order(mark_table.order(project, query))
        else:
            slices = mark_table.order.slices(project, query)
            self.readings.begin(ORDER, slices, self._take_order, at_once=False)

    def _take_order(self, order: array[int]) -> None:
        self._rows.take_order(order)
        self.rows_changed.emit(None)
