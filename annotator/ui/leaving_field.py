"""A line for words that count when the field is left, too, and not by Enter alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""What takes the focus for a while only: another window, a list of names, a menu."""


class LeavingField(QLineEdit):
    """Says that it was left with words in it; after Escape they do not count.

    Attributes:
        left: the focus went elsewhere, and the words were neither taken nor given up.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settled = ""

    @property
    def typed(self) -> str:
        """The words that nobody has taken yet, or nothing."""
        text = self.text()
        return "" if text == self._settled else text.strip()

    @property
    def waits(self) -> bool:
        """Whether something stands here that nobody has taken yet."""
        return bool(self.typed)

    def settle(self) -> None:
        """Say that these words were taken, or given up: leaving says nothing of them any more."""
        self._settled = self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.settle()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field is left."""
        super().focusOutEvent(event)
        if self.waits and event.reason() not in COMES_BACK:
            self.left.emit()
