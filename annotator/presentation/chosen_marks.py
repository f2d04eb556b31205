"""The marks of what is chosen in the actor book: found piece by piece, read when they are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.domain.step import Change
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.quote_list import QuoteList
from annotator.presentation.signal import Signal
from annotator.services import actor_merging, open_mentions, quotes
from annotator.services.open_mentions import Alike, OpenMentions
from annotator.services.project import Project
from annotator.services.recognising import Candidate

if TYPE_CHECKING:
    from annotator.domain.step import Record

MARKS, CLAIMS, PROPOSAL = "marks", "claims", "proposal"
"""The readings of what is chosen."""

FEW = 500
"""The marks of an entry, and its claims, are found at once if the marks are fewer."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The entry that open mentions most likely stand for, and why."""

    actor: Id
    name: str
    reason: str


class ChosenMarks:
    """The marks, and claims, of entries or of open mentions of the same words.

    Attributes:
        changed: more is known of them.
        marks, claims: the claims are those of one entry.
        proposal: whom open mentions most likely stand for.
    """

    def __init__(self, readings: Piecemeal) -> None:
        self.changed: Signal[None] = Signal()
        self.proposal: Proposal | None = None
        self._readings = readings
        self._project: Project | None = None
        self._entries: tuple[Id, ...] = ()
        self._alike: Alike | None = None
        self.marks = self.claims = self._unread()

    def of_entries(
        self, project: Project | None, entries: Sequence[Id], *, anew: bool = False
    ) -> None:
        """Find the marks that stand for any of these entries, unless they are shown already.

        Args:
            anew: find them in any case; those that are shown stay until then.
        """
        is_other = self._turn_to(project, tuple(entries), None)
        if project is None or not (is_other or anew):
            return
        if is_other:
            self.marks = self._unread(actor_merging.count_marks(project, entries))
        if entries:
            rows = quotes.of_entries.slices(project, entries)
            at_once = len(self.marks) < FEW
            self._readings.begin(MARKS, rows, self._take_marks, at_once=at_once)

    def of_group(
        self, project: Project, group: OpenMentions, *, at_once: bool, anew: bool = False
    ) -> None:
        """Find the same of open mentions, and whom they stand for.

        Args:
            at_once: whether to look through the whole project at once.
        """
        is_other = self._turn_to(project, (), group.alike)
        if not (is_other or anew):
            return
        if is_other:
            self.marks = self._unread(group.count)
        best = open_mentions.best_for.slices(project, group)
        self._readings.begin(PROPOSAL, best, self._take_proposal, at_once=at_once)
        rows = open_mentions.rows_of.slices(project, group)
        self._readings.begin(MARKS, rows, self._take_marks, at_once=at_once)

    @property
    def is_in_step(self) -> bool:
        """Whether all the marks there are, and no others, are found."""
        return self.marks.is_found and not self._readings.reads(MARKS)

    @property
    def is_looking(self) -> bool:
        """Whether it is not known yet whom open mentions most likely stand for."""
        return self._readings.reads(PROPOSAL)

    def are_touched(self, changes: Iterable[Change]) -> bool:
        """Tell whether an act changed something that is shown, or may have."""
        return any(self._shows(change.before) or self._shows(change.after) for change in changes)

    def _shows(self, record: Record | None) -> bool:
        if self._alike and self._project:
            # Another entry may be whom they stand for.
            alike = open_mentions.group_of(record, self._project.annotator.id)
            return isinstance(record, Actor) or alike == self._alike
        if isinstance(record, Mark) and record.layer == ACTOR:
            return record.actor in self._entries
        return isinstance(record, Mark | Link) and len(self._entries) == 1

    def _turn_to(
        self, project: Project | None, entries: tuple[Id, ...], alike: Alike | None
    ) -> bool:
        """Forget the marks of anything else; tell whether there was something else."""
        if (project, entries, alike) == (self._project, self._entries, self._alike):
            return False
        self._project, self._entries, self._alike = project, entries, alike
        self._readings.stop(MARKS, CLAIMS, PROPOSAL)
        self.marks = self.claims = self._unread()
        self.proposal = None
        return True

    def _unread(self, count: int = 0) -> QuoteList:
        project = self._project
        return QuoteList(lambda rows: quotes.read(project, rows) if project else {}, count)

    def _found(self, before: QuoteList, rows: array[int]) -> QuoteList:
        """Return the list of these rows: the one before, where its lines are the same."""
        if before.take(rows):
            return before
        found = self._unread(len(rows))
        found.take(rows)
        return found

    def _take_marks(self, rows: array[int]) -> None:
        self.marks = self._found(self.marks, rows)
        self.changed.emit(None)
        if self._project and len(self._entries) == 1:
            claims = quotes.claims_of.slices(self._project, self._entries[0])
            self._readings.begin(CLAIMS, claims, self._take_claims, at_once=len(rows) < FEW)

    def _take_claims(self, rows: array[int]) -> None:
        self.claims = self._found(self.claims, rows)
        self.changed.emit(None)

    def _take_proposal(self, found: Candidate | None) -> None:
        self.proposal = Proposal(found.actor.id, found.actor.name, found.reason) if found else None
        self.changed.emit(None)
