"""Whom mentions stand for: the actor book with its counts, read once and then followed act by act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.domain.actor import Actor
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, View
from annotator.domain.slices import Slices, looked_through, sliced
from annotator.domain.step import Change
from annotator.services import recognising
from annotator.services.open_mentions import group_of
from annotator.services.project import Project
from annotator.store import actors, marks, mentions, rows


class Listed(NamedTuple):
    """One line of the actor book: the entry, and how many marks of annotators, and of gold, stand for it."""

    actor: Actor
    mentions: int
    gold: int = 0


class Standing:
    """The entries in use and their mentions.

    Attributes:
        open: how many mentions of the annotator stand for nobody yet.
    """

    def __init__(
        self, annotator: Id, entries: Iterable[Actor], tied: Mapping[str, Counter[Id]], open: int
    ) -> None:
        """``tied`` is how many marks of each view, of all annotators, stand for each entry."""
        self.open = open
        self._annotator = annotator
        self._entries = {actor.id: actor for actor in entries}
        self._tied = tied
        self._of_annotators, self._of_gold = tied[View.ANNOTATOR], tied[View.GOLD]

    def lines(self) -> Iterator[Listed]:
        """Yield every entry in use with the number of its mentions, by name where nothing changed since."""
        return map(self._listed, self._entries.values())

    def line(self, id: Id) -> Listed | None:
        """Return the line of an entry, if it is in use."""
        actor = self._entries.get(id)
        return self._listed(actor) if actor else None

    def _listed(self, actor: Actor) -> Listed:
        # Most entries of a large book stand in neither: a Counter takes long to say so by itself.
        id = actor.id
        return Listed(actor, self._of_annotators.get(id, 0), self._of_gold.get(id, 0))

    def follow(self, changes: Iterable[Change]) -> set[Id]:
        """Count on after an act by what it changed; return the entries whose lines are others now."""
        touched: set[Id] = set()
        for change in changes:
            for record, by in ((change.before, -1), (change.after, 1)):
                if isinstance(record, Actor):
                    touched.add(record.id)
                    self._entries.pop(record.id, None)
                    if by > 0 and not record.retired:
                        self._entries[record.id] = record
                elif isinstance(record, Mark) and record.actor:
                    touched.add(record.actor)
                    self._tied[record.view][record.actor] += by
                elif group_of(record, self._annotator):
                    self.open += by
        return touched


def size(project: Project) -> int:
    """Return about how many records have to be read for it."""
    return marks.TABLE.last_row(project.db) + actors.TABLE.last_row(project.db)


@sliced
def read(project: Project) -> Slices[Standing]:
    """Read the book and count its mentions."""
    entries = yield from recognising.book.slices(project)
    open, tied = 0, {str(view): Counter[Id]() for view in View}
    bits = mentions.counts(project.db, project.annotator.id)
    for reached, some in looked_through(bits, marks.TABLE.last_row(project.db), rows.LOOKED_AT):
        for id, view, count in some:
            if id:
                tied[view][id] += count
            else:
                open += count
        yield reached
    return Standing(project.annotator.id, entries, tied, open)
