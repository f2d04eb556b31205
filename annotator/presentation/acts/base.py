"""What every act at the desk needs: the open project, what shows it, and the one road an act takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from annotator.domain import actor, adjudication
from annotator.domain.article import Annotator, Article
from annotator.domain.codebook import CodebookVersion
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.domain.slices import Slices, whole, with_progress
from annotator.domain.step import Change, Outcome
from annotator.presentation import finishing
from annotator.presentation.choosing import Choosing
from annotator.presentation.commands import Command, codebook_commands, general_commands
from annotator.presentation.commands.keymap import OwnKeys, with_keys
from annotator.presentation.finding import Finder
from annotator.presentation.library import Library
from annotator.presentation.messages import Messages
from annotator.presentation.port import Window
from annotator.presentation.reader import Reader
from annotator.presentation.rescue import Rescue
from annotator.presentation.signal import Signal
from annotator.presentation.used_values import UsedValues
from annotator.services import reading
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.domain.step import Record
    from annotator.presentation.incoming import Incoming

T = TypeVar("T")

LONG_ACT = 250
"""Acts on so many records are done slice by slice, so that the window does not stop."""

SLOW_ACT = 30
"""The same of acts that take a thousandth of a second or more for each record."""

BUSY = "An import or another long act is running: wait for it, or cancel it below."


class Acting:
    """An open project with its list, its open article and its messages.

    Attributes:
        focus: asks the window to show or focus a part of itself, by name.
        zoom: asks the window for larger (+) or smaller (−) text, in percent; 0 is normal.
        project_changed: another project was opened, or none is open now.
        acted: what an act changed, or nothing where everything is to be read anew; then ``saved``,
            with the time.
        freed: long work ended, whatever came of it: what was read amid it may never have been so.
        risking: an act begins that touches very much; its name, in lower case.
        commands_changed: the codebook brought other commands, or keys were changed.
        chooser: asks the window to let the user choose one of a few things beside the caret.
        again: does the last act once more, on what is current then.
        used_values: what marks have in lists without codes, to be offered.
    """

    def __init__(self, window: Window, annotator: str | None = None) -> None:
        self.window = window
        self.annotator_name = annotator
        self.project: Project | None = None
        self.library = Library()
        self.reader = Reader()
        self.finder = Finder(self.reader.page)
        self.messages = Messages()
        self.focus: Signal[str] = Signal()
        self.zoom: Signal[int] = Signal()
        self.project_changed: Signal[None] = Signal()
        self.commands_changed: Signal[None] = Signal()
        self.acted: Signal[Sequence[Change]] = Signal()
        self.freed: Signal[None] = Signal()
        self.saved: Signal[str] = Signal()
        self.resting: Signal[Project] = Signal()
        self.closing: Signal[Project] = Signal()
        self.risking: Signal[str] = Signal()
        self._rescue = Rescue(window, self.messages)
        self.chooser: Signal[Choosing] = Signal()
        self.commands: tuple[Command, ...] = general_commands()
        self._own_keys: OwnKeys = {}
        self._keys: dict[str, str] = {}
        self._busy = False
        self.again: Callable[[], None] | None = None
        self.freed.connect(self._forget_what_was_amid)
        self.used_values = UsedValues(self)

    @property
    def busy(self) -> bool:
        """Whether long work goes on that may write: no act is possible meanwhile, reading is."""
        return self._busy

    @busy.setter
    def busy(self, yes: bool) -> None:
        was_busy, self._busy = self._busy, yes
        if was_busy and not yes:
            self.freed.emit(None)

    @cached_property
    def incoming(self) -> Incoming:
        """What files would bring into the project, before they are imported."""
        from annotator.presentation.incoming import Incoming

        return Incoming(self)

    def open_article(self, article: Id) -> None:
        """Open an article in the reader."""
        if self.project and (self.reader.article is None or self.reader.article.id != article):
            project = self.project
            self._try(lambda: self.reader.show(project, article))
            if project.db.conn.in_transaction:
                # What an act that goes on has left of its marks is not there for long.
                self.reader.read_rest()
            self.library.set_current(article)

    def key_of(self, command: str) -> str:
        """Return the key that is shown beside a command, or nothing."""
        return self._keys.get(command, "")

    def set_own_keys(self, own: OwnKeys) -> None:
        """Let the user's own keys take the place of those in the table."""
        self._own_keys = dict(own)
        self._take_commands(
            (*codebook_commands(self.project.codebook), *general_commands())
            if self.project
            else general_commands()
        )

    def act(self, work: Callable[[Project], Outcome]) -> Outcome | None:
        """Run an act on the open project, show what it changed, and say its name."""
        return self._act(work)

    def refresh(self) -> None:
        """Read everything anew, after an act that touched more than can be told one by one."""
        if self.project:
            self._read_anew(self.project)
            self._say_saved(self.project)

    def _read_anew(self, project: Project) -> None:
        project.refresh_codebook()
        self.library.renew(project)
        article = self.reader.article
        if article and self._is_listed(article.id):
            self.reader.show(project, article.id)
        elif first := self._first_listed():
            self.open_article(first)
        else:
            self.reader.clear()

    def _forget_what_was_amid(self, _: None) -> None:
        """Show anew what was shown amid long work, which may have been taken back or only tried."""
        project, article = self.project, self.reader.article
        if project is None:
            return
        if article and not reading.has_article(project, article.id):
            self._read_anew(project)
        elif self.library.was_amid:
            self.library.renew(project)

    def _say_saved(self, project: Project, changes: Sequence[Change] = ()) -> None:
        self.acted.emit(changes)
        self.saved.emit(project.file.clock())

    def _is_listed(self, article: Id) -> bool:
        """Tell whether an article is in the list, as the filter has it; all are while it is being read."""
        if self.project and self.library.is_being_read:
            return reading.has_article(self.project, article)
        return self.library.index_of(article) is not None

    def _first_listed(self) -> Id | None:
        """Return the first article of the list, or of the project while the list is being read."""
        if self.project and self.library.is_being_read:
            return reading.first_article(self.project)
        return self.library.rows[0].id if self.library.rows else None

    @property
    def _open(self) -> Project:
        if self.project is None:
            raise Refused("No project is open: open one first.")
        return self.project

    def _act(self, work: Callable[[Project], Outcome], saying: str = "{}") -> Outcome | None:
        project = self.project
        if project is None:
            return None
        if self.busy:
            self.messages.problem(BUSY)
            return None
        # Before it changes what the page has read only in part.
        self.reader.read_rest()
        outcome = self._try(lambda: work(project))
        if outcome is not None:
            self._tell(project, outcome, saying)
        return outcome

    def _tell(self, project: Project, outcome: Outcome, saying: str) -> None:
        """Show what an act changed, if it changed anything, and say its name."""
        if outcome.step is not None:
            is_all_anew = self._show(project, outcome)
            said = saying.format(outcome.step.name)
            open_still = finishing.left_open(self, project, outcome)
            self.messages.done(
                f"{said}. {open_still}" if open_still else said, undoable=saying == "{}"
            )
            self._say_saved(project, () if is_all_anew else outcome.changes)

    def act_on(
        self,
        count: int,
        title: str,
        work: Callable[[Project], Slices[Outcome]],
        then: Callable[[Outcome | None], None] = lambda _: None,
        *,
        is_slow: bool = False,
    ) -> None:
        """Run an act on so many records: at once where they are few, slice by slice where they are many.

        Args:
            then: as of ``act_in_slices``.
            is_slow: whether each record takes a thousandth of a second or more.
        """
        if count >= (SLOW_ACT if is_slow else LONG_ACT):
            self.act_in_slices(title, work, then)
        else:
            then(self.act(lambda project: whole(work(project))))

    def act_in_slices(
        self,
        title: str,
        work: Callable[[Project], Slices[Outcome]],
        then: Callable[[Outcome | None], None] = lambda _: None,
        saying: str = "{}",
    ) -> None:
        """Run a long act slice by slice; no other act is possible meanwhile, reading is.

        Who cancels it finds everything as it was.

        Args:
            then: is given the outcome when all is done, or None where nothing came of it.
        """
        project = self.project
        if project is None:
            return
        if self.busy:
            self.messages.problem(BUSY)
            then(None)
            return
        ended: list[Outcome] = []

        def slices() -> Iterator[tuple[int, int, str]]:
            ended.append((yield from with_progress(work(project))))

        def done(error: BaseException | None) -> None:
            is_done = error is None and self.project is project
            try:
                if is_done:
                    self._tell(project, ended[0], saying)
            finally:
                self.busy = False
            if not is_done and self.project is project:
                # Lists may have looked at what was half done.
                self.refresh()
            then(ended[0] if is_done else None)

        self.busy = True
        if not self.window.run_slices(title, slices(), done):
            self.busy = False
            then(None)

    def _show(self, project: Project, outcome: Outcome) -> bool:
        """Refresh exactly what an outcome touched, and tell whether that was everything; gold is not on the page."""
        where = outcome.step.article if outcome.step else None
        records = [change.after or change.before for change in outcome.changes]
        if records and all(map(_is_gold, records)):
            return False
        wide = not outcome.changes or any(map(_is_wide, outcome.changes))
        if wide:
            self._rebuild_commands(project)
            self._read_anew(project)
            if where and not outcome.changes and self._is_listed(where):
                self.open_article(where)
            return True
        if where and (self.reader.article is None or self.reader.article.id != where):
            self.open_article(where)
        else:
            self.reader.apply(outcome)
        self.library.follow(project, outcome.changes)
        if any(isinstance(record, actor.Actor) for record in records):
            self.reader.changed.emit(None)
        return False

    def _rebuild_commands(self, project: Project) -> None:
        self._take_commands((*codebook_commands(project.codebook), *general_commands()))

    def _take_commands(self, table: tuple[Command, ...]) -> None:
        self.commands = with_keys(table, self._own_keys)
        self._keys = {command.id: command.key for command in self.commands}
        self.commands_changed.emit(None)

    def _make_current(self, outcome: Outcome | None) -> None:
        for change in outcome.changes if outcome else ():
            if isinstance(change.after, Mark):
                self.reader.select_mark(change.after.id)
                return

    def _try(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except Problem as problem:
            self.messages.problem(str(problem))
            return None


def _is_wide(change: Change) -> bool:
    """Tell whether more has to be read anew than the article it is about: a note changes no list."""
    before, after = change.before, change.after
    if isinstance(before, Article) and isinstance(after, Article):
        return replace(before, note="") != replace(after, note="")
    return isinstance(after or before, Article | CodebookVersion)


def _is_gold(record: Record | None) -> bool:
    """Tell whether a record belongs to the adjudicated view alone."""
    if isinstance(record, Mark | Link):
        return record.view is View.GOLD
    return isinstance(record, adjudication.Adjudication | Annotator)
