"""Focus on a sentence or paragraph: a veil over all else, and a bracket beside what is in focus."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from annotator.domain.fragment import Extent
from annotator.ui.page.paragraph import Paragraph
from annotator.ui.theme import Theme

VEIL = 0.58
"""How much of the page lies over what is not in focus."""


def paint_veil(
    painter: QPainter, paragraph: Paragraph, width: float, lit: Extent, theme: Theme
) -> None:
    """Veil what is not in focus; a bracket in the margin tells what is, without any colour.

    Args:
        width: of the column.
        lit: what of the paragraph is in focus, from its start; empty where nothing is.
    """
    veiled = QRegion(-8, 0, round(width) + 16, ceil(paragraph.height))
    if lit[0] < lit[1]:
        lines = [
            QRectF(rect.left(), top, rect.width(), paragraph.line_height)
            for rect in paragraph.rects(*lit)
            for top in [paragraph.line_at(rect.center().y()) * paragraph.line_height]
        ]
        for line in lines:
            veiled -= QRegion(line.adjusted(-3, 0, 4, 0).toAlignedRect())
        _paint_bracket(painter, lines[0].top(), lines[-1].bottom(), theme)
    veil = QColor(theme.page)
    veil.setAlphaF(VEIL)
    for rect in cast("Iterable[QRect]", veiled):
        painter.fillRect(rect, veil)


def _paint_bracket(painter: QPainter, top: float, bottom: float, theme: Theme) -> None:
    painter.setPen(QPen(theme.muted, 1.5))
    x = -18.0
    painter.drawPolyline(
        [QPointF(x + 4, top + 3), QPointF(x, top + 3), QPointF(x, bottom), QPointF(x + 4, bottom)]
    )
