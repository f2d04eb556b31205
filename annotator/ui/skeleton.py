"""What stands in the window while the program behind it is read: the list, the page, the inspector."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import Theme

FOOT, HANDLE = 39, 1
"""How high the foot is, and how wide the lines between the panels."""

LIST, ROW, LEFT, RIGHT = 88, 78, 14, 60
"""Where the list begins below its fields; a row has two lines of words, so far from its edges."""


def paint_rows(painter: QPainter, theme: Theme, place: QRect) -> None:
    """Paint where the words of a list will stand."""
    for number, top in enumerate(range(place.top(), place.bottom() - ROW // 2 - 20, ROW)):
        paint_row(painter, theme, QRect(place.left(), top, place.width(), ROW), number)


def paint_row(painter: QPainter, theme: Theme, place: QRect, number: int) -> None:
    """Paint where the words of one row will stand; rows of different numbers look a little different."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    words = QColor(theme.hairline)
    words.setAlphaF(0.6)
    painter.setBrush(words)
    room = max(place.width() - LEFT - RIGHT - 22 * (number % 3), 20)
    top = place.top() + 20
    painter.drawRoundedRect(place.left() + LEFT, top, room, 9, 4, 4)
    painter.drawRoundedRect(place.left() + LEFT, top + 24, room // 2, 8, 3, 3)
    painter.restore()


class Skeleton(QWidget):
    """The parts of the window as plain surfaces, where they will be; nothing in it can be clicked.

    Args:
        panels: widths of list, page and inspector; 0 for one that is hidden.

    Signals:
        painted: it is on the screen.
    """

    painted = Signal()

    def __init__(self, theme: Theme, panels: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._panels = panels
        self._is_painted = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the surfaces, and where the words of the list will stand."""
        theme, whole = self.theme, self.rect()
        left, right = self._panels[0], self._panels[2]
        body = whole.adjusted(0, 0, 0, -FOOT)
        page = body.adjusted(left + HANDLE, 0, -right - HANDLE if right else 0, 0)
        painter = QPainter(self)
        painter.fillRect(whole, theme.panel)
        painter.fillRect(page.adjusted(-HANDLE, 0, HANDLE, 0), theme.hairline)
        painter.fillRect(page, theme.page)
        paint_rows(painter, theme, QRect(0, LIST, left, body.height() - LIST))
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()


class RowsToCome(QWidget):
    """The place of a list that is still being read.

    Attributes:
        theme: to paint with.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint where its words will stand."""
        painter = QPainter(self)
        paint_rows(painter, self.theme, self.rect())
        painter.end()
