"""What stands in the window while the program behind it is read: the bar, the list, the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import Theme

BAR_HEIGHT, FOOT_HEIGHT = 43, 34
"""Of the bar above and the line below, as they are once they are there."""

ROW, LEFT, RIGHT = 52, 16, 40
"""A row of the list has two lines of words; so far they stand from its edges."""


class Skeleton(QWidget):
    """The parts of the window as plain surfaces, where they will be; nothing in it can be clicked.

    Signals:
        painted: it is on the screen.
    """

    painted = Signal()

    def __init__(self, theme: Theme, panels: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panels = panels
        self._is_painted = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the surfaces, and where the words of the list will stand."""
        theme, whole = self._theme, self.rect()
        left, right = self._panels[0], self._panels[2]
        body = whole.adjusted(0, BAR_HEIGHT, 0, -FOOT_HEIGHT)
        painter = QPainter(self)
        painter.fillRect(whole, theme.panel)
        painter.fillRect(body.adjusted(left + 1, 0, -right - 1, 0), theme.page)
        for line in (
            QRect(0, BAR_HEIGHT - 1, whole.width(), 1),
            QRect(left, body.top(), 1, body.height()),
            QRect(whole.width() - right - 1, body.top(), 1, body.height()),
        ):
            painter.fillRect(line, theme.hairline)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        words = QColor(theme.hairline)
        words.setAlphaF(0.6)
        painter.setBrush(words)
        for number, top in enumerate(range(body.top() + 110, body.bottom() - ROW, ROW)):
            room = left - LEFT - RIGHT - 22 * (number % 3)
            painter.drawRoundedRect(LEFT, top, max(room, 20), 9, 4, 4)
            painter.drawRoundedRect(LEFT, top + 18, max(room // 2, 12), 7, 3, 3)
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
