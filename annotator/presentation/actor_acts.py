"""What can be done in the actor book, with the entries and open mentions that are chosen there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Outcome
from annotator.presentation import leaving
from annotator.presentation.jumping import jump
from annotator.presentation.shortening import in_quotes
from annotator.services import actor_book, actor_entries, actor_merging, open_mentions, quotes
from annotator.services.project import Project
from annotator.services.quotes import Quote

if TYPE_CHECKING:
    from annotator.presentation.actor_book import ActorBook

LOOKED = 50
"""Looking at so many mentions takes about as long as changing one."""


NOT_READ = "The marks to split off are not all read yet: read on first."


class ActorActs:
    """Acts on what is chosen in the book; each is one step that can be undone."""

    def __init__(self, book: ActorBook) -> None:
        self._book = book
        self._desk = book.desk

    def create(self, name: str) -> None:
        """Make an entry and choose it."""
        self._made(self._desk.act(lambda project: actor_entries.create(project, name)))

    def rename(self, name: str) -> None:
        """Give the entry chosen another name."""
        self._of_chosen(lambda project, id: actor_entries.rename(project, id, name))

    def set_type(self, type: str | None) -> None:
        """Say what kind of actor the entry chosen is."""
        self._of_chosen(lambda project, id: actor_entries.set_type(project, id, type))

    def keep_new(self, name: str) -> bool:
        """Make an entry of a name that was left in its field; who is chosen stays so."""
        return leaving.keep(self._desk, name, lambda project: actor_entries.create(project, name))

    def add_alias(self, actor: Id, alias: str) -> bool:
        """Give an entry, chosen or not, one more name; tell whether it was given."""

        def work(project: Project) -> Outcome:
            old = actor_book.entry(project, actor)
            return actor_entries.set_aliases(project, actor, [*old.aliases, alias])

        return leaving.keep(self._desk, alias, work)

    def remove_alias(self, actor: Id, alias: str) -> None:
        """Take a name off an entry."""

        def work(project: Project) -> Outcome:
            kept = [name for name in actor_book.entry(project, actor).aliases if name != alias]
            return actor_entries.set_aliases(project, actor, kept)

        self._desk.act(work)

    def add_bond(self, actor: Id, name: str) -> bool:
        """Say that an entry, chosen or not, belongs to the one of that name; tell whether it was taken."""

        def work(project: Project) -> Outcome:
            other = self._book.named(name)
            if other is None:
                raise Refused(
                    f"The actor book has no {in_quotes(name)}: choose one of the names offered."
                )
            old = actor_book.entry(project, actor)
            bonds = [*old.affiliations, Affiliation(other)]
            return actor_entries.set_affiliations(project, actor, bonds)

        return leaving.keep(self._desk, name, work)

    def set_external_id(self, external_id: str) -> None:
        """Give the entry chosen its id in a catalogue."""
        self._of_chosen(lambda project, id: actor_entries.set_external_id(project, id, external_id))

    def set_note_of(self, actor: Id, note: str) -> None:
        """Write a note on an entry."""
        self._desk.act(lambda project: actor_entries.set_note(project, actor, note))

    def set_bonds(self, bonds: Sequence[Affiliation]) -> None:
        """Say whom the entry chosen belongs to."""
        self._of_chosen(lambda project, id: actor_entries.set_affiliations(project, id, bonds))

    def retire(self) -> None:
        """Take the entry chosen out of the book."""
        self._of_chosen(actor_entries.retire)

    def merge(self, into: Id) -> None:
        """Merge the chosen entries into one of them, and choose that."""
        others = self._book.chosen_but(into)
        self._desk.act_on(
            self._count(others),
            "Merging actors",
            lambda project: actor_merging.merge.slices(project, into, others),
            lambda outcome: self._book.choose([into]) if outcome else None,
        )

    def split(self, places: Sequence[int], name: str) -> None:
        """Give some of the marks listed of the entry chosen to a new one of that name, and choose that."""
        if len(self._book.chosen) != 1:
            return
        if not self._book.chosen_marks.is_in_step:
            self._desk.messages.problem(NOT_READ)
            return
        (id,), moved = self._book.chosen, list[Id]()
        rows = self._book.chosen_marks.marks.rows(places)

        def work(project: Project) -> Slices[Outcome]:
            moved.extend((yield from quotes.ids.slices(project, rows)))
            outcome = yield from actor_merging.split.slices(project, id, moved, name)
            return outcome

        def then(outcome: Outcome | None) -> None:
            # An outcome of many records does not tell which they are.
            if outcome and (new := self._entry_of(moved[0])):
                self._book.choose([new])

        self._desk.act_on(len(rows), "Splitting off", work, then)

    def tie_group(self, actor: Id) -> None:
        """Say that the chosen open mentions stand for an entry."""
        self._act_on_group(
            "Tying mentions",
            lambda project, ids: actor_book.assign_all.slices(project, ids, actor),
        )

    def make_from_group(self) -> None:
        """Make an entry from the chosen open mentions."""
        self._act_on_group("Making an actor", actor_book.assign_all_new.slices)

    def jump(self, quote: Quote) -> None:
        """Go to a mark in its article."""
        jump(self._desk, quote.article, quote.mark, (quote.start, quote.end))

    def _act_on_group(
        self, title: str, act: Callable[[Project, Sequence[Id]], Slices[Outcome]]
    ) -> None:
        group = self._book.group
        if group is None:
            return

        def work(project: Project) -> Slices[Outcome]:
            ids = yield from open_mentions.marks_of.slices(project, group)
            outcome = yield from act(project, ids)
            return outcome

        # Its mentions are found by looking through all open ones.
        self._desk.act_on(max(group.count, self._book.open_count // LOOKED), title, work)

    def _entry_of(self, mark: Id) -> Id | None:
        project = self._desk.project
        return actor_book.entry_of(project, mark) if project else None

    def _count(self, entries: Sequence[Id]) -> int:
        project = self._desk.project
        return actor_merging.count_marks(project, entries) if project else 0

    def _of_chosen(self, work: Callable[[Project, Id], Outcome]) -> None:
        if len(self._book.chosen) == 1:
            (id,) = self._book.chosen
            if self._desk.act(lambda project: work(project, id)) is None:
                # Refused: the fields show again what holds.
                self._book.chosen_changed.emit(None)

    def _made(self, outcome: Outcome | None) -> None:
        new = [
            change.after
            for change in (outcome.changes if outcome else ())
            if isinstance(change.after, Actor) and change.before is None
        ]
        if new:
            self._book.choose([new[0].id])
