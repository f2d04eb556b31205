"""The actor book as it is shown: a list, mentions still open, and what one entry is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.step import Change
from annotator.presentation.actor_acts import ActorActs
from annotator.presentation.actor_lines import Order, shown_groups
from annotator.presentation.book_reading import BookReading
from annotator.presentation.chosen_marks import ChosenMarks
from annotator.presentation.signal import Signal
from annotator.services import actor_book, actor_merging
from annotator.services.actor_merging import Preview
from annotator.services.open_mentions import OpenMentions
from annotator.services.quotes import Quote
from annotator.services.standing import Listed

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["ActorBook", "Detail", "Listed", "OpenMentions", "Order", "Preview", "Quote"]


MOST_MERGED = 500
"""So many entries are merged at once; who chose more hardly meant to."""


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
        reading: keeps the lists in step with the project.
        readings: what is read piece by piece, for the lists and for what is chosen.
        entries, groups: what the filter lets through.
        chosen: ids of the entries chosen; several can be merged.
        group: the open mentions chosen.
        acts: what can be done with what is chosen.
        chosen_marks: of one entry, of the open mentions chosen, or of the entries that a merge takes in.
        entry_order, group_order: how entries and open mentions are sorted.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.desk = desk
        self.acts = ActorActs(self)
        self.reading = BookReading(desk)
        self.readings = self.reading.readings
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
        self._moving: tuple[Id, ...] = ()
        self.reading.read.connect(self._take)
        self.reading.followed.connect(self._follow)
        desk.project_changed.connect(self._other_project)

    def show(self) -> None:
        """Begin to follow the project."""
        self.is_shown = True
        self.reading.begin()

    def hide(self) -> None:
        """Stop following."""
        self.is_shown = False
        self.reading.end()

    @property
    def is_read(self) -> bool:
        """Tell whether the list that is looked at shows what is in the project."""
        return self.reading.has_open if self.shows_open else self.reading.has_entries

    @property
    def counts_are_known(self) -> bool:
        """Tell whether the entries and the open mentions are counted."""
        return self.reading.has_entries

    @property
    def open_count(self) -> int:
        """How many mentions stand for nobody yet."""
        return self.reading.open_count

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
            if self.reading.want_open(wanted=shown):
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
        return self.reading.types

    @property
    def names(self) -> set[str]:
        """What fields offer to complete a name: of every entry, once the book is read."""
        return self.reading.names

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
        return None if actor.retired else Detail(actor, bonds)

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

    @property
    def are_too_many(self) -> bool:
        """Whether more entries are chosen than anybody merges at once."""
        return len(self.chosen) > MOST_MERGED

    def most_used(self) -> Id | None:
        """Return the chosen entry with the most marks, the one a merge would keep."""
        counts = {id: line.mentions for id in self.chosen if (line := self.reading.lines.get(id))}
        return max(self.chosen, key=lambda id: counts.get(id, 0), default=None)

    @property
    def gold_of_chosen(self) -> int:
        """How many of the marks of the one entry chosen are gold, copies of what annotators marked."""
        line = self.reading.lines.get(self.chosen[0]) if len(self.chosen) == 1 else None
        return line.gold if line else 0

    def _find_marks(self, *, anew: bool = False) -> None:
        project = self.desk.project
        if project and self.group:
            self.chosen_marks.of_group(
                project, self.group, at_once=self.reading.is_small, anew=anew
            )
        else:
            alone = self.chosen if len(self.chosen) == 1 else ()
            self.chosen_marks.of_entries(project, self._moving or alone, anew=anew)

    def _take(self, all_anew: bool) -> None:
        self._tell()
        self._find_marks(anew=all_anew)
        # What is chosen may be of another number now, or gone.
        self.chosen_changed.emit(None)

    def _follow(self, changes: Sequence[Change]) -> None:
        self._tell()
        self._find_marks(anew=not changes or self.chosen_marks.are_touched(changes))
        self.chosen_changed.emit(None)

    def _other_project(self, _: None) -> None:
        self.readings.stop()
        self.choose([])
        self.reading.turn()
        self._tell()

    def _tell(self) -> None:
        if self.reading.is_in_step:
            kept = tuple(id for id in self.chosen if id in self.reading.lines)
            if kept != self.chosen:
                self.chosen, self._moving = kept, ()
        self._filter()

    def _filter(self) -> None:
        self.entries = self.reading.lines.shown(self.words, self.entry_order)
        found = self.reading.open
        self.groups = shown_groups(found, self.words, self.group_order, self.reading.labels)
        if self.group is not None:
            alike = self.group.alike
            self.group = next((group for group in found if group.alike == alike), None)
        self.reset.emit(None)
