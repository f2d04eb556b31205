"""When backups are made: while nobody works, on closing, and after half an hour without either.

The copy needs the connection and is taken at once; it is verified by another process, which a
thread waits for. A backup that fails is said and never stands in the way of work or of closing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.services import backups

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.backups import Draft
    from annotator.services.project import Project

LONGEST_SECONDS = 30 * 60
"""Work that never rests is backed up this often."""

SHORTEST_SECONDS = 5 * 60
"""Backups made while resting are at least this far apart."""

log = logging.getLogger(__name__)


class Safekeeping:
    """Follows a desk and keeps backups of what is worked on in it."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._clock = clock
        self._last = clock()
        self._verifying: threading.Thread | None = None
        desk.project_changed.connect(self._begun)
        desk.saved.connect(self._acted)
        desk.resting.connect(self._resting)
        desk.closing.connect(self._closing)

    def wait(self) -> None:
        """Wait until no backup is being verified."""
        if self._verifying:
            self._verifying.join()
            self._verifying = None

    def _begun(self, _: None) -> None:
        self._last = self._clock()

    def _acted(self, _: str) -> None:
        project = self._desk.project
        if project and self._clock() - self._last >= LONGEST_SECONDS:
            self._back_up(project)

    def _resting(self, project: Project) -> None:
        if self._clock() - self._last >= SHORTEST_SECONDS:
            self._back_up(project)

    def _back_up(self, project: Project) -> None:
        self.wait()
        draft = self._draft(project)
        self._last = self._clock()
        if draft:
            self._verifying = threading.Thread(
                target=_accept, args=(draft,), name="annotator-backup"
            )
            self._verifying.start()

    def _closing(self, project: Project) -> None:
        self.wait()
        draft = self._draft(project)
        if draft:
            _accept(draft)

    def _draft(self, project: Project) -> Draft | None:
        if project.file.is_read_only:
            return None
        try:
            return backups.draft(project)
        except Problem as problem:
            log.info("a backup failed")
            self._desk.messages.problem(str(problem))
            return None


def _accept(draft: Draft) -> None:
    try:
        backups.accept(draft)
    except Problem:
        # The copy is removed and the earlier backups stay; the next one is tried anew.
        log.info("a backup was not whole")
