"""The picture of a network on the screen: point, click, drag, zoom, or walk it by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.domain.counts import counted
from annotator.presentation.network_view import Drawing
from annotator.ui.network import painter as painting
from annotator.ui.network.viewport import Viewport
from annotator.ui.theme import Theme

STEP = 1.25
"""One key, or one notch of the wheel, makes everything so many times larger or smaller."""

WALK = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class NetworkCanvas(QWidget):
    """Shows a drawing; the arrow keys walk the names from the strongest on, Enter chooses.

    Attributes:
        current: the node that was chosen or walked to.
        view: the part of the picture that is shown.
        moved: nodes that were dragged elsewhere, with their places.
    """

    node_chosen = Signal(int)
    tie_chosen = Signal(int)
    nothing_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drawing: Drawing | None = None
        self.placed: painting.Placed | None = None
        self.current: int | None = None
        self.view = Viewport()
        self.moved: dict[int, tuple[float, float]] = {}
        self._hover: int | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragged: int | None = None
        self._is_dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture of the network"))

    def sizeHint(self) -> QSize:
        """Return a size that holds a network well."""
        return QSize(900, 480)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show another drawing whole, or none."""
        if drawing is not self.drawing:
            self.drawing, self.current, self._hover = drawing, None, None
            self.moved = {}
            self.show_whole()

    def choose(self, number: int) -> None:
        """Choose a node."""
        self._go_to(number)
        self.node_chosen.emit(number)

    def show_whole(self) -> None:
        """Show the whole picture."""
        self.view = Viewport()
        self._place()

    def zoom(self, factor: float, point: QPointF | None = None) -> None:
        """Show everything larger or smaller around a point, or around the middle."""
        area = QRectF(self.rect())
        self.view = self.view.zoomed(area, area.center() if point is None else point, factor)
        self._place()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint everything."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.page)
        if self.drawing and self.placed:
            focus = self.current if self.hasFocus() else None
            painting.paint(painter, self.drawing, self.placed, self.theme, self._bright(), focus)
        if self.hasFocus():
            painter.setPen(self.theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the node under the pointer, or of the paper."""
        if self.placed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus()
        self._pressed = self._last = event.position()
        self._dragged = self.placed.node_at(event.position())
        self._is_dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; else let what lies under the pointer stand out."""
        if self._pressed is None:
            self._point(event)
            return
        away = (event.position() - self._pressed).manhattanLength()
        if not self._is_dragging and away < QApplication.startDragDistance():
            return
        self._is_dragging = True
        area = QRectF(self.rect())
        if self._dragged is None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.view = self.view.panned(area, event.position() - self._last)
        else:
            self.moved[self._dragged] = self.view.place(area, event.position())
        self._last = event.position()
        self._place()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked, unless something was dragged."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        self._point(event)
        if self._is_dragging or self.placed is None:
            return
        tie = self.placed.tie_at(event.position())
        if self._dragged is not None:
            self.choose(self._dragged)
        elif tie is not None:
            self.tie_chosen.emit(tie)
        else:
            self.current = None
            self.update()
            self.nothing_chosen.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Let everything stand out alike again."""
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def _point(self, event: QMouseEvent) -> None:
        if self.drawing is None or self.placed is None:
            return
        node = self.placed.node_at(event.position())
        tie = self.placed.tie_at(event.position()) if node is None else None
        over = node is not None or tie is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if node != self._hover:
            self._hover = node
            self.update()
        place = event.globalPosition().toPoint()
        if node is not None:
            QToolTip.showText(place, self._told(node), self)
        elif tie is not None:
            QToolTip.showText(place, self.drawing.told(tie), self)
        else:
            QToolTip.hideText()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from name to name, choose, zoom."""
        key = Qt.Key(event.key())
        if self.drawing and self.drawing.nodes and key in WALK:
            before = -1 if self.current is None else self.current
            start = before if before >= 0 or WALK[key] > 0 else 0
            self._go_to((start + WALK[key]) % len(self.drawing.nodes))
        elif self.current is not None and key in CHOOSE:
            self.choose(self.current)
        elif key in LARGER:
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def _go_to(self, number: int) -> None:
        """Make a node the current one, and bring it into sight."""
        self.current = number
        self.setAccessibleDescription(self._told(number))
        if self.placed and not QRectF(self.rect()).contains(self.placed.nodes[number][0]):
            away = QRectF(self.rect()).center() - self.placed.nodes[number][0]
            self.view = self.view.panned(QRectF(self.rect()), away)
            self._place()
        self.update()

    def _bright(self) -> frozenset[int] | None:
        """Return the nodes that stand out: the one pointed at, or else the current one, with its neighbours."""
        node = self._hover if self._hover is not None else self.current
        return None if node is None or self.drawing is None else self.drawing.around(node)

    def _told(self, node: int) -> str:
        if self.drawing is None:
            return ""
        found = self.drawing.nodes[node]
        return f"{found.name}\n{counted(len(found.marks), 'mark')}, ties of {found.strength:.3g} in all"

    def _place(self) -> None:
        self.placed = (
            painting.place(self.drawing, QRectF(self.rect()), self.view, self.moved)
            if self.drawing and self.width() > 40
            else None
        )
        self.update()
