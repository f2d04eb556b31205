"""Drives what is read piece by piece: for a moment in each turn of the loop, so that nothing else waits."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from annotator.presentation.piecemeal import Piecemeal
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS

MOMENT_SECONDS = 0.006
"""So long is read in one turn; a piece that was begun is read to its end."""


class ReadingOn(QTimer):
    """Goes on with the readings of a window as long as there are any."""

    def __init__(self, readings: Piecemeal, parent: QObject) -> None:
        super().__init__(parent)
        self._readings = readings
        self.setInterval(NEXT_TURN_MILLISECONDS)
        self.timeout.connect(self._read)
        readings.begun.connect(lambda _: self.start())

    def _read(self) -> None:
        end = time.perf_counter() + MOMENT_SECONDS
        while self._readings.go_on():
            if time.perf_counter() >= end or self._readings.is_through:
                return
        self.stop()
