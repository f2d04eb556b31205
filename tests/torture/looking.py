"""What is asked of a project after something befell it."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.errors import Problem
from annotator.services import checking, repairing
from annotator.services import project as projects
from annotator.store.refusals import CannotOpen
from tests.support.damage import words_of
from tests.torture.tally import Tally

Words = set[tuple[str, str]]


def acts_of(path: Path) -> dict[int, str]:
    """Open a project, prove it whole, and return its steps with their states.

    Raises:
        AssertionError: it is not whole.
    """
    with projects.open_existing(path, "Amal") as project:
        found = checking.problems(project)
        if found:
            raise AssertionError(found[0])
        return {step.number: step.state.value for step in project.file.journal.history()}


def survives(path: Path, words: Words, tally: Tally) -> None:
    """Open a damaged project, repair it, or be declined in a sentence; no mark may go unnamed."""
    try:
        with projects.open_existing(path, "Amal") as project:
            if not checking.problems(project):
                tally.ends["opened whole"] += 1
                if words_of(project) != words:
                    tally.fault("opened as whole, but marks differ")
                return
    except CannotOpen as problem:
        if not str(problem).endswith("."):
            tally.fault(f"no sentence: {problem}")
    except Exception as error:  # noqa: BLE001  (that is what is looked for)
        tally.fault(f"opening: {type(error).__name__}: {error}")
        return
    try:
        made, lost = repairing.repair(path)
    except Problem as problem:
        tally.ends["declined"] += 1
        if not str(problem).endswith("."):
            tally.fault(f"no sentence: {problem}")
        return
    except Exception as error:  # noqa: BLE001
        tally.fault(f"repairing: {type(error).__name__}: {error}")
        return
    try:
        with projects.open_existing(made.path, "Amal") as project:
            if checking.problems(project):
                tally.fault("repaired, but not whole")
            kept = words_of(project)
        told = lost.read_text(encoding="utf-8") if lost else ""
        unnamed = [id for id, _ in words - kept if id not in told]
        if unnamed and not made.notes:
            tally.fault("a mark went unnamed")
        end = "repaired completely" if kept >= words else "repaired in part, losses named"
        tally.ends[end] += 1
    finally:
        made.path.unlink()
        if lost:
            lost.unlink()
