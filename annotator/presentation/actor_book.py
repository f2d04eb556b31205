"""The actor book as it is shown: a list, mentions still open, and what one entry is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Change
from annotator.presentation.actor_acts import ActorActs
from annotator.presentation.actor_lines import EntryLines, Order, shown_groups
from annotator.presentation.chosen_marks import ChosenMarks
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    open_mentions,
    standing,
)
from annotator.services.actor_merging import Preview
from annotator.services.open_mentions import OpenMentions
from annotator.services.project import Project
from annotator.services.quotes import Quote
from annotator.services.standing import Listed, Standing

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["ActorBook", "Detail", "Listed", "OpenMentions", "Order", "Preview", "Quote"]

SMALL = 2_000
"""A project of fewer marks and entries is read at once."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry and whom it belongs to.

    Attributes:
        bonds: affiliations with the name of the other entry.
    """

    actor: Actor
    bonds: tuple[tuple[Affiliation, str], ...]


class ActorBook:
    """Follows the actor book of the open project while it is shown.

    What a large project has very much of is read piece by piece (``readings``), and then followed by
    what acts change. What is shown meanwhile stays until the new is read.

    Attributes:
        reset: other entries or open mentions are listed.
        chosen_changed: other entries are chosen, or the chosen ones changed.
        entries, groups: what the filter lets through.
        chosen: ids of the entries chosen; several can be merged.
        group: the open mentions chosen.
        acts: what can be done with what is chosen.
        chosen_marks: of one entry, of the open mentions chosen, or of the entries that a merge takes in.
        open_count: how many mentions stand for nobody yet.
        entry_order, group_order: how entries and open mentions are sorted.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.desk = desk
        self.acts = ActorActs(self)
        self.readings = Piecemeal()
        self.chosen_marks = ChosenMarks(self.readings)
        self.entries: list[Listed] = []
        self.groups: list[OpenMentions] = []
        self.chosen: tuple[Id, ...] = ()
        self.group: OpenMentions | None = None
        self.words = ""
        self.is_shown = False
        self.shows_open = False
        self.entry_order = Order(0)
        self.group_order = Order(2, falls=True)
        self._lines = EntryLines()
        self._open: list[OpenMentions] = []
        self._standing: Standing | None = None
        self._tally: open_mentions.Tally | None = None
        self._is_small = True
        self._was_amid = False
        self._moving: tuple[Id, ...] = ()
        desk.acted.connect(self._follow)
        desk.freed.connect(self._freed)
        desk.project_changed.connect(self._other_project)

    def show(self) -> None:
        """Begin to follow the project."""
        self.is_shown = True
        self.refresh()

    def hide(self) -> None:
        """Stop following."""
        self.is_shown = False
        self.readings.stop()
        self._standing = self._tally = None

    def refresh(self) -> None:
        """Read the book anew."""
        project = self.desk.project
        if not self.is_shown:
            return
        if project is None:
            self._tell()
            return
        self._was_amid = self.desk.busy
        self._is_small = standing.size(project) < SMALL
        self.readings.stop("open")
        self.readings.begin("book", self._read(project), self._take, at_once=self._is_small)

    @property
    def is_read(self) -> bool:
        """Tell whether the list that is looked at shows what is in the project."""
        read = self._tally if self.shows_open else self._standing
        return read is not None or self.desk.project is None

    @property
    def counts_are_known(self) -> bool:
        """Tell whether the entries and the open mentions are counted."""
        return self._standing is not None or self.desk.project is None

    @property
    def open_count(self) -> int:
        """How many mentions stand for nobody yet."""
        return self._standing.open if self._standing else 0

    def _read(self, project: Project) -> Slices[tuple[Standing, EntryLines]]:
        found = yield from standing.read.slices(project)
        lines = yield from EntryLines.made(found.lines(), dict(self.types))
        return found, lines

    def _take(self, found: tuple[Standing, EntryLines]) -> None:
        self._standing, self._lines = found
        self._tell()
        self._read_open()
        self._find_marks(anew=True)
        self.chosen_changed.emit(None)

    def _read_open(self) -> None:
        project = self.desk.project
        if project and self.shows_open:
            self._was_amid = self._was_amid or self.desk.busy
            tally = open_mentions.tally.slices(project)
            self.readings.begin("open", tally, self._take_open, at_once=self._is_small)
        else:
            self.readings.stop("open")
            self._tally = None

    def _take_open(self, tally: open_mentions.Tally) -> None:
        self._tally = tally
        self._open = tally.largest()
        self._tell()
        self._find_marks()
        # What is chosen may be of another number now, or gone.
        self.chosen_changed.emit(None)

    def _freed(self, _: None) -> None:
        """Read once more what was read amid long work: that is taken back where it is cancelled or only tried."""
        if self._was_amid:
            self._was_amid = False
            self.refresh()

    def _follow(self, changes: Sequence[Change]) -> None:
        """Bring the lists in step with an act by what it changed."""
        if not self.is_shown or self._was_amid:
            return
        if not changes or self._standing is None or self.readings.reads("book"):
            self.refresh()
            return
        touched = self._standing.follow(changes)
        labels = dict(self.types) if touched else {}
        for id in touched:
            self._lines.put(id, self._standing.line(id), labels)
        if self.readings.reads("open"):
            self._read_open()
        elif self._tally and self._tally.follow(changes):
            self._open = self._tally.largest()
        self._tell()
        self._find_marks(anew=self.chosen_marks.are_touched(changes))
        self.chosen_changed.emit(None)

    def _tell(self) -> None:
        kept = tuple(id for id in self.chosen if id in self._lines)
        if kept != self.chosen:
            self.chosen, self._moving = kept, ()
        self._filter()

    def set_filter(self, words: str) -> None:
        """List only entries and mentions with these words in a name or alias."""
        self.words = words
        self._filter()

    def sort_entries(self, order: Order) -> None:
        """List the entries in another order."""
        if order != self.entry_order:
            self.entry_order = order
            self._filter()

    def sort_groups(self, order: Order) -> None:
        """List the open mentions in another order."""
        if order != self.group_order:
            self.group_order = order
            self._filter()

    def show_open(self, *, shown: bool) -> None:
        """Say whether the open mentions are looked at; they are looked up only then."""
        if shown != self.shows_open:
            self.shows_open = shown
            if self._standing and not (self._tally or self.readings.reads("open")):
                self._read_open()
                self._tell()

    def choose(self, ids: Sequence[Id]) -> None:
        """Say which entries are chosen."""
        self.chosen, self.group, self._moving = tuple(ids), None, ()
        self._find_marks()
        self.chosen_changed.emit(None)

    def choose_group(self, group: OpenMentions | None) -> None:
        """Say which open mentions are chosen."""
        self.chosen, self.group, self._moving = (), group, ()
        self._find_marks()
        self.chosen_changed.emit(None)

    @property
    def types(self) -> list[tuple[str, str]]:
        """Name and label of the types an entry may have."""
        project = self.desk.project
        codes = actor_entries.types(project) if project else ()
        return [(code.name, code.label or code.name) for code in codes]

    @property
    def names(self) -> set[str]:
        """What fields offer to complete a name: of every entry, once the book is read."""
        lines = self._standing.lines() if self._standing else ()
        return {item.actor.name for item in lines}

    def named(self, name: str) -> Id | None:
        """Return the entry of exactly that name, also while the book is read; of namesakes the most used."""
        project = self.desk.project
        found = actor_book.called(project, " ".join(name.split())) if project else None
        return found.id if found else None

    def rows_of(self, ids: Sequence[Id]) -> list[int]:
        """Return where entries stand in the list, as far as the filter lets them through."""
        wanted = set(ids)
        return (
            [row for row, item in enumerate(self.entries) if item.actor.id in wanted]
            if wanted
            else []
        )

    def detail(self) -> Detail | None:
        """Return what is known about the one entry chosen."""
        project = self.desk.project
        if project is None or len(self.chosen) != 1:
            return None
        try:
            actor = actor_book.entry(project, self.chosen[0])
            bonds = tuple(
                (bond, actor_book.entry(project, bond.to).name) for bond in actor.affiliations
            )
        except Problem:
            return None
        return Detail(actor, bonds)

    def preview(self, into: Id) -> Preview | None:
        """Return what merging the other chosen entries into one would do."""
        project, others = self.desk.project, self.chosen_but(into)
        if project is None or not others:
            return None
        try:
            return actor_merging.preview(project, into, others)
        except Problem:
            return None

    def find_moving(self, into: Id) -> None:
        """Find the marks that merging the other chosen entries into one would move: ``chosen_marks``."""
        self._moving = self.chosen_but(into)
        self._find_marks()

    def chosen_but(self, one: Id) -> tuple[Id, ...]:
        """Return the chosen entries without one of them."""
        return tuple(id for id in self.chosen if id != one)

    def most_used(self) -> Id | None:
        """Return the chosen entry with the most marks, the one a merge would keep."""
        counts = {id: line.mentions for id in self.chosen if (line := self._lines.get(id))}
        return max(self.chosen, key=lambda id: counts.get(id, 0), default=None)

    @property
    def gold_of_chosen(self) -> int:
        """How many of the marks of the one entry chosen are gold, copies of what annotators marked."""
        line = self._lines.get(self.chosen[0]) if len(self.chosen) == 1 else None
        return line.gold if line else 0

    def _find_marks(self, *, anew: bool = False) -> None:
        project = self.desk.project
        if project and self.group:
            self.chosen_marks.of_group(project, self.group, at_once=self._is_small, anew=anew)
        else:
            alone = self.chosen if len(self.chosen) == 1 else ()
            self.chosen_marks.of_entries(project, self._moving or alone, anew=anew)

    def _other_project(self, _: None) -> None:
        self.readings.stop()
        self._standing = self._tally = None
        self._lines, self._open = EntryLines(), []
        self.choose([])
        self._tell()
        self.refresh()

    def _filter(self) -> None:
        self.entries = self._lines.shown(self.words, self.entry_order)
        self.groups = shown_groups(self._open, self.words, self.group_order, dict(self.types))
        if self.group is not None:
            alike = self.group.alike
            self.group = next((group for group in self._open if group.alike == alike), None)
        self.reset.emit(None)
