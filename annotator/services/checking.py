"""Proving that a project is whole."""

from __future__ import annotations

import threading
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.services.aside import Aside
from annotator.services.beside import Tell
from annotator.services.project import Project
from annotator.store import check, snapshot
from annotator.store.interrupting import ended_when


class Stopped(Problem):
    """Whoever wanted the check cancelled it."""


def problems(project: Project) -> list[str]:
    """Return one sentence for each thing that is not as it must be; none for a whole project."""
    return list(check.problems(project.db))


def problems_aside(project: Project) -> Aside[list[str]]:
    """Return the work that checks a copy of the project, history and all.

    Raises:
        Refused: a step is being written.
        Problem: there is no room for the copy, or the file is too damaged to be copied.
    """
    return Aside(project, problems_of)


def problems_of(copy: Path, tell: Tell) -> list[str]:
    """Return what ``problems`` finds in a copy of a project, which is gone then.

    Raises:
        Stopped: ``tell`` said so.
    """
    state, stopped = (0, 1), False
    # Two threads ask, and what tells may be a pipe.
    alone = threading.Lock()

    def ask() -> bool:
        nonlocal stopped
        with alone:
            stopped = stopped or not tell(*state)
        return stopped

    def reached(done: int, total: int) -> None:
        nonlocal state
        state = done, total
        if ask():
            raise Stopped("The check was cancelled.")

    with snapshot.reading(copy) as db, ended_when(db, ask):
        found = list(check.problems(db, reached))
    if stopped:
        raise Stopped("The check was cancelled.")
    return found
