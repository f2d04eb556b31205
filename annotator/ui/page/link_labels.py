"""Labels along the curves in the margin, read from below: they never stand on each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from annotator.ui.theme import Theme

AROUND, APART = 4.0, 4.0
"""Room at either end of the words, and between two labels, in pixels."""


class Label(NamedTuple):
    """Words on a curve, turned upright.

    Attributes:
        x: of the curve; middle: the height at which the words have their middle.
        length, thickness: how much room they take along the curve, and across it.
    """

    words: str
    x: float
    middle: float
    length: float
    thickness: float
    colour: QColor

    @classmethod
    def of(
        cls, words: str, x: float, middle: float, metrics: QFontMetricsF, colour: QColor
    ) -> Label:
        """Return the label of words set in the face of these metrics."""
        length = metrics.horizontalAdvance(words) + 2 * AROUND
        return cls(words, x, middle, length, metrics.height(), colour)

    @property
    def place(self) -> QRectF:
        """What it covers, from the top left corner of the article."""
        return QRectF(
            self.x - self.thickness / 2,
            self.middle - self.length / 2,
            self.thickness,
            self.length,
        )


def set_apart(labels: Iterable[Label]) -> list[Label]:
    """Return labels that cover neither each other nor the edge: from above, each as high as it may be.

    A label without others near it stays where its curve wants it.
    """
    placed: list[Label] = []
    for label in sorted(labels, key=lambda one: (one.middle, one.x, one.words)):
        middle = max(label.middle, label.length / 2)
        found = label._replace(middle=middle)
        while other := next((one for one in placed if _touch(one, found)), None):
            # Below this one it cannot come back to it: all of them are passed at most once.
            middle = other.middle + (other.length + label.length) / 2 + APART
            found = label._replace(middle=middle)
        placed.append(found)
    return placed


def _touch(one: Label, other: Label) -> bool:
    across = (one.thickness + other.thickness) / 2
    along = (one.length + other.length) / 2 + APART
    return abs(one.x - other.x) < across and abs(one.middle - other.middle) < along - 0.01


def paint_label(painter: QPainter, label: Label, theme: Theme) -> None:
    """Paint a label; the curve behind its words is left out."""
    painter.save()
    painter.setPen(label.colour)
    painter.translate(label.x, label.middle)
    painter.rotate(-90)
    place = QRectF(-label.length / 2, -label.thickness / 2, label.length, label.thickness)
    painter.fillRect(place, theme.page)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label.words)
    painter.restore()
