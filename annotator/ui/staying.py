"""Windows beside the main one open again where they were left."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QWidget


class StayingDialog(QDialog):
    """A window that stays open beside the main one, and comes back where it was closed.

    Left alone, Qt takes the place of what is inside the frame for that of the frame when a window
    is shown again, so that it comes back lower by its title bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_at: QPoint | None = None
        self._frame = QPoint()

    def setVisible(self, visible: bool) -> None:
        """Remember the place when the window goes, and take it again before it is seen."""
        if not visible and self.isVisible():
            self._left_at = self._outer()
        elif visible and not self.isVisible() and self._left_at is not None:
            self.move(self._left_at)
        super().setVisible(visible)

    def _outer(self) -> QPoint:
        """Return where the frame is, also when the system has not told yet how thick it is."""
        frame = self.geometry().topLeft() - self.pos()
        self._frame = self._frame if frame.isNull() else frame
        return self.geometry().topLeft() - self._frame
