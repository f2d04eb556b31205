"""When Python looks for garbage: while nobody works, not in the middle of a stroke."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

RESTING_MILLISECONDS = 4_000
"""The memory is gone through when no key was pressed for so long."""

NEVER = 1_000_000
"""So many collections of younger objects come before one of all: none, in practice."""

RESTS = 50
"""After so many of them all of the memory is gone through once more."""


class Tidying(QObject):
    """Keeps Python from going through the whole memory by itself, which stops everything meanwhile.

    Going through all records of a large project takes a tenth of a second. What is young is still
    collected as ever, the rest when the window rests; what was found in use then is passed over
    until ``anew`` or for ``RESTS`` rests, so that a rest that comes to its end is not felt.
    """

    def __init__(self, parent: QObject, is_busy: Callable[[], bool] = bool) -> None:
        """``is_busy`` tells whether long work goes on: then the window does not rest."""
        super().__init__(parent)
        self._is_busy = is_busy
        self._before = gc.get_threshold()
        gc.set_threshold(self._before[0], self._before[1], NEVER)
        self._rests = 1
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTING_MILLISECONDS)
        self._resting.timeout.connect(self._collect)

    def soon(self, _: object = None) -> None:
        """Collect when there is a pause."""
        self._resting.start()

    def anew(self, _: object = None) -> None:
        """Go through all of the memory at the next rest, as when a project was closed."""
        self._rests = 0
        self.soon()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._resting.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def _collect(self) -> None:
        if self._is_busy():
            self.soon()
            return
        if self._rests % RESTS == 0:
            gc.unfreeze()
        self._rests += 1
        gc.collect()
        gc.freeze()
