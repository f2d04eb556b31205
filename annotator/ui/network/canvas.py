"""The picture of a network on the screen: point at a node or tie, click it, or walk it by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.presentation.network_view import Drawing
from annotator.ui.network import painter as painting
from annotator.ui.theme import Theme


class NetworkCanvas(QWidget):
    """Shows a drawing; the arrow keys walk the names from the strongest on, Enter chooses."""

    node_chosen = Signal(int)
    tie_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drawing: Drawing | None = None
        self.placed: painting.Placed | None = None
        self.current: int | None = None
        self._hover: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture of the network"))

    def sizeHint(self) -> QSize:
        """Return a size that holds a network well."""
        return QSize(900, 480)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show another drawing, or none."""
        if drawing is not self.drawing:
            self.drawing, self.current, self._hover = drawing, None, None
            self._place()

    def choose(self, number: int) -> None:
        """Choose a node."""
        self.current = number
        self._tell_current()
        self.update()
        self.node_chosen.emit(number)

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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let what lies under the pointer stand out."""
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
            found = self.drawing.ties[tie]
            names = (self.drawing.nodes[found.start].name, self.drawing.nodes[found.end].name)
            arrow = "→" if self.drawing.is_directed else "–"
            QToolTip.showText(place, f"{names[0]} {arrow} {names[1]}\n{found.weight:.3g}", self)
        else:
            QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the node or the tie under the pointer."""
        if self.placed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus()
        node = self.placed.node_at(event.position())
        tie = self.placed.tie_at(event.position()) if node is None else None
        if node is not None:
            self.choose(node)
        elif tie is not None:
            self.tie_chosen.emit(tie)

    def leaveEvent(self, event: QEvent) -> None:
        """Let everything stand out alike again."""
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from name to name, and choose."""
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        key = Qt.Key(event.key())
        if self.drawing and self.drawing.nodes and key in steps:
            before = -1 if self.current is None else self.current
            start = before if before >= 0 or steps[key] > 0 else 0
            self.current = (start + steps[key]) % len(self.drawing.nodes)
            self._tell_current()
            self.update()
        elif self.current is not None and key in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self.choose(self.current)
        else:
            super().keyPressEvent(event)

    def _bright(self) -> frozenset[int] | None:
        """Return the nodes that stand out: the one pointed at, or else the current one, with its neighbours."""
        node = self._hover if self._hover is not None else self.current
        if node is None or self.drawing is None:
            return None
        ends = {
            end
            for tie in self.drawing.ties
            if node in (tie.start, tie.end)
            for end in (tie.start, tie.end)
        }
        return frozenset({node, *ends})

    def _told(self, node: int) -> str:
        if self.drawing is None:
            return ""
        found = self.drawing.nodes[node]
        return f"{found.name}\n{len(found.marks):,} marks, ties of {found.strength:.3g} in all"

    def _tell_current(self) -> None:
        if self.current is not None:
            self.setAccessibleDescription(self._told(self.current))

    def _place(self) -> None:
        self.placed = (
            painting.place(self.drawing, QRectF(self.rect()))
            if self.drawing and self.width() > 40
            else None
        )
        self.update()
