"""When Python looks for garbage: while nobody works, not in the middle of a stroke."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

RESTING_MILLISECONDS = 4_000
"""The whole memory is gone through when no key was pressed for so long."""

NEVER = 1_000_000
"""So many collections of younger objects come before one of all: none, in practice."""


class Tidying(QObject):
    """Keeps Python from going through the whole memory by itself, which stops everything meanwhile.

    Going through all records of a long article takes a tenth of a second. What is young is
    still collected as ever; the rest when the window rests.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        gc.set_threshold(self._before[0], self._before[1], NEVER)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTING_MILLISECONDS)
        self._resting.timeout.connect(gc.collect)

    def soon(self, _: object = None) -> None:
        """Collect when there is a pause."""
        self._resting.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._resting.stop()
        gc.set_threshold(*self._before)
