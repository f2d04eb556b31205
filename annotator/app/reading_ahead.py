"""The rest of the program is read while nobody works, so that no window waits for it when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from annotator.app import on_first_use

ROOMS = tuple(
    f"annotator.{room}"
    for room in (
        "domain",
        "settings",
        "analysis",
        "agreement",
        "assist",
        "store",
        "formats",
        "services",
        "presentation",
        "ui",
    )
)
"""What acts and windows are made of, the lower rooms first: then no module has many others to read."""

RESTING_MILLISECONDS = 1_500
"""It begins when no article was shown and nothing was saved for so long."""

BETWEEN_MILLISECONDS = 20
"""A key that is pressed meanwhile is answered between two modules."""


class ReadingAhead(QObject):
    """Reads one module after the other while the window rests, until all are read.

    Attributes:
        is_over: there is nothing to read any more.
    """

    def __init__(self, parent: QObject, is_busy: Callable[[], bool] = bool) -> None:
        """``is_busy`` tells whether long work goes on: then the window does not rest."""
        super().__init__(parent)
        self._is_busy = is_busy
        self._unread = on_first_use.read_all(ROOMS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self.is_over = False

    def soon(self, _: object = None) -> None:
        """Begin, or go on, at the next rest."""
        if not self.is_over:
            self._timer.start(RESTING_MILLISECONDS)

    def stop(self) -> None:
        """Read no more."""
        self.is_over = True
        self._timer.stop()

    def _next(self) -> None:
        if self._is_busy():
            self.soon()
        elif next(self._unread, None) is None:
            self.is_over = True
        else:
            self._timer.start(BETWEEN_MILLISECONDS)
