"""A release while somebody goes on reading: a copy is made in small steps, the rest is done beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from annotator.domain.slices import with_progress
from annotator.services import beside, duplicates
from annotator.services.beside import Tell
from annotator.services.project import Project
from annotator.services.release_plan import Known, Order, Plan, Stopped, plan_from
from annotator.services.releasing import Made, known_of, refuse_existing, write_from
from annotator.store import articles, snapshot

T = TypeVar("T")

FEW = 100
"""So many articles are sooner done than a process has started."""


class Preparation:
    """What a release is worked out from: which articles are copies, and a copy of the project.

    Nothing may be written to the project until ``steps`` are done.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._search = duplicates.Search(project, None)
        self._copy: Path | None = None
        self._is_small = False

    def steps(self) -> Iterator[tuple[int, int, str]]:
        """Look for copies of articles, then copy the project; yields how far it is."""
        yield from self._search.steps()
        self._is_small = articles.count(self._project.db) <= FEW
        self._copy = yield from with_progress(snapshot.slices(self._project.db))

    def preview(self, order: Order) -> Callable[[Tell], Plan]:
        """Return the work that plans a release, for another thread."""
        return self._work(planned, order)

    def release(self, order: Order, parent: Path) -> Callable[[Tell], Made]:
        """Return the work that writes a release; ``releasing.record`` it afterwards.

        Raises:
            Refused: a folder of that name is there already.
        """
        refuse_existing(order, parent)
        return self._work(written, order, parent)

    def drop(self) -> None:
        """Leave nothing behind when the work is not done after all."""
        if self._copy:
            snapshot.drop(self._copy)

    def _work(self, do: Callable[..., T], *about: object) -> Callable[[Tell], T]:
        """Return work on the copy: here if it is small, in a process of its own if it is not."""
        if self._copy is None:
            raise ValueError("the copy is not made yet")
        given = self._copy, known_of(self._project, self._search.found), *about
        if self._is_small:
            return lambda tell: do(*given, tell)

        def work(tell: Tell) -> T:
            try:
                return beside.call(do, *given, tell=tell)
            except beside.Unstarted as error:
                self.drop()
                raise Stopped("The release was cancelled; nothing was written.") from error

        return work


def planned(copy: Path, known: Known, order: Order, tell: Tell) -> Plan:
    """Return what a release would hold, from a copy of the project, which is gone then."""
    with snapshot.reading(copy) as db:
        return plan_from(db, order, known, tell).outline


def written(copy: Path, known: Known, order: Order, parent: Path, tell: Tell) -> Made:
    """Write a release from a copy of the project, which is gone then."""
    with snapshot.reading(copy) as db:
        made = write_from(db, plan_from(db, order, known, tell), parent, tell)
        return replace(made, plan=made.plan.outline)
