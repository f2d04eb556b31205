"""The actor book as it is shown: a list, mentions still open, and what one entry is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Outcome
from annotator.presentation import leaving
from annotator.presentation.jumping import jump
from annotator.presentation.shortening import in_quotes
from annotator.presentation.signal import Signal
from annotator.services import actor_book, actor_entries, actor_merging
from annotator.services.actor_book import OpenMentions
from annotator.services.actor_entries import Listed, Quote
from annotator.services.actor_merging import Preview
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["ActorBook", "Detail", "Listed", "OpenMentions", "Order", "Preview", "Quote"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted.

    Attributes:
        column: 0 for names or words, 1 for types, 2 for counts.
        falls: whether the last or the most come first.
    """

    column: int
    falls: bool = False


LOOKED = 50
"""Looking at so many mentions takes about as long as changing one."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry with everything that points to it.

    Attributes:
        bonds: affiliations with the name of the other entry.
    """

    actor: Actor
    bonds: tuple[tuple[Affiliation, str], ...]
    marks: tuple[Quote, ...]
    claims: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The entry that open mentions most likely stand for, and why."""

    actor: Id
    name: str
    reason: str


class ActorBook:
    """Follows the actor book of the open project while it is shown.

    Attributes:
        reset: other entries or open mentions are listed.
        chosen_changed: other entries are chosen, or the chosen ones changed.
        entries, groups: what the filter lets through.
        chosen: ids of the entries chosen; several can be merged.
        group: the open mentions chosen.
        open_count: how many mentions stand for nobody yet.
        entry_order, group_order: how entries and open mentions are sorted.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.desk = desk
        self.entries: list[Listed] = []
        self.groups: list[OpenMentions] = []
        self.chosen: tuple[Id, ...] = ()
        self.group: OpenMentions | None = None
        self.words = ""
        self.is_shown = False
        self.shows_open = False
        self.open_count = 0
        self.entry_order = Order(0)
        self.group_order = Order(2, falls=True)
        self._all: list[Listed] = []
        self._open: list[OpenMentions] = []
        desk.saved.connect(lambda _: self.refresh())
        desk.project_changed.connect(self._other_project)

    def show(self) -> None:
        """Begin to follow the project."""
        self.is_shown = True
        self.refresh()

    def hide(self) -> None:
        """Stop following."""
        self.is_shown = False

    def refresh(self) -> None:
        """Read the book anew."""
        project = self.desk.project
        if not self.is_shown:
            return
        self._all = actor_entries.list_entries(project) if project else []
        self.open_count = actor_book.count_open(project) if project else 0
        self._open = actor_book.open_mentions(project) if project and self.shows_open else []
        there = {item.actor.id for item in self._all}
        self.chosen = tuple(id for id in self.chosen if id in there)
        self._filter()
        self.chosen_changed.emit(None)

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
            self.refresh()

    def choose(self, ids: Sequence[Id]) -> None:
        """Say which entries are chosen."""
        self.chosen, self.group = tuple(ids), None
        self.chosen_changed.emit(None)

    def choose_group(self, group: OpenMentions | None) -> None:
        """Say which open mentions are chosen."""
        self.chosen, self.group = (), group
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
        ordered = sorted(self._all, key=lambda item: item.mentions)
        return {item.actor.name: item.actor.id for item in ordered}

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
        return Detail(
            actor,
            bonds,
            tuple(actor_entries.quotes(project, actor.id)),
            tuple(actor_entries.claims(project, actor.id)),
        )

    def preview(self, into: Id) -> Preview | None:
        """Return what merging the other chosen entries into one would do."""
        project = self.desk.project
        others = [id for id in self.chosen if id != into]
        if project is None or not others:
            return None
        return actor_merging.preview(project, into, others)

    def most_used(self) -> Id | None:
        """Return the chosen entry with the most marks, the one a merge would keep."""
        counts = {item.actor.id: item.mentions for item in self._all}
        return max(self.chosen, key=lambda id: counts.get(id, 0), default=None)

    def proposal(self) -> Proposal | None:
        """Return whom the chosen open mentions most likely stand for."""
        project = self.desk.project
        if project is None or self.group is None:
            return None
        found = actor_book.best_for_words(project, self.group)
        return Proposal(found.actor.id, found.actor.name, found.reason) if found else None

    def group_quotes(self) -> list[Quote]:
        """Return the chosen open mentions as they read."""
        project = self.desk.project
        return actor_book.quotes(project, self.group) if project and self.group else []

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

    def split(self, marks: Sequence[Id], name: str) -> None:
        """Give marks of the entry chosen to a new one of that name, and choose that."""
        if len(self.chosen) == 1:
            id = self.chosen[0]

            def then(outcome: Outcome | None) -> None:
                # An outcome of many records does not tell which they are.
                if outcome and (new := self._entry_of(marks[0])):
                    self.choose([new])

            self.desk.act_on(
                len(marks),
                "Splitting off",
                lambda project: actor_merging.split.slices(project, id, marks, name),
                then,
            )

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
            ids = yield from actor_book.marks_of.slices(project, group)
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
        self.chosen, self.group = (), None
        self.refresh()

    def _filter(self) -> None:
        words = self.words.casefold().split()
        labels = dict(self.types)
        self.entries = _in_order(
            [
                item
                for item in self._all
                if all(word in " ".join(item.actor.names).casefold() for word in words)
            ],
            self.entry_order,
            lambda item: (item.actor.name, labels.get(item.actor.type or "", ""), item.mentions),
        )
        self.groups = _in_order(
            [
                group
                for group in self._open
                if all(word in group.words.casefold() for word in words)
            ],
            self.group_order,
            lambda group: (group.words, labels.get(group.type or "", ""), group.count),
        )
        if self.group is not None:
            self.group = next(
                (
                    group
                    for group in self._open
                    if (group.words, group.type) == (self.group.words, self.group.type)
                ),
                None,
            )
        self.reset.emit(None)


def _in_order(items: list[T], order: Order, cells: Callable[[T], tuple[str, str, int]]) -> list[T]:
    """Return lines in an order; what is equal in it goes by name, capital letters or not."""

    def value(item: T) -> str | int:
        cell = cells(item)[order.column]
        return cell.casefold() if isinstance(cell, str) else cell

    by_name = sorted(items, key=lambda item: (cells(item)[0].casefold(), cells(item)[0]))
    return sorted(by_name, key=value, reverse=order.falls)
