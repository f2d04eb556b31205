"""Where names stand beside their nodes so that none covers another; those without room are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP = 3.0


def place(
    nodes: Sequence[tuple[QPointF, float]], sizes: Sequence[QSizeF], area: QRectF
) -> list[QRectF | None]:
    """Return a rectangle for each name, or None where there is no room.

    Args:
        nodes: middle and radius of each; the first are the most important and choose first.
        sizes: of the names.
        area: which no name may leave.
    """
    taken = [_around(middle, radius) for middle, radius in nodes]
    placed: list[QRectF] = []
    found: list[QRectF | None] = []
    for number, ((middle, radius), size) in enumerate(zip(nodes, sizes, strict=True)):
        others = taken[:number] + taken[number + 1 :]
        chosen = next(
            (
                rect
                for rect in _candidates(middle, radius, size)
                if area.contains(rect)
                and not any(rect.intersects(other) for other in placed)
                and not any(rect.intersects(other) for other in others)
            ),
            None,
        )
        if chosen is not None:
            placed.append(chosen)
        found.append(chosen)
    return found


def _candidates(middle: QPointF, radius: float, size: QSizeF) -> Iterator[QRectF]:
    """Yield places beside, under, above and at the corners of a node, the most readable first."""
    wide, high = size.width(), size.height()
    x, y, away = middle.x(), middle.y(), radius + GAP
    near = away * 0.7
    for left, top in (
        (x + away, y - high / 2),
        (x - away - wide, y - high / 2),
        (x - wide / 2, y + away),
        (x - wide / 2, y - away - high),
        (x + near, y + near),
        (x + near, y - near - high),
        (x - near - wide, y + near),
        (x - near - wide, y - near - high),
    ):
        yield QRectF(left, top, wide, high)


def _around(middle: QPointF, radius: float) -> QRectF:
    return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
