"""When backups are made: while nobody works, before a risky act, on closing, and after half an hour without.

A backup is of the moment it is begun in; copying and verifying it goes on beside the work, in other
processes that a thread waits for. One that fails is said and never stands in the way of work or of closing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.slices import always
from annotator.services import backups

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.backups import Making
    from annotator.services.beside import Tell
    from annotator.services.project import Project

LONGEST_SECONDS = 30 * 60
"""Work that never rests is backed up this often."""

SHORTEST_SECONDS = 5 * 60
"""Backups made while resting are at least this far apart."""

ASKED_SECONDS = 0.05
"""So often who waits for a backup is asked whether to go on."""

CLOSING = (
    "Everything is saved. What was done last is being copied into a backup, which is read to its end "
    "before it counts; Cancel closes without it."
)

log = logging.getLogger(__name__)


class Safekeeping:
    """Follows a desk and keeps backups of what is worked on in it."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._clock = clock
        self._last = clock()
        self._finishing: _Finishing | None = None
        desk.project_changed.connect(self._begun)
        desk.saved.connect(self._acted)
        desk.risking.connect(self._risking)
        desk.resting.connect(self._resting)
        desk.closing.connect(self._closing)

    def wait(self) -> None:
        """Wait until no backup is being made."""
        if self._finishing:
            self._finishing.join()
            self._finishing = None

    def _begun(self, _: None) -> None:
        self._last = self._clock()

    def _acted(self, _: str) -> None:
        project = self._desk.project
        if project and self._clock() - self._last >= LONGEST_SECONDS:
            self._back_up(project)

    def _resting(self, project: Project) -> None:
        if self._clock() - self._last >= SHORTEST_SECONDS:
            self._back_up(project)

    def _risking(self, act: str) -> None:
        """Keep the project as it is before an act, whatever is being kept now."""
        if self._finishing:
            self._finishing.stop()
        if self._desk.project:
            self._back_up(self._desk.project, act)

    def _back_up(self, project: Project, reason: str = "") -> None:
        if self._finishing and self._finishing.is_alive():
            return
        try:
            making = _begin(project, reason)
        except Problem as problem:
            making = None
            self._failed(problem)
        self._last = self._clock()
        if making:
            self._finishing = _Finishing(making)
            self._finishing.start()

    def _closing(self, project: Project) -> None:
        """Keep what was done last; of a large project that takes a moment, in a window that says so."""
        before, self._finishing = self._finishing, None

        def keep(tell: Tell) -> None:
            wanted = before.wait(tell) if before else True
            if wanted and (making := _begin(project)):
                _finish(making, tell)

        try:
            if backups.is_large(project):
                self._desk.window.wait(f"Closing {project.path.name}", CLOSING, keep)
            else:
                keep(always)
        except Problem as problem:
            self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        log.info("a backup failed")
        self._desk.messages.problem(str(problem))


def _begin(project: Project, reason: str = "") -> Making | None:
    return None if project.file.is_read_only else backups.begin(project, reason)


class _Finishing(threading.Thread):
    """Copies and verifies beside the work."""

    def __init__(self, making: Making) -> None:
        super().__init__(name="annotator-backup")
        self._making = making
        self._unwanted = threading.Event()

    def run(self) -> None:
        """Finish the backup."""
        _finish(self._making, lambda _done, _total: not self._unwanted.is_set())

    def stop(self) -> None:
        """Give the backup up, and wait until nothing of it is there."""
        self._unwanted.set()
        self.join()

    def wait(self, tell: Tell) -> bool:
        """Wait for the end; return False if ``tell`` said to stop, and the backup is given up."""
        while self.is_alive():
            self.join(ASKED_SECONDS)
            if not tell(0, 0):
                self.stop()
                return False
        return True


def _finish(making: Making, tell: Tell = always) -> None:
    try:
        making.finish(tell)
    except Problem:
        # The copy is removed and the earlier backups stay; the next one is tried anew.
        log.info("a backup was not whole")
