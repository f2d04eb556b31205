"""When Python looks for garbage: while nobody works, not in the middle of a stroke."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

RESTING_MILLISECONDS = 60_000
"""What is new in memory is gone through when nothing was saved and no article shown for so long."""

SOONER_MILLISECONDS = 4_000
"""So long is enough where somebody worked on and on without such a rest."""

MANY = 500
"""After so many acts and articles that is so."""

NEVER = 1_000_000
"""So many collections of younger objects come before one of all: none, in practice."""


class Tidying(QObject):
    """Keeps Python from going through the whole memory by itself, which stops everything meanwhile.

    Going through all records of a large project takes a quarter of a second: a hand that comes
    back to the keys, or scrolls on after a page of reading, would feel it. What is young is still
    collected as ever; what came since the last rest is gone through at the next one. What was there
    at a rest counts as needed as long as a project is open: it mostly is.
    """

    def __init__(
        self,
        parent: QObject,
        is_busy: Callable[[], bool] = bool,
        has_project: Callable[[], bool] = bool,
    ) -> None:
        """Make one for a window.

        Args:
            is_busy: tells whether long work goes on: then the window does not rest.
            has_project: tells whether a project is open.
        """
        super().__init__(parent)
        self._is_busy = is_busy
        self._has_project = has_project
        self._before = gc.get_threshold()
        gc.set_threshold(self._before[0], self._before[1], NEVER)
        self._acts = 0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._collect)

    def soon(self, _: object = None) -> None:
        """Go through the memory at the next rest; something was done."""
        self._acts += 1
        self._resting.start(SOONER_MILLISECONDS if self._acts > MANY else RESTING_MILLISECONDS)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._resting.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def _collect(self) -> None:
        if self._is_busy():
            self.soon()
            return
        self._acts = 0
        if not self._has_project():
            gc.unfreeze()
        gc.collect()
        # What is in use counts as old from now on: what is made in bulk need not be looked at.
        gc.freeze()
