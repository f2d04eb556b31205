"""Draws a network: circles are actors, squares are topics, dashed ties are against; colour never says it alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.presentation.network_view import Drawing
from annotator.ui.network import labels
from annotator.ui.theme import Theme

MARGIN_WIDE, MARGIN_HIGH = 90.0, 34.0
SMALL, LARGE = 4.5, 15.0
THIN, THICK = 1.0, 6.0
AGAINST = ("#a8321f", "#ff9a86")
ARROW = 9.0


@dataclass(frozen=True)
class Placed:
    """A drawing on an area: everything in pixels.

    Attributes:
        nodes: middle and radius of each.
        names: where each name stands; None has no room.
        ties: from edge to edge of their nodes; None where both ends are one node.
    """

    nodes: Sequence[tuple[QPointF, float]]
    names: Sequence[QRectF | None]
    ties: Sequence[QLineF | None]

    def node_at(self, point: QPointF) -> int | None:
        """Return the node under a point, the nearest of several."""
        near = [
            (QLineF(middle, point).length() - radius, number)
            for number, (middle, radius) in enumerate(self.nodes)
        ]
        named = [n for n, rect in enumerate(self.names) if rect and rect.contains(point)]
        away, number = min(near, default=(math.inf, -1))
        if away <= 3:
            return number
        return named[0] if named else None

    def tie_at(self, point: QPointF) -> int | None:
        """Return the tie under a point, within 5 pixels."""
        near = [(_distance(line, point), number) for number, line in enumerate(self.ties) if line]
        away, number = min(near, default=(math.inf, -1))
        return number if away <= 5 else None


def font_of(drawing: Drawing) -> QFont:
    """Return the face of names."""
    font = QFont()
    font.setPixelSize(12 if len(drawing.nodes) <= 80 else 11)
    return font


def place(drawing: Drawing, area: QRectF) -> Placed:
    """Return where everything stands on an area."""
    inner = area.adjusted(MARGIN_WIDE, MARGIN_HIGH, -MARGIN_WIDE, -MARGIN_HIGH)
    strongest = max((node.strength for node in drawing.nodes), default=0) or 1
    nodes = [
        (
            QPointF(
                inner.center().x() + node.x * inner.width() / 2,
                inner.center().y() + node.y * inner.height() / 2,
            ),
            SMALL + (LARGE - SMALL) * math.sqrt(node.strength / strongest),
        )
        for node in drawing.nodes
    ]
    metrics = QFontMetricsF(font_of(drawing))
    sizes = [
        QSizeF(metrics.horizontalAdvance(shown(node.name)) + 2, metrics.height())
        for node in drawing.nodes
    ]
    ties = [_line(nodes[tie.start], nodes[tie.end]) for tie in drawing.ties]
    return Placed(nodes, labels.place(nodes, sizes, area.adjusted(2, 2, -2, -2)), ties)


def shown(name: str) -> str:
    """Return a name as it is drawn, cut where it is very long."""
    return name if len(name) <= 34 else f"{name[:33].rstrip()}…"


def paint(
    painter: QPainter, drawing: Drawing, placed: Placed, theme: Theme, bright: frozenset[int] | None,
    current: int | None = None,
) -> None:  # fmt: skip
    """Draw everything.

    Args:
        bright: nodes that stand out while the rest steps back; None for no such difference.
        current: the node that has the focus.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    heaviest = max((abs(tie.weight) for tie in drawing.ties), default=0) or 1
    for tie, line in zip(drawing.ties, placed.ties, strict=True):
        lit = bright is None or (tie.start in bright and tie.end in bright)
        colour = QColor(AGAINST[theme.is_dark]) if tie.weight < 0 else theme.accent
        colour = theme.tint(colour, 0.75 if lit else 0.16)
        pen = QPen(colour, THIN + (THICK - THIN) * abs(tie.weight) / heaviest)
        if tie.weight < 0:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4.0, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        if line is None:
            middle, radius = placed.nodes[tie.start]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle + QPointF(0, -radius - 6), 7, 7)
        else:
            painter.drawLine(line)
            if drawing.is_directed:
                _arrow(painter, line, colour)
    for number, (node, (middle, radius)) in enumerate(
        zip(drawing.nodes, placed.nodes, strict=True)
    ):
        lit = bright is None or number in bright
        painter.setPen(QPen(theme.page, 1.5))
        fill = theme.muted if node.is_column else theme.accent
        painter.setBrush(theme.tint(fill, 1.0 if lit else 0.3))
        if node.is_column:
            side = radius * 0.88
            painter.drawRect(QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side))
        else:
            painter.drawEllipse(middle, radius, radius)
        if number == current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.text, 2))
            painter.drawEllipse(middle, radius + 3.5, radius + 3.5)
    painter.setFont(font_of(drawing))
    for number, (node, rect) in enumerate(zip(drawing.nodes, placed.names, strict=True)):
        lit = bright is None or number in bright
        if rect is not None:
            painter.fillRect(rect, theme.tint(theme.page, 1.0))
            painter.setPen(theme.text if lit else theme.tint(theme.muted, 0.6))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown(node.name))


def _line(start: tuple[QPointF, float], end: tuple[QPointF, float]) -> QLineF | None:
    whole = QLineF(start[0], end[0])
    length = whole.length()
    if length <= start[1] + end[1] + 1:
        return None if length == 0 else whole
    return QLineF(whole.pointAt(start[1] / length), whole.pointAt(1 - (end[1] + 1) / length))


def _arrow(painter: QPainter, line: QLineF, colour: QColor) -> None:
    angle = math.atan2(line.dy(), line.dx())
    tip = line.p2()
    wings = [
        tip - QPointF(math.cos(angle + turn) * ARROW, math.sin(angle + turn) * ARROW)
        for turn in (-0.42, 0.42)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, *wings]))


def _distance(line: QLineF, point: QPointF) -> float:
    """Return how far a point lies from a stretch of line."""
    square = line.dx() ** 2 + line.dy() ** 2
    along = (
        ((point.x() - line.x1()) * line.dx() + (point.y() - line.y1()) * line.dy()) / square
        if square
        else 0.0
    )
    return QLineF(line.pointAt(min(max(along, 0.0), 1.0)), point).length()
