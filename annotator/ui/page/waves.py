"""The wavy line of sentiment: a picture that is cut to length on the screen, a path on paper.

Stroking a bent path smoothly costs some fifty times as much as copying its picture, and an
article may have hundreds of waves in sight.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

STEP, HEIGHT = 3.0, 1.4
"""Half a wave, and how far it swings to each side."""

TILE = 480
"""Length of a picture; longer waves are laid end to end."""

_ROOM = 4
"""Above and below the middle of a wave, for its swing and its width."""

_tiles: dict[tuple[int, float, float], QPixmap] = {}


class Wave(NamedTuple):
    """One wave: from ``left`` to ``right`` around the height ``level``."""

    colour: QColor
    width: float
    left: float
    right: float
    level: float

    def paint(self, painter: QPainter, *, as_path: bool) -> None:
        """Paint it; ``as_path`` for devices without pixels."""
        if as_path:
            painter.setPen(QPen(self.colour, self.width))
            painter.drawPath(_path(self.left, self.right, self.level))
            return
        scale = painter.device().devicePixelRatioF()
        tile = _tile(self.colour, self.width, scale)
        left, top = round(self.left), round(self.level) - _ROOM
        while left < self.right:
            length = min(TILE, ceil(self.right - left))
            painter.drawPixmap(
                QRectF(left, top, length, 2 * _ROOM),
                tile,
                QRectF(0, 0, length * scale, 2 * _ROOM * scale),
            )
            left += length


def _tile(colour: QColor, width: float, scale: float) -> QPixmap:
    """Return the picture of a long wave; there are as many as colours and widths."""
    key = (colour.rgb(), width, scale)
    found = _tiles.get(key)
    if found is None:
        found = _tiles[key] = QPixmap(ceil(TILE * scale), ceil(2 * _ROOM * scale))
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, width))
        painter.drawPath(_path(0, TILE + STEP, _ROOM))
        painter.end()
    return found


def _path(left: float, right: float, level: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, level))
    x, side = left, -2.0
    while x + STEP <= right + 0.5:
        path.quadTo(x + STEP / 2, level + side * HEIGHT, x + STEP, level)
        x, side = x + STEP, -side
    return path
