"""The scroll bar of the page: painted in two strokes, since it moves with every frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from annotator.ui.theme import Theme

MARGIN, RADIUS = 1, 4


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

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, and the handle where the style has it."""
        theme, option = self._theme(), QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            self,
        )
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
