"""Choosing a colour: pairs for the light and the dark theme that stand out, or one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.ui.boxes import ChoiceBox

Pair = tuple[str, str]
SWATCH = QSize(32, 14)


class ColourField(QWidget):
    """A list of pairs, and two fields for a pair of one's own."""

    chosen = Signal(object)

    def __init__(self, colour: Pair | None, offered: Sequence[Pair], *, none: bool) -> None:
        super().__init__()
        self.box = ChoiceBox(self.tr("Colour in the light and the dark theme"))
        self.box.setIconSize(SWATCH)
        pairs = list(offered)
        if colour and colour not in pairs:
            pairs.insert(0, colour)
        items = [*([(self.tr("none"), "")] if none else []), *((" ", ",".join(p)) for p in pairs)]
        self.box.offer(items, ",".join(colour) if colour else "")
        for place in range(self.box.count()):
            data = str(self.box.itemData(place))
            if data:
                light, dark = data.split(",")
                self.box.setItemIcon(place, _swatch(light, dark))
        self.box.activated.connect(self._take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box)
        self.fields: list[QLineEdit] = []
        for name, shade in zip(
            (self.tr("light theme"), self.tr("dark theme")), colour or ("", ""), strict=True
        ):
            field = QLineEdit(shade)
            field.setFixedWidth(84)
            field.setPlaceholderText("#0072b2")
            field.setAccessibleName(self.tr("Colour in the {}").format(name))
            field.editingFinished.connect(self._typed)
            self.fields.append(field)
            layout.addWidget(field)
        self._none = none

    def _take(self, _: int) -> None:
        data = str(self.box.currentData() or "")
        pair = tuple(data.split(",")) if data else ("", "")
        for field, shade in zip(self.fields, pair, strict=True):
            field.setText(shade)
        self.chosen.emit(pair if data else None)

    def _typed(self) -> None:
        light, dark = (field.text().strip() for field in self.fields)
        if light and dark:
            self.chosen.emit((light, dark))
        elif self._none and not light and not dark:
            self.chosen.emit(None)


def _swatch(light: str, dark: str) -> QIcon:
    pixmap = QPixmap(SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    half = SWATCH.width() // 2
    painter.fillRect(QRect(0, 0, half, SWATCH.height()), QColor(light))
    painter.fillRect(QRect(half, 0, half, SWATCH.height()), QColor(dark))
    painter.end()
    return QIcon(pixmap)
