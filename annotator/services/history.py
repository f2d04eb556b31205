"""Taking acts back, doing them again, and reading what was done."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.codebook import CodebookVersion
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.slices import Slices, sliced
from annotator.domain.step import Outcome, Step, StepState
from annotator.services.project import Project
from annotator.store import annotators


class Entry(NamedTuple):
    """One line of the history, with the annotator's name."""

    step: Step
    annotator: str


def next_undo(project: Project, *, anybody: bool = False) -> Step | None:
    """Return what undo would take back: the annotator's own last act, or anybody's."""
    return project.file.journal.next_undo(None if anybody else project.annotator.id)


def next_redo(project: Project, *, anybody: bool = False) -> Step | None:
    """Return what redo would do again."""
    return project.file.journal.next_redo(None if anybody else project.annotator.id)


def moment(project: Project) -> int | None:
    """Return what stays the same as long as nothing is done, undone or redone; None amid an act."""
    return None if project.db.conn.in_transaction else project.file.journal.saved


def is_long(project: Project, step: Step, least: int) -> bool:
    """Tell whether a step changed so many records or more."""
    return project.file.journal.is_long(step.number, least)


@sliced
def undo(project: Project, *, anybody: bool = False) -> Slices[Outcome]:
    """Take the last act back.

    Raises:
        Refused: nothing to undo, or later work builds on it.
    """
    step = next_undo(project, anybody=anybody)
    if step is None:
        raise Refused("There is nothing to undo.")
    outcome = yield from project.file.journal.turn(step, StepState.UNDONE)
    return _turned(project, outcome)


@sliced
def redo(project: Project, *, anybody: bool = False) -> Slices[Outcome]:
    """Do the act again that was undone last."""
    step = next_redo(project, anybody=anybody)
    if step is None:
        raise Refused("There is nothing to redo.")
    outcome = yield from project.file.journal.turn(step, StepState.DONE)
    return _turned(project, outcome)


def entries(project: Project, limit: int = -1, record: Id | None = None) -> list[Entry]:
    """Return the acts, newest first; only those that touched one record if it is named."""
    names = {person.id: person.name for person in annotators.all(project.db)}
    return [
        Entry(step, names.get(step.annotator, "") if step.annotator else "")
        for step in project.file.journal.history(limit, record)
    ]


def _turned(project: Project, outcome: Outcome) -> Outcome:
    """Read the codebook again where it may be another one: that takes longer than most acts."""
    records = [change.after or change.before for change in outcome.changes]
    if not records or any(isinstance(record, CodebookVersion) for record in records):
        project.refresh_codebook()
    return outcome
