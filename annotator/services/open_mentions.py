"""Mentions that stand for nobody yet, the same words together: counted once, then followed act by act."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.cells import compact
from annotator.domain.codebook import ACTOR
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, View
from annotator.domain.slices import MERGED, Slices, looked_through, merged, sliced
from annotator.domain.step import Change
from annotator.services import recognising
from annotator.services.project import Project
from annotator.services.recognising import Candidate
from annotator.store import mark_places, marks, mentions, rows

if TYPE_CHECKING:
    from annotator.domain.step import Record

GROUPS = 2_000
"""How many groups of open mentions are listed at most, the largest first."""

Alike = tuple[str, str]
"""Words, and the type or nothing: what the mentions of a group have in common."""


@dataclass(frozen=True, slots=True)
class OpenMentions:
    """Mentions of the annotator that have the same words and type and stand for nobody yet."""

    words: str
    type: str | None
    count: int

    @property
    def alike(self) -> Alike:
        """What they have in common."""
        return self.words, self.type or ""


class Tally:
    """How often the same words stand for nobody, in the order of a list: the most frequent first.

    It costs an act no more than the groups that the act touched.
    """

    def __init__(
        self, annotator: Id, counts: dict[Alike, int], ranked: list[tuple[int, str, str]]
    ) -> None:
        """``ranked`` has each group with its count below zero, sorted."""
        self._annotator = annotator
        self._counts = counts
        self._ranked = ranked

    def largest(self, limit: int = GROUPS) -> list[OpenMentions]:
        """Return the groups with the most mentions, most first."""
        return [
            OpenMentions(words, type or None, -minus) for minus, words, type in self._ranked[:limit]
        ]

    def follow(self, changes: Iterable[Change]) -> bool:
        """Count on after an act by what it changed; tell whether that was anything here."""
        moved: Counter[Alike] = Counter()
        for change in changes:
            if before := group_of(change.before, self._annotator):
                moved[before] -= 1
            if after := group_of(change.after, self._annotator):
                moved[after] += 1
        for alike, by in moved.items():
            old = self._counts.pop(alike, 0)
            if old:
                del self._ranked[bisect_left(self._ranked, (-old, *alike))]
            if old + by > 0:
                self._counts[alike] = old + by
                insort(self._ranked, (-old - by, *alike))
        return bool(moved)


@sliced
def tally(project: Project) -> Slices[Tally]:
    """Count the annotator's mentions that stand for nobody yet."""
    counts: dict[Alike, int] = {}
    bits = mentions.open_groups(project.db, project.annotator.id)
    for reached, some in looked_through(bits, marks.TABLE.last_row(project.db), mentions.READ):
        for words, type, count in some:
            counts[words, type] = counts.get((words, type), 0) + count
        yield reached
    found = list(counts.items())
    runs = []
    for first in range(0, len(found), MERGED):
        runs.append(sorted((-count, *alike) for alike, count in found[first : first + MERGED]))
        yield
    ranked: list[tuple[int, str, str]] = []
    for some_ranked in merged(runs):
        ranked += some_ranked
        yield
    return Tally(project.annotator.id, counts, ranked)


def group_of(record: Record | None, annotator: Id) -> Alike | None:
    """Return what a record has in common with other open mentions of an annotator; None if it is none.

    The store finds the same words and the same type with SQL.
    """
    if (
        not isinstance(record, Mark)
        or record.layer != ACTOR
        or record.actor is not None
        or record.view is not View.ANNOTATOR
        or record.annotator != annotator
    ):
        return None
    type = record.attributes.get("type", "")
    if isinstance(type, tuple):
        type = compact(type)
    return record.text, str(int(type) if isinstance(type, bool) else type)


@sliced
def rows_of(project: Project, group: OpenMentions) -> Slices[array[int]]:
    """Return the row numbers of the mentions of a group, by article and place."""
    bits = mentions.of_words(project.db, project.annotator.id, *group.alike)
    told = looked_through(bits, marks.TABLE.last_row(project.db), rows.LOOKED_AT)
    found = yield from mark_places.in_order.slices(project.db, told)
    return found


@sliced
def marks_of(project: Project, group: OpenMentions) -> Slices[list[Id]]:
    """Return the mentions of a group, by article and place."""
    found = yield from rows_of.slices(project, group)
    return mark_places.ids(project.db, found)


@sliced
def best_for(project: Project, group: OpenMentions) -> Slices[Candidate | None]:
    """Return the entry that the mentions of a group most likely stand for."""
    names = yield from recognising.index.slices(project)
    found = names.candidates(group.words, group.type)
    return found[0] if found else None
