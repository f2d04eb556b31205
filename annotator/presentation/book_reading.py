"""Reading the actor book of a project, a large one piece by piece, and following what is done there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.slices import Slices
from annotator.domain.step import Change
from annotator.presentation.actor_lines import EntryLines, Labels
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import actor_entries, open_mentions, standing
from annotator.services.open_mentions import OpenMentions, Tally
from annotator.services.project import Project
from annotator.services.standing import Standing

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

SMALL = 2_000
"""A project of fewer marks and entries is read at once."""

BOOK, OPEN = "book", "open"
"""The readings of the entries, and of the mentions that stand for nobody yet."""


class BookReading:
    """Keeps entries and open mentions in step with the open project while they are looked at.

    What is known stays until something newer is read as a whole.

    Attributes:
        read: something was read as a whole; True for the entries, False for the open mentions alone.
        followed: an act went on, which changed this; the lists are in step with it, as far as they
            are read.
        readings: what is read piece by piece.
        lines: the entries.
        open: the open mentions, those of the same words together; the most frequent only.
        is_small: whether all is read at once.
    """

    def __init__(self, desk: Desk) -> None:
        self.read: Signal[bool] = Signal()
        self.followed: Signal[Sequence[Change]] = Signal()
        self.readings = Piecemeal()
        self.lines = EntryLines()
        self.open: list[OpenMentions] = []
        self.is_small = True
        self._desk = desk
        self._is_wanted = False
        self._wants_open = False
        self._standing: Standing | None = None
        self._tally: Tally | None = None
        self._was_amid = False
        desk.acted.connect(self._follow)
        desk.freed.connect(self._freed)

    def begin(self) -> None:
        """Read the book of the open project, and follow it from then on."""
        self._is_wanted = True
        self._read_anew()

    def end(self) -> None:
        """Read no further, and follow no longer."""
        self._is_wanted = False
        self._give_up()

    def turn(self) -> None:
        """Know nothing of what was read: another project is open, or none."""
        self._give_up()
        self.lines, self.open = EntryLines(), []
        if self._is_wanted:
            self._read_anew()

    def want_open(self, *, wanted: bool) -> bool:
        """Say whether the open mentions are looked at, which are read only then; tell whether that begins now."""
        self._wants_open = wanted
        is_coming = self.readings.reads(BOOK) or self.readings.reads(OPEN)
        begins = self._standing is not None and self._tally is None and not is_coming
        if begins:
            self._read_open()
        return begins

    @property
    def has_entries(self) -> bool:
        """Whether the entries and the number of open mentions are known."""
        return self._standing is not None or self._desk.project is None

    @property
    def has_open(self) -> bool:
        """Whether the open mentions are known."""
        return self._tally is not None or self._desk.project is None

    @property
    def is_in_step(self) -> bool:
        """Whether every entry there is stands in the lines."""
        return self.has_entries and not self.readings.reads(BOOK)

    @property
    def open_count(self) -> int:
        """How many mentions stand for nobody yet; 0 while that is not known."""
        return self._standing.open if self._standing else 0

    @property
    def names(self) -> set[str]:
        """The names of all entries, once they are read."""
        lines = self._standing.lines() if self._standing else ()
        return {item.actor.name for item in lines}

    @property
    def types(self) -> list[tuple[str, str]]:
        """Name and label of the types an entry may have."""
        project = self._desk.project
        codes = actor_entries.types(project) if project else ()
        return [(code.name, code.label or code.name) for code in codes]

    @property
    def labels(self) -> Labels:
        """What the types are called, by name."""
        return dict(self.types)

    def _give_up(self) -> None:
        self.readings.stop()
        self._standing = self._tally = None

    def _read_anew(self) -> None:
        project = self._desk.project
        if project is None:
            self.read.emit(False)
            return
        self._was_amid = self._desk.busy
        self.is_small = standing.size(project) < SMALL
        if not self.readings.is_halted(OPEN):
            self.readings.stop(OPEN)
        self.readings.begin(BOOK, self._read(project), self._take, at_once=self.is_small)

    def _read(self, project: Project) -> Slices[tuple[Standing, EntryLines]]:
        found = yield from standing.read.slices(project)
        lines = yield from EntryLines.made(found.lines(), self.labels)
        return found, lines

    def _take(self, found: tuple[Standing, EntryLines]) -> None:
        self._standing, self.lines = found
        self._read_open()
        self.read.emit(True)

    def _read_open(self) -> None:
        project = self._desk.project
        if project and self._wants_open:
            self._was_amid = self._was_amid or self._desk.busy
            tally = open_mentions.tally.slices(project)
            self.readings.begin(OPEN, tally, self._take_open, at_once=self.is_small)
        else:
            self.readings.stop(OPEN)
            self._tally = None

    def _take_open(self, tally: Tally) -> None:
        self._tally = tally
        self.open = tally.largest()
        self.read.emit(False)

    def _freed(self, _: None) -> None:
        """Read once more what was read amid long work: that is taken back where it is cancelled or only tried."""
        if self._was_amid:
            self._was_amid = False
            self._follow(())

    def _follow(self, changes: Sequence[Change]) -> None:
        """Bring the lists in step with an act by what it changed."""
        if not self._is_wanted or self._was_amid:
            return
        if not changes or self._standing is None or self.readings.reads(BOOK):
            self._read_anew()
            if not self.readings.is_halted(BOOK):
                return
            # What is looked at beside the entries does not wait for them.
            if not changes:
                self._tally = None
        else:
            touched = self._standing.follow(changes)
            labels = self.labels if touched else {}
            for id in touched:
                self.lines.put(id, self._standing.line(id), labels)
        if self.readings.reads(OPEN):
            self._read_open()
        elif self._tally and self._tally.follow(changes):
            self.open = self._tally.largest()
        self.followed.emit(changes)
