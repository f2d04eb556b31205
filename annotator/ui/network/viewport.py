"""Which part of a picture is shown: how large, and what is in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

MARGIN_WIDE, MARGIN_HIGH = 90.0, 34.0
"""At the edges of the whole picture, so that names there have room."""

SMALLEST, LARGEST = 0.5, 24.0


@dataclass(frozen=True)
class Viewport:
    """A part of a picture whose places go from −1 to 1.

    Attributes:
        zoom: 1 shows the whole picture.
        x, y: the place that is shown in the middle.
    """

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def point(self, area: QRectF, place: tuple[float, float]) -> QPointF:
        """Return where a place is on an area."""
        wide, high = self._unit(area)
        middle = area.center()
        return QPointF(
            middle.x() + (place[0] - self.x) * wide, middle.y() + (place[1] - self.y) * high
        )

    def place(self, area: QRectF, point: QPointF) -> tuple[float, float]:
        """Return which place is at a point."""
        wide, high = self._unit(area)
        away = point - area.center()
        return self.x + away.x() / wide, self.y + away.y() / high

    def zoomed(self, area: QRectF, point: QPointF, factor: float) -> Viewport:
        """Return it larger or smaller by a factor; what is at the point stays there."""
        zoom = min(max(self.zoom * factor, SMALLEST), LARGEST)
        x, y = self.place(area, point)
        share = self.zoom / zoom
        return Viewport(zoom, x + (self.x - x) * share, y + (self.y - y) * share)

    def panned(self, area: QRectF, by: QPointF) -> Viewport:
        """Return it after the picture was moved by so many pixels."""
        wide, high = self._unit(area)
        return replace(self, x=self.x - by.x() / wide, y=self.y - by.y() / high)

    def _unit(self, area: QRectF) -> tuple[float, float]:
        """Return how many pixels 1 is, across and down."""
        wide = max(area.width() / 2 - MARGIN_WIDE, 20.0)
        high = max(area.height() / 2 - MARGIN_HIGH, 20.0)
        return wide * self.zoom, high * self.zoom
