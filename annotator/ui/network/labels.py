"""Where names stand beside their nodes so that none covers another; those without room are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP = 3.0
SQUARE = 64.0
"""The area is looked at in squares, so that only neighbours are compared."""


def place(
    nodes: Sequence[tuple[QPointF, float]], sizes: Sequence[QSizeF], area: QRectF
) -> list[QRectF | None]:
    """Return a rectangle for each name, or None where there is no room.

    Args:
        nodes: middle and radius of each; the first are the most important and choose first.
        sizes: of the names.
        area: which no name may leave.
    """
    taken = _Taken()
    for number, (middle, radius) in enumerate(nodes):
        taken.add(number, _around(middle, radius))
    found: list[QRectF | None] = []
    for number, ((middle, radius), size) in enumerate(zip(nodes, sizes, strict=True)):
        chosen = next(
            (
                rect
                for rect in _candidates(middle, radius, size)
                if area.contains(rect) and taken.is_free(rect, number)
            ),
            None,
        )
        if chosen is not None:
            taken.add(-1, chosen)
        found.append(chosen)
    return found


class _Taken:
    """Rectangles where nothing else may stand, each with the number of its node, or −1 for a name."""

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[tuple[int, QRectF]]] = defaultdict(list)

    def add(self, owner: int, rect: QRectF) -> None:
        for square in _squares(rect):
            self._squares[square].append((owner, rect))

    def is_free(self, rect: QRectF, own: int) -> bool:
        """Tell whether nothing but the own node lies under a rectangle."""
        return not any(
            owner != own and rect.intersects(other)
            for square in _squares(rect)
            for owner, other in self._squares.get(square, ())
        )


def _squares(rect: QRectF) -> Iterator[tuple[int, int]]:
    for across in range(int(rect.left() // SQUARE), int(rect.right() // SQUARE) + 1):
        for down in range(int(rect.top() // SQUARE), int(rect.bottom() // SQUARE) + 1):
            yield across, down


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
