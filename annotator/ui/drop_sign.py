"""The sign that files may be dropped: a line around the window, and a few words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import LIGHT, Theme

INSET, CORNER, LINE = 2, 6, 2
PAD = 12
"""In pixels: the line stands so far from the edge, and the words from the edge of their field."""


class DropSign(QWidget):
    """Lies over a window while files are dragged over it; takes neither mouse nor keys.

    Attributes:
        words: what dropping would do.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme = LIGHT
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, words: str, theme: Theme) -> None:
        """Show these words; none hide the sign."""
        self.words, self._theme = words, theme
        self.setAccessibleName(words)
        parent = self.parentWidget()
        if words and parent:
            self.setGeometry(parent.rect())
            self.raise_()
            self.update()
        self.setVisible(bool(words))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line, and the words in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.accent, LINE))
        frame = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        painter.drawRoundedRect(frame, CORNER, CORNER)
        metrics = self.fontMetrics()
        words = metrics.elidedText(
            self.words, Qt.TextElideMode.ElideMiddle, round(frame.width()) - 4 * PAD
        )
        field = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * PAD, metrics.height() + 2 * PAD)
        field.moveCenter(frame.center())
        painter.setBrush(self._theme.page)
        painter.drawRoundedRect(field, CORNER, CORNER)
        painter.setPen(self._theme.text)
        painter.drawText(field, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
