"""The scroll bar of the page: painted in two strokes, since it moves with every frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.ui.theme import Theme

MARGIN, RADIUS = 1, 4

LEAST = 34
"""So high is the handle at least, with its margins, as the style sheet has it."""


class PageScrollBar(QScrollBar):
    """Looks like every other scroll bar of the program.

    A style paints one in more time than the page needs for its words.
    """

    def __init__(self, theme: Callable[[], Theme], parent: QWidget) -> None:
        """``theme`` is asked for the theme that is shown now."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def handle(self) -> QRect:
        """Return the place of the handle, which is the whole bar where there is nothing to scroll.

        The style could tell, but to read it from disk takes a start as long as a frame.
        """
        most, steps = self.height(), self.maximum() - self.minimum()
        length = most * self.pageStep() // max(steps + self.pageStep(), 1)
        length = min(max(length, LEAST), most) if steps else most
        gone = self.sliderPosition() - self.minimum()
        top = (2 * gone * (most - length) + steps) // (2 * max(steps, 1))
        return QRect(0, top, self.width(), length)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, and the handle."""
        theme, handle = self._theme(), self.handle()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.page)
        if self.maximum() > self.minimum():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            is_lit = self.isSliderDown() or (
                self.underMouse() and handle.contains(self.mapFromGlobal(QCursor.pos()))
            )
            painter.setBrush(theme.muted if is_lit else theme.hairline)
            box = QRectF(handle).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.end()
