"""Whom mentions stand for: the actor book with its counts, read once and then followed act by act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.domain.actor import Actor
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.slices import Slices, sliced
from annotator.domain.step import Change
from annotator.services import recognising
from annotator.services.open_mentions import group_of
from annotator.services.project import Project
from annotator.store import actors, marks, mentions


class Listed(NamedTuple):
    """One line of the actor book: the entry, and how many marks stand for it."""

    actor: Actor
    mentions: int


class Standing:
    """The entries in use and their mentions.

    Attributes:
        open: how many mentions of the annotator stand for nobody yet.
    """

    def __init__(
        self, annotator: Id, entries: Iterable[Actor], tied: Counter[Id], open: int
    ) -> None:
        """``tied`` is how many marks, of all annotators and gold, stand for each entry."""
        self.open = open
        self._annotator = annotator
        self._entries = {actor.id: actor for actor in entries}
        self._tied = tied

    def lines(self) -> Iterator[Listed]:
        """Yield every entry in use with the number of its mentions, by name where nothing changed since."""
        return (Listed(actor, self._tied[id]) for id, actor in self._entries.items())

    def line(self, id: Id) -> Listed | None:
        """Return the line of an entry, if it is in use."""
        actor = self._entries.get(id)
        return Listed(actor, self._tied[id]) if actor else None

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
                    self._tied[record.actor] += by
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
    counts: Counter[Id | None] = Counter()
    for some in mentions.counts(project.db, project.annotator.id):
        for id, count in some:
            counts[id] += count
        yield
    open = counts.pop(None, 0)
    tied = Counter({id: count for id, count in counts.items() if id})
    return Standing(project.annotator.id, entries, tied, open)
