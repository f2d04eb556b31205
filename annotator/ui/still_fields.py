"""Fields whose value the wheel leaves alone: it scrolls the page that they stand on."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFontComboBox, QSpinBox


class NumberField(QSpinBox):
    """A field for a whole number."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class DecimalField(QDoubleSpinBox):
    """A field for a number with decimals."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class FaceField(QFontComboBox):
    """A field for one of the faces installed."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()
