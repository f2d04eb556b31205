"""A release while somebody goes on reading: worked out from a copy of the project, beside the window.

Every text has to be indexed before (``duplicates.index_steps``), for copies of articles are looked for there, too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.services import duplicates
from annotator.services.aside import Aside
from annotator.services.beside import Tell
from annotator.services.project import Project
from annotator.services.release_plan import Known, Order, Plan, plan_from
from annotator.services.releasing import Made, known_of, refuse_existing, write_from
from annotator.store import snapshot
from annotator.store.connection import Database


def preview_aside(project: Project, order: Order) -> Aside[Plan]:
    """Return the work that plans a release.

    Raises:
        Refused: a step is being written.
        Problem: there is no room for the copy, or the file is too damaged to be copied.
    """
    return Aside(project, planned, known_of(project), order)


def release_aside(project: Project, order: Order, parent: Path) -> Aside[Made]:
    """Return the work that writes a release; ``releasing.record`` it afterwards.

    Raises:
        Refused: a folder of that name is there already; and as ``preview_aside``.
    """
    refuse_existing(order, parent)
    return Aside(project, written, known_of(project), order, parent)


def planned(copy: Path, known: Known, order: Order, tell: Tell) -> Plan:
    """Return what a release would hold, from a copy of the project, which is gone then."""
    with snapshot.reading(copy) as db:
        return _plan(db, known, order, tell).outline


def written(copy: Path, known: Known, order: Order, parent: Path, tell: Tell) -> Made:
    """Write a release from a copy of the project, which is gone then."""
    with snapshot.reading(copy) as db:
        made = write_from(db, _plan(db, known, order, tell), parent, tell)
        return replace(made, plan=made.plan.outline)


def _plan(db: Database, known: Known, order: Order, tell: Tell) -> Plan:
    found = duplicates.find_indexed(db, None, tell)
    return plan_from(db, order, replace(known, pairs=found.pairs), tell)
