"""Draws a network: circles are actors, squares are topics, dashed ties are against; colour never says it alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.presentation.network_view import Drawing
from annotator.ui.network import labels
from annotator.ui.network.viewport import Viewport
from annotator.ui.theme import Theme

SMALL, LARGE = 4.5, 15.0
THIN, THICK = 1.0, 6.0
AGAINST = ("#a8321f", "#ff9a86")
ARROW = 9.0
ASIDE = 3.5
"""A tie with a direction stands so far to its right, so that the one back is seen beside it."""

WHOLE = Viewport()
NOTHING: Mapping[int, tuple[float, float]] = MappingProxyType({})


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


def place(
    drawing: Drawing,
    area: QRectF,
    view: Viewport = WHOLE,
    moved: Mapping[int, tuple[float, float]] = NOTHING,
) -> Placed:
    """Return where everything stands on an area.

    Args:
        view: the part that is shown.
        moved: nodes that somebody put elsewhere, by number.
    """
    strongest = max((node.strength for node in drawing.nodes), default=0) or 1
    nodes = [
        (
            view.point(area, moved.get(number, (node.x, node.y))),
            SMALL + (LARGE - SMALL) * math.sqrt(node.strength / strongest),
        )
        for number, node in enumerate(drawing.nodes)
    ]
    metrics = QFontMetricsF(font_of(drawing))
    sizes = [
        QSizeF(metrics.horizontalAdvance(shown(node.name)) + 2, metrics.height())
        for node in drawing.nodes
    ]
    ties = [
        _line(nodes[tie.start], nodes[tie.end], ASIDE if drawing.is_directed else 0.0)
        for tie in drawing.ties
    ]
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
    lit = [bright is None or {tie.start, tie.end} <= bright for tie in drawing.ties]
    for wanted in (False, True):
        for number in (number for number, is_lit in enumerate(lit) if is_lit is wanted):
            _paint_tie(painter, drawing, placed, number, theme, is_lit=wanted)
    for number in reversed(range(len(drawing.nodes))):
        is_lit = bright is None or number in bright
        _paint_node(painter, drawing, placed, number, theme, is_lit=is_lit)
    if current is not None:
        middle, radius = placed.nodes[current]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.text, 2))
        painter.drawEllipse(middle, radius + 3.5, radius + 3.5)
    painter.setFont(font_of(drawing))
    for number, (node, rect) in enumerate(zip(drawing.nodes, placed.names, strict=True)):
        if rect is not None:
            is_lit = bright is None or number in bright
            painter.fillRect(rect, theme.page)
            painter.setPen(theme.text if is_lit else theme.tint(theme.muted, 0.6))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown(node.name))


def _paint_tie(
    painter: QPainter, drawing: Drawing, placed: Placed, number: int, theme: Theme, *, is_lit: bool
) -> None:
    tie, line = drawing.ties[number], placed.ties[number]
    colour = QColor(AGAINST[theme.is_dark]) if tie.weight < 0 else theme.accent
    colour = theme.tint(colour, 0.75 if is_lit else 0.16)
    pen = QPen(colour, THIN + (THICK - THIN) * abs(tie.weight) / drawing.heaviest)
    if tie.weight < 0:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4.0, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    if line is None:
        middle, radius = placed.nodes[tie.start]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle + QPointF(0, -radius - 6), 7, 7)
        return
    painter.drawLine(line)
    if drawing.is_directed:
        _arrow(painter, line, colour)


def _paint_node(
    painter: QPainter, drawing: Drawing, placed: Placed, number: int, theme: Theme, *, is_lit: bool
) -> None:
    node, (middle, radius) = drawing.nodes[number], placed.nodes[number]
    painter.setPen(QPen(theme.page, 1.5))
    fill = theme.muted if node.is_column else theme.accent
    painter.setBrush(theme.tint(fill, 1.0 if is_lit else 0.3))
    if node.is_column:
        side = radius * 0.88
        painter.drawRect(QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side))
    else:
        painter.drawEllipse(middle, radius, radius)


def _line(start: tuple[QPointF, float], end: tuple[QPointF, float], aside: float) -> QLineF | None:
    whole = QLineF(start[0], end[0])
    length = whole.length()
    if aside and length:
        whole.translate(-whole.dy() / length * aside, whole.dx() / length * aside)
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
