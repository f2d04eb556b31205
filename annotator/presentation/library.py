"""The list of articles: its rows, the filter, and the progress under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from annotator.domain.article import Article, State
from annotator.domain.codebook import Codebook
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, View
from annotator.domain.slices import Slices
from annotator.domain.step import Change
from annotator.domain.suggestion import Suggestion
from annotator.presentation.article_choice import ArticleChoice
from annotator.presentation.article_row import ArticleRow, Keyword, row_of, signed_layers
from annotator.presentation.list_reading import ListReading
from annotator.presentation.queue import Order, Stage
from annotator.presentation.seeking import Seeking, Then
from annotator.presentation.signal import Signal
from annotator.services import reading
from annotator.services.collecting import let_go
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.domain.step import Record
    from annotator.presentation.early_rows import EarlyRows

MANY = 500
"""From so many articles on the list is read bit by bit when a project is opened."""


MANY_TOUCHED = 200
"""After an act on so many articles the list is read anew, bit by bit where it is long."""


UNREAD = "The list of articles could not be read: close annotator and open the project again."


class Library:
    """The articles of the open project, as far as the filter lets them through.

    Attributes:
        counts: how many articles are at each stage, whatever the filter.
        reordered: the user chose another order.
        coloured: articles fit other coloured searches, which ``row_at`` tells of each.
        rows: of the articles that are shown, without what ``row_at`` adds to those in sight.
        choice: which articles are shown, and in which order.
        drive: runs the reading of a long list bit by bit, where somebody can; each bit tells how
            many articles were read.
        problem: why the articles could not be listed, in a sentence; what was listed before stays.
    """

    def __init__(self) -> None:
        self.reset: Signal[None] = Signal()
        self.row_changed: Signal[int] = Signal()
        self.current_changed: Signal[int] = Signal()
        self.reordered: Signal[Order] = Signal()
        self.coloured: Signal[None] = Signal()
        self.rows: list[ArticleRow] = []
        self.current: Id | None = None
        self.choice = ArticleChoice()
        self.counts: Counter[Stage] = Counter()
        self._all: dict[Id, ArticleRow] = {}
        self._codebook: Codebook | None = None
        self._keywords: Mapping[Id, tuple[Keyword, ...]] = {}
        self._project: Project | None = None
        self._places: dict[Id, int] | None = None
        self.drive: Callable[[Iterator[int]], None] | None = None
        self._reading: ListReading | None = None
        self._queueing: object | None = None
        self._queue_changes = 0
        self._was_amid = False
        self.problem = ""
        self._seeking = Seeking(self._nearest)

    def show(self, project: Project | None) -> None:
        """List the articles of a project, or nothing."""
        if project is None:
            self._codebook = self._project = self._queueing = None
            self._seeking.give_up()
            self.problem = ""
            before = self._all
            for _ in self.choice.queue_up(None):
                pass
            self._take({}, Counter())
            let_go(before)
            return
        for _ in self._read(self._begin(project)):
            pass

    def show_soon(self, project: Project) -> bool:
        """List the articles of a project: a few at once, many bit by bit (``drive``).

        Returns:
            whether the list has but its early rows until all of them are read.
        """
        count = reading.count_articles(project)
        if self.drive is None or count < MANY:
            self.show(project)
            return False
        was_seen = self.shows_early
        begun = self._begin(project, expected=count, is_first=True)
        if was_seen and self.current:
            begun.look_for(self.current)
        self._all, self.counts = {}, Counter()
        self._filter()
        self.drive(self._read(begun))
        return True

    def renew(self, project: Project) -> None:
        """List the articles of the same project anew; the list stays as it is until a long one is read."""
        if not self._all:
            self.show_soon(project)
            return
        if self.drive is None or max(len(self._all), reading.count_articles(project)) < MANY:
            self.show(project)
            return
        self.drive(self._read(self._begin(project)))

    @property
    def is_being_read(self) -> bool:
        """Tell whether the list may not say yet what is in the project."""
        return self._reading is not None

    @property
    def is_queueing(self) -> bool:
        """Tell whether it is being found out what teaches most, and the list has its former order until then."""
        return self._queueing is not None

    @property
    def is_behind(self) -> bool:
        """Tell whether the list shows what was in the project until it is read anew."""
        return self.is_being_read and self._early is None

    @property
    def is_awaited(self) -> bool:
        """Tell whether the list is empty, or has but early rows, because it is being read."""
        return self._early is not None

    @property
    def awaited(self) -> int:
        """How many articles a list has that is not read yet, else 0."""
        return self._reading.expected if self._reading and self._reading.early else 0

    @property
    def reached(self) -> int:
        """How many articles of a list that is being read are read."""
        return len(self._reading.rows) if self._reading else 0

    @property
    def was_amid(self) -> bool:
        """Tell whether some of the list was read amid long work, which may have been taken back."""
        return self._reading.was_amid if self._reading else self._was_amid

    @property
    def _early(self) -> EarlyRows | None:
        """What is read already of a list that is awaited."""
        return self._reading.early if self._reading else None

    @property
    def shows_early(self) -> bool:
        """Tell whether a list that is being read shows the rows it has already, each at its place."""
        return bool(self._early and self._early.rows) and self.choice.is_as_given

    @property
    def length(self) -> int:
        """How many rows the list shows, with those that are still to be read."""
        return self.awaited if self.shows_early else len(self.rows)

    def row_at(self, place: int) -> ArticleRow | None:
        """Return a row of the list as it is shown; None if it is not read yet, or there is none."""
        if self.shows_early and self._early:
            row = self._early.rows.get(place)
        else:
            row = self.rows[place] if 0 <= place < len(self.rows) else None
        if row is None:
            return None
        keywords = self._keywords.get(row.id)
        shown = self.choice.shown(row)
        return replace(shown, keywords=keywords) if keywords else shown

    def look_at(self, place: int) -> None:
        """Read the rows around a place of a list that shows its early rows now, before the others."""
        if self.shows_early and self._reading:
            self._reading.look_at(place)

    def _begin(self, project: Project, *, expected: int = 0, is_first: bool = False) -> ListReading:
        self._codebook, self._project, self.problem = project.codebook, project, ""
        self._queueing = None
        self._reading = ListReading(project, self._row_of, expected=expected, is_first=is_first)
        return self._reading

    def _row_of(self, item: reading.Listed) -> ArticleRow:
        return row_of(item, self._codebook)

    def _read(self, mine: ListReading) -> Iterator[int]:
        """Read the list, and show it when all is read; yield how many articles were read so far.

        It ends at once where another reading was begun meanwhile, which is newer.
        """
        try:
            yield from self._read_to_the_end(mine)
        except Problem as problem:
            self._fail(mine, str(problem))
        except Exception:
            # Else it would count as being read for ever.
            self._fail(mine, UNREAD)
            raise

    def _fail(self, reading: ListReading, problem: str) -> None:
        if reading is self._reading:
            self._reading, self.problem = None, problem
            self.reset.emit(None)
            self._seeking.begin_again()

    def _read_to_the_end(self, mine: ListReading) -> Iterator[int]:
        """Read the list; first come the rows around the article in the reader, which are shown at once."""
        is_wanted = mine is self._reading
        if is_wanted and self.current and mine.early and not mine.early.rows:
            mine.look_for(self.current)
            self.reset.emit(None)
            yield 0
        bits = mine.bits()
        while mine is self._reading:
            read = next(bits, None)
            if read is None:
                break
            self._seeking.look_on()
            yield read
        queueing = self._queue_up()
        while mine is self._reading and (amid := next(queueing, None)) is not None:
            mine.was_amid |= amid
            self._seeking.look_on()
            yield len(mine.rows)
        if mine is self._reading:
            self._take(mine.rows, mine.counts, was_amid=mine.was_amid)

    def _queue_up(self) -> Iterator[bool]:
        """Find out what teaches most, if the articles come in that order; once more where that changed meanwhile.

        Yields whether it was looked at amid long work.
        """
        seen = -1
        while self._project and seen != self._queue_changes:
            seen = self._queue_changes
            for _ in self.choice.queue_up(self._project):
                yield self._project.db.conn.in_transaction

    def _queue_and_show(self, mine: object) -> Iterator[int]:
        """Find out what teaches most, and then show the articles in that order; yield how many there are."""
        try:
            queueing = self._queue_up()
            while mine is self._queueing and (amid := next(queueing, None)) is not None:
                self._was_amid |= amid
                self._seeking.look_on()
                yield len(self._all)
        except Exception:
            # Else it would count as being found out for ever.
            self._queueing = None
            raise
        if mine is self._queueing:
            self._queueing = None
            self._filter()
            self._seeking.begin_again()

    def _take(
        self, rows: dict[Id, ArticleRow], counts: Counter[Stage], *, was_amid: bool = False
    ) -> None:
        """Show what was read as a whole; nothing is being read then."""
        self._reading, self._was_amid = None, was_amid
        self._all, self.counts = rows, counts
        self._filter()
        # The list knows it at once.
        self._seeking.begin_again()

    def follow(self, project: Project, changes: Iterable[Change]) -> None:
        """Bring the rows in step with an act by what it changed, those, too, that are being read.

        Nothing is counted anew, so that an act costs the same in a long list and in an article
        with many marks; and reading goes on, so that a list comes to its end however much is done.
        """
        touched: dict[Id, list[Change]] = {}
        for change in changes:
            record = change.after or change.before
            if _is_own(record, project.annotator.id):
                touched.setdefault(record.article, []).append(change)
            if isinstance(record, Article | State | Suggestion):
                self._queue_changes += 1
        if touched:
            self._seeking.give_up()
        is_unknown = not (self._reading or self.problem or touched.keys() <= self._all.keys())
        if len(touched) >= MANY_TOUCHED or is_unknown or (touched and self.was_amid):
            # What was read amid an act may count some of it already.
            self.renew(project)
            return
        self._codebook = project.codebook
        if self._reading:
            self._reading.follow(touched)
        for article, own in touched.items():
            if before := self._all.get(article):
                row = self._all[article] = before.after(own)
                self.counts.subtract(before.stages)
                self.counts.update(row.stages)
            index = self.index_of(article)
            if index is not None:
                if not self.shows_early:
                    self.rows[index] = self._all[article]
                self.row_changed.emit(index)

    def set_filter(self, text: str) -> None:
        """Show only articles whose title or line below has every word of ``text``."""
        self.choice.filter = text
        self._choose()

    def set_stage(self, stage: Stage) -> None:
        """Show only articles that are so far; those that go on stay until the next choice."""
        self.choice.stage = stage
        self._choose()

    def set_order(self, order: Order) -> None:
        """Show the articles in another order, which “next” follows too.

        What teaches most is found out bit by bit in a long list, which stays as it is until then.
        """
        self.choice.order = order
        self._queue_changes += 1
        mine = self._queueing = object()
        if self.drive and self.choice.needs_queue and len(self._all) >= MANY and not self._reading:
            self._seeking.give_up()
            self.drive(self._queue_and_show(mine))
        else:
            self._queueing = None
            # A list that is being read finds it out at its end.
            for _ in () if self._reading and self.choice.needs_queue else self._queue_up():
                pass
            self._choose()
        self.reordered.emit(order)

    def set_seed(self, seed: str) -> None:
        """Take another seed for the order by chance."""
        self.choice.seed = seed
        if self.choice.order is Order.CHANCE:
            self._choose()

    def set_keywords(self, keywords: Mapping[Id, tuple[Keyword, ...]]) -> None:
        """Say which coloured searches each article fits."""
        if keywords or self._keywords:
            self._keywords = keywords
            self.coloured.emit(None)

    def set_current(self, article: Id | None) -> None:
        """Say which article is open in the reader."""
        self.current = article
        self._seeking.give_up()
        if article and self.shows_early and self._reading:
            self._reading.look_for(article)
        index = self.index_of(article) if article else None
        self.current_changed.emit(-1 if index is None else index)

    def index_of(self, article: Id) -> int | None:
        """Return the row of an article, or None if the filter hides it or it is not read yet."""
        if self.shows_early and self._early:
            return self._early.places.get(article)
        if self._places is None:
            self._places = {row.id: index for index, row in enumerate(self.rows)}
        return self._places.get(article)

    def neighbour(self, forward: bool) -> Id | None:
        """Return the next (or previous) article of the list as it is that is not finished, or None."""
        start = self.index_of(self.current) if self.current else None
        order = range((-1 if start is None else start) + 1, len(self.rows))
        if not forward:
            order = range((len(self.rows) if start is None else start) - 1, -1, -1)
        return next(
            (self.rows[index].id for index in order if not self.rows[index].is_finished), None
        )

    def seek(self, ways: Sequence[bool], then: Then) -> None:
        """Look for the next article that is not finished and give it to ``then``, or None if there is none.

        While the list is being read that takes bit by bit, the first bits at once. It is given up
        where something is done, or another article or choice of articles is shown meanwhile.

        Args:
            ways: where to look for the nearest one, first and then: True is forward.
        """
        self._seeking.begin(ways, then, is_driven=self.is_being_read or self.is_queueing)

    @property
    def is_seeking(self) -> bool:
        """Tell whether an open article is still being looked for."""
        return self._seeking.is_going_on

    def _nearest(self, forward: bool) -> Slices[Id | None]:
        """Look for the nearest open article one way: in the project, or in the list once that is read."""
        is_part = self._reading or self.problem
        if is_part and self.choice.is_as_given and self._project and self._codebook:
            layers = [layer.name for layer in signed_layers(self._codebook)]
            return (
                yield from reading.first_open.slices(
                    self._project, layers, self.current, forward=forward
                )
            )
        while self._reading or self._queueing:
            yield
        return self.neighbour(forward)

    @property
    def finished(self) -> int:
        """How many articles have a verdict on every layer."""
        return self.counts[Stage.FINISHED]

    @property
    def total(self) -> int:
        """How many articles the project has."""
        return len(self._all)

    def _choose(self) -> None:
        self._seeking.give_up()
        self._filter()

    def _filter(self) -> None:
        self.rows = self.choice.of(self._all.values(), self._project)
        self._places = None
        self.reset.emit(None)


def _is_own(record: Record | None, annotator: Id) -> TypeGuard[Mark | State]:
    """Tell whether a record is a mark or verdict that the annotator's list is about."""
    if isinstance(record, Mark):
        return record.view is View.ANNOTATOR and record.annotator == annotator
    return isinstance(record, State) and record.annotator == annotator
