"""A list of choices that folds open, and a box to tick, drawn to fit the rest of the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionComboBox

Item = tuple[str, object]

AROUND = 34
"""Edges, arrow and the room beside the words of a box, in pixels, as the style sheet has them."""


class ChoiceBox(QComboBox):
    """A combo box with a small arrow; the wheel scrolls what is around it, not its value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(190)

    def offer(self, items: Sequence[Item], chosen: object) -> None:
        """Offer labels with data and choose one, without a signal."""
        blocked = self.blockSignals(True)
        there = [(self.itemText(number), self.itemData(number)) for number in range(self.count())]
        if there != [(label, data) for label, data in items]:
            self.clear()
            for label, data in items:
                self.addItem(label, data)
        place = 0
        for number, (_, data) in enumerate(items):
            if data == chosen and type(data) is type(chosen):
                place = number
        self.setCurrentIndex(place)
        self.blockSignals(blocked)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Let what is chosen end in … where there is no room for it."""
        super().initStyleOption(option)
        # The style could tell the room, but to read it from disk takes a start as long as a frame.
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self.width() - AROUND
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().placeholderText().color(), 1.5))
        middle = QPointF(self.width() - 13, self.height() / 2 + 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            middle.setX(13)
        painter.drawPolyline(
            QPolygonF([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])
        )
        painter.end()


class TickBox(QCheckBox):
    """A check box with a tick, so that it is not its colour alone that tells what is chosen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        # Read with the first tick: the list of articles, which stands in a window at once, has none.
        from PySide6.QtWidgets import QStyle, QStyleOptionButton

        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().base().color(), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = QPointF(box.center()) + QPointF(0.5, 0.5)
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-3.2, 0.2),
                    middle + QPointF(-1, 2.6),
                    middle + QPointF(3.4, -2.6),
                ]
            )
        )
        painter.end()
