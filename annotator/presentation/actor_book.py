"""The actor book as it is shown: a list, mentions still open, and what one entry is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Change, Outcome
from annotator.presentation import leaving
from annotator.presentation.actor_lines import EntryLines, Order, shown_groups
from annotator.presentation.chosen_marks import ChosenMarks
from annotator.presentation.jumping import jump
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.shortening import in_quotes
from annotator.presentation.signal import Signal
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    open_mentions,
    quotes,
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

LOOKED = 50
"""Looking at so many mentions takes about as long as changing one."""


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
        chosen_marks: of one entry, of the open mentions chosen, or of the entries that a merge takes in.
        open_count: how many mentions stand for nobody yet.
        entry_order, group_order: how entries and open mentions are sorted.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.desk = desk
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
        if project is None:
            return []
        kind = project.codebook.layer("actor").attribute("type")
        names = actor_entries.types(project)
        codes = {code.name: code.label or code.name for code in kind.codes} if kind else {}
        return [(name, codes.get(name, name)) for name in names]

    @property
    def names(self) -> dict[str, Id]:
        """Every entry by its name, for fields that complete; of namesakes the one with more marks."""
        lines = self._standing.lines() if self._standing else []
        ordered = sorted(lines, key=lambda item: item.mentions)
        return {item.actor.name: item.actor.id for item in ordered}

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
        """Return what merging the other chosen entries into one would do; the marks that move are found."""
        project = self.desk.project
        others = [id for id in self.chosen if id != into]
        if project is None or not others:
            return None
        try:
            found = actor_merging.preview(project, into, others)
        except Problem:
            return None
        self._moving = tuple(others)
        self._find_marks()
        return found

    def most_used(self) -> Id | None:
        """Return the chosen entry with the most marks, the one a merge would keep."""
        counts = {id: line.mentions for id in self.chosen if (line := self._lines.get(id))}
        return max(self.chosen, key=lambda id: counts.get(id, 0), default=None)

    def _find_marks(self, *, anew: bool = False) -> None:
        project = self.desk.project
        if project and self.group:
            self.chosen_marks.of_group(project, self.group, at_once=self._is_small, anew=anew)
        else:
            alone = self.chosen if len(self.chosen) == 1 else ()
            self.chosen_marks.of_entries(project, self._moving or alone, anew=anew)

    # Acts

    def create(self, name: str) -> None:
        """Make an entry and choose it."""
        self._made(self.desk.act(lambda project: actor_entries.create(project, name)))

    def rename(self, name: str) -> None:
        """Give the entry chosen another name."""
        self._of_chosen(lambda project, id: actor_entries.rename(project, id, name))

    def set_type(self, type: str | None) -> None:
        """Say what kind of actor the entry chosen is."""
        self._of_chosen(lambda project, id: actor_entries.set_type(project, id, type))

    def keep_new(self, name: str) -> bool:
        """Make an entry of a name that was left in its field; who is chosen stays so."""
        return leaving.keep(self.desk, name, lambda project: actor_entries.create(project, name))

    def add_alias(self, actor: Id, alias: str) -> bool:
        """Give an entry, chosen or not, one more name; tell whether it was given."""

        def work(project: Project) -> Outcome:
            old = actor_book.entry(project, actor)
            return actor_entries.set_aliases(project, actor, [*old.aliases, alias])

        return leaving.keep(self.desk, alias, work)

    def remove_alias(self, actor: Id, alias: str) -> None:
        """Take a name off an entry."""

        def work(project: Project) -> Outcome:
            kept = [name for name in actor_book.entry(project, actor).aliases if name != alias]
            return actor_entries.set_aliases(project, actor, kept)

        self.desk.act(work)

    def add_bond(self, actor: Id, name: str) -> bool:
        """Say that an entry, chosen or not, belongs to the one of that name; tell whether it was taken."""

        def work(project: Project) -> Outcome:
            other = self.names.get(" ".join(name.split()))
            if other is None:
                raise Refused(
                    f"The actor book has no {in_quotes(name)}: choose one of the names offered."
                )
            old = actor_book.entry(project, actor)
            bonds = [*old.affiliations, Affiliation(other)]
            return actor_entries.set_affiliations(project, actor, bonds)

        return leaving.keep(self.desk, name, work)

    def set_external_id(self, external_id: str) -> None:
        """Give the entry chosen its id in a catalogue."""
        self._of_chosen(lambda project, id: actor_entries.set_external_id(project, id, external_id))

    def set_note_of(self, actor: Id, note: str) -> None:
        """Write a note on an entry."""
        self.desk.act(lambda project: actor_entries.set_note(project, actor, note))

    def set_bonds(self, bonds: Sequence[Affiliation]) -> None:
        """Say whom the entry chosen belongs to."""
        self._of_chosen(lambda project, id: actor_entries.set_affiliations(project, id, bonds))

    def retire(self) -> None:
        """Take the entry chosen out of the book."""
        self._of_chosen(actor_entries.retire)

    def merge(self, into: Id) -> None:
        """Merge the chosen entries into one of them, and choose that."""
        others = [id for id in self.chosen if id != into]
        self.desk.act_on(
            self._count(others),
            "Merging actors",
            lambda project: actor_merging.merge.slices(project, into, others),
            lambda outcome: self.choose([into]) if outcome else None,
        )

    def split(self, places: Sequence[int], name: str) -> None:
        """Give some of the marks listed of the entry chosen to a new one of that name, and choose that."""
        if len(self.chosen) != 1:
            return
        id, rows, moved = self.chosen[0], self.chosen_marks.marks.rows(places), list[Id]()

        def work(project: Project) -> Slices[Outcome]:
            moved.extend((yield from quotes.ids.slices(project, rows)))
            outcome = yield from actor_merging.split.slices(project, id, moved, name)
            return outcome

        def then(outcome: Outcome | None) -> None:
            # An outcome of many records does not tell which they are.
            if outcome and (new := self._entry_of(moved[0])):
                self.choose([new])

        self.desk.act_on(len(rows), "Splitting off", work, then)

    def tie_group(self, actor: Id) -> None:
        """Say that the chosen open mentions stand for an entry."""
        self._act_on_group(
            "Tying mentions",
            lambda project, ids: actor_book.assign_all.slices(project, ids, actor),
        )

    def make_from_group(self) -> None:
        """Make an entry from the chosen open mentions."""
        self._act_on_group("Making an actor", actor_book.assign_all_new.slices)

    def _act_on_group(
        self, title: str, act: Callable[[Project, Sequence[Id]], Slices[Outcome]]
    ) -> None:
        group = self.group
        if group is None:
            return

        def work(project: Project) -> Slices[Outcome]:
            ids = yield from open_mentions.marks_of.slices(project, group)
            outcome = yield from act(project, ids)
            return outcome

        # Its mentions are found by looking through all open ones.
        self.desk.act_on(max(group.count, self.open_count // LOOKED), title, work)

    def _entry_of(self, mark: Id) -> Id | None:
        project = self.desk.project
        return actor_book.entry_of(project, mark) if project else None

    def _count(self, entries: Sequence[Id]) -> int:
        project = self.desk.project
        return actor_merging.count_marks(project, entries) if project else 0

    def jump(self, quote: Quote) -> None:
        """Go to a mark in its article."""
        jump(self.desk, quote.article, quote.mark, (quote.start, quote.end))

    def _of_chosen(self, work: Callable[[Project, Id], Outcome]) -> None:
        if len(self.chosen) == 1:
            id = self.chosen[0]
            if self.desk.act(lambda project: work(project, id)) is None:
                # Refused: the fields show again what holds.
                self.chosen_changed.emit(None)

    def _made(self, outcome: Outcome | None) -> None:
        new = [
            change.after
            for change in (outcome.changes if outcome else ())
            if isinstance(change.after, Actor) and change.before is None
        ]
        if new:
            self.choose([new[0].id])

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
