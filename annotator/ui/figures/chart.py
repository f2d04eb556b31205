"""A chart on the screen: point at a number, click it, or walk the numbers by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.domain.figure import Figure
from annotator.ui.figures import geometry
from annotator.ui.figures import painter as painting
from annotator.ui.theme import Theme

SIDEWAYS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
DOWN = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows a figure; the arrow keys walk its numbers, Enter chooses."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.figure: Figure | None = None
        self.placed = geometry.Placed()
        self.current: int | None = None
        self._hover: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the figure."""
        high = geometry.height_of(self.figure) if self.figure else 0
        return QSize(320, int(high) + 4)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        if figure is not self.figure:
            self.figure, self.current, self._hover = figure, None, None
            self.setAccessibleName(figure.title)
            self.updateGeometry()
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint everything."""
        if self.figure is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.page)
        current = self.current if self.hasFocus() else None
        painting.paint(
            painter, self.figure, self.placed, self.theme, hover=self._hover, current=current
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the number under the pointer is."""
        spot = self.placed.spot_at(event.position())
        over = Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(over)
        if spot != self._hover:
            self._hover = spot
            self.update()
        if spot is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.told(spot), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the number under the pointer."""
        spot = self.placed.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(spot)

    def leaveEvent(self, event: QEvent) -> None:
        """Let nothing stand out."""
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the first number current, so that the focus is seen."""
        super().focusInEvent(event)
        if self.current is None and self.placed.spots:
            self._go_to(0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from number to number, and choose."""
        key = Qt.Key(event.key())
        spots = self.placed.spots
        if self.current is None or not spots:
            super().keyPressEvent(event)
        elif key in SIDEWAYS:
            self._go_to((self.current + SIDEWAYS[key]) % len(spots))
        elif key in DOWN:
            row, part = spots[self.current].cell
            wanted = [
                number for number, spot in enumerate(spots) if spot.cell[0] == row + DOWN[key]
            ]
            if wanted:
                self._go_to(min(wanted, key=lambda number: abs(spots[number].cell[1] - part)))
        elif key in CHOOSE:
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def told(self, spot: int) -> str:
        """Return a number in words."""
        if self.figure is None:
            return ""
        cell = self.placed.spots[spot].cell
        count = self.figure.count(*cell)
        noun = self.figure.of if count == 1 else f"{self.figure.of}s"
        return f"{self.figure.heading(*cell)}: {count:,} {noun}"

    def _choose(self, spot: int) -> None:
        self._go_to(spot)
        self.chosen.emit(*self.placed.spots[spot].cell)

    def _go_to(self, spot: int) -> None:
        self.current = spot
        self.setAccessibleDescription(self.told(spot))
        self.update()

    def _place(self) -> None:
        if self.figure:
            self.placed = geometry.place(self.figure, float(self.width()))
        self.update()
