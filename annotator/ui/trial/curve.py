"""The learning curve: score by number of articles, one line for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from annotator.domain.counts import counted
from annotator.presentation.trial_table import Curve
from annotator.ui.theme import Theme

DOT = 3.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 170, 12, 26
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine)


class CurveView(QWidget):
    """Paints the curves; lines are told apart by their names at the right, not by colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._curves: list[Curve] = []
        self.setMinimumHeight(170)
        self.setAccessibleName(self.tr("Learning curve"))

    def sizeHint(self) -> QSize:
        """Return a size at which four points are read easily."""
        return QSize(420, 190)

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Show other curves."""
        self._curves = list(curves)
        self.setAccessibleDescription(
            "; ".join(
                f"{curve.layer}: "
                + ", ".join(
                    f"{counted(count, 'article')} {value:.2f}" for count, value in curve.points
                )
                for curve in self._curves
            )
        )
        self.setVisible(bool(self._curves))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint axes, lines and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        counts = sorted({count for curve in self._curves for count, _ in curve.points})
        if not counts:
            return
        self._axes(painter, area, counts)
        ends = sorted(
            ((_at(area, counts, *curve.points[-1]).y(), number) for number, curve in
             enumerate(self._curves))
        )  # fmt: skip
        lowest = area.top()
        for y, number in ends:
            curve = self._curves[number]
            pen = QPen(self.theme.accent, 2, _STYLES[number % len(_STYLES)])
            painter.setPen(pen)
            dots = [_at(area, counts, *point) for point in curve.points]
            painter.drawPolyline(QPolygonF(dots))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.accent)
            for dot in dots:
                painter.drawEllipse(dot, DOT, DOT)
            lowest = max(lowest, y)
            painter.setPen(self.theme.text)
            painter.drawText(QPointF(area.right() + 8, lowest + 4), _name(curve))
            lowest += 15
        painter.end()

    def _axes(self, painter: QPainter, area: QRectF, counts: list[int]) -> None:
        painter.setPen(QPen(self.theme.hairline, 1))
        for value in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = area.bottom() - value * area.height()
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(self.theme.muted)
        for value in (0.0, 0.5, 1.0):
            y = area.bottom() - value * area.height()
            painter.drawText(QPointF(4, y + 4), f"{value:.1f}")
        for count in counts:
            x = _at(area, counts, count, 0.0).x()
            painter.drawText(QPointF(x - 6, area.bottom() + 18), f"{count:,}")


def _name(curve: Curve) -> str:
    value = curve.points[-1][1]
    rules = "" if curve.rules is None else f" (rules {curve.rules:.2f})"
    return f"{curve.layer} {value:.2f}{rules}"


def _at(area: QRectF, counts: list[int], count: int, value: float) -> QPointF:
    """Return where a point lies; each doubling of the articles takes the same width."""
    span = log2(counts[-1] / counts[0]) or 1.0
    share = log2(count / counts[0]) / span
    return QPointF(area.left() + share * area.width(), area.bottom() - value * area.height())
