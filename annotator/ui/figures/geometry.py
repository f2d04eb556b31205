"""Where everything of a chart stands: bars and cells with what they count, words, lines, the key to the parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.domain.figure import Cell, Figure, Form

ROW, BAR = 24.0, 14.0
CELL, CELL_GAP = 28.0, 2.0
LEGEND = 24.0
TIME = 176.0
PERIODS = 20.0
SWATCH = 10.0
LABEL_SHARE = 0.34
THINNEST = 2.0
"""What counts 1 among thousands is still seen and can be hit."""

LEFT, RIGHT, MIDDLE = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignCenter,
)


@dataclass(frozen=True)
class Spot:
    """A bar, a part of one, or a cell: what can be pointed at.

    Attributes:
        share: how large its number is beside the largest, 0 to 1.
    """

    rect: QRectF
    cell: Cell
    share: float


@dataclass(frozen=True)
class Word:
    """A text, cut where it has no room."""

    rect: QRectF
    text: str
    align: Qt.AlignmentFlag
    is_muted: bool = True


@dataclass
class Placed:
    """A chart on an area; everything in pixels."""

    spots: list[Spot] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    lines: list[QLineF] = field(default_factory=list)
    swatches: list[tuple[QRectF, int]] = field(default_factory=list)

    def spot_at(self, point: QPointF) -> int | None:
        """Return the spot under a point; thin ones are found a little beside them, too."""
        for reach in (0.0, 3.0):
            for number, spot in enumerate(self.spots):
                if spot.rect.adjusted(-reach, -reach, reach, reach).contains(point):
                    return number
        return None


def font() -> QFont:
    """Return the face of charts."""
    face = QFont()
    face.setPixelSize(12)
    return face


def height_of(figure: Figure) -> float:
    """Return how high a chart is, whatever its width."""
    if not figure.behind:
        return ROW
    legend = LEGEND if _has_legend(figure) else 0.0
    if figure.form is Form.TIME:
        return legend + TIME + PERIODS
    if figure.form is Form.TABLE:
        return CELL * (len(figure.rows) + 1)
    return legend + ROW * max(len(figure.rows), 1)


def place(figure: Figure, width: float) -> Placed:
    """Return where everything stands at a width."""
    found = Placed()
    metrics = QFontMetricsF(font())
    if not figure.behind:
        found.words.append(Word(QRectF(0, 0, width, ROW), "Nothing to show yet.", LEFT))
        return found
    top = _legend(figure, width, metrics, found) if _has_legend(figure) else 0.0
    {Form.BARS: _bars, Form.TIME: _time, Form.TABLE: _table}[figure.form](
        figure, width, top, metrics, found
    )
    return found


def _bars(figure: Figure, width: float, top: float, metrics: QFontMetricsF, found: Placed) -> None:
    left = _label_width(figure, width, metrics)
    totals = [figure.total(row) for row in range(len(figure.rows))]
    most = max(totals) or 1
    told = [figure.total_told(row) for row in range(len(figure.rows))]
    right = max(map(metrics.horizontalAdvance, told)) + 8
    room = max(width - left - right - 8, 20.0)
    for row, name in enumerate(figure.rows):
        y = top + row * ROW
        found.words.append(Word(QRectF(0, y, left, ROW), name, RIGHT, is_muted=False))
        x = left + 8
        for part in range(len(figure.parts)):
            count = figure.count(row, part)
            if count:
                wide = max(count / most * room, THINNEST)
                rect = QRectF(x, y + (ROW - BAR) / 2, wide, BAR)
                found.spots.append(Spot(rect, (row, part), count / most))
                x += wide
        found.words.append(Word(QRectF(x + 6, y, right + 40, ROW), told[row], LEFT))


def _time(figure: Figure, width: float, top: float, metrics: QFontMetricsF, found: Placed) -> None:
    up = [_sum(figure, row, is_below=False) for row in range(len(figure.rows))]
    down = [_sum(figure, row, is_below=True) for row in range(len(figure.rows))]
    highest, lowest = max(up), max(down)
    step = _step(highest + lowest)
    left = metrics.horizontalAdvance(f"{max(highest, lowest):,}") + 10
    room = TIME - 14
    scale = room / ((highest + lowest) or 1)
    base = top + 7 + highest * scale
    for value in range(-(lowest // step) * step, highest + 1, step):
        y = base - value * scale
        found.lines.append(QLineF(left, y, width, y))
        found.words.append(Word(QRectF(0, y - 8, left - 6, 16), f"{abs(value):,}", RIGHT))
    wide = (width - left) / len(figure.rows)
    thick = min(wide * 0.8 if wide > 3 else wide, 40.0)
    tallest = max(highest, lowest) or 1
    for row in range(len(figure.rows)):
        x = left + row * wide + (wide - thick) / 2
        above = below = base
        for part, item in enumerate(figure.parts):
            count = figure.count(row, part)
            if not count:
                continue
            high = max(count * scale, THINNEST)
            if item.is_below:
                rect, below = QRectF(x, below, thick, high), below + high
            else:
                rect, above = QRectF(x, above - high, thick, high), above - high
            found.spots.append(Spot(rect, (row, part), count / tallest))
    longest = max(metrics.horizontalAdvance(name) for name in figure.rows) + 14
    every = max(math.ceil(longest / wide), 1)
    for row in range(0, len(figure.rows), every):
        middle = left + (row + 0.5) * wide
        rect = QRectF(middle - longest / 2, top + TIME, longest, PERIODS)
        if rect.right() <= width + 2:
            rect.moveLeft(max(rect.left(), 0))
            found.words.append(Word(rect, figure.rows[row], MIDDLE))


def _table(figure: Figure, width: float, top: float, metrics: QFontMetricsF, found: Placed) -> None:
    left = _label_width(figure, width, metrics)
    wide = (width - left - 8) / len(figure.parts)
    most = max(map(len, figure.behind.values()))
    for part, item in enumerate(figure.parts):
        rect = QRectF(left + 8 + part * wide, top, wide - CELL_GAP, CELL)
        found.words.append(Word(rect, item.name, MIDDLE))
    for row, name in enumerate(figure.rows):
        y = top + (row + 1) * CELL
        found.words.append(Word(QRectF(0, y, left, CELL), name, RIGHT, is_muted=False))
        for part in range(len(figure.parts)):
            count = figure.count(row, part)
            rect = QRectF(left + 8 + part * wide, y, wide - CELL_GAP, CELL - CELL_GAP)
            if count:
                found.spots.append(Spot(rect, (row, part), count / most))
            found.words.append(
                Word(rect, f"{count:,}" if count else "·", MIDDLE, is_muted=not count)
            )


def _legend(figure: Figure, width: float, metrics: QFontMetricsF, found: Placed) -> float:
    x = 0.0
    for part, item in enumerate(figure.parts):
        wide = metrics.horizontalAdvance(item.name) + 2
        if x + SWATCH + 6 + wide > width:
            break
        found.swatches.append((QRectF(x, (LEGEND - 8 - SWATCH) / 2 + 2, SWATCH, SWATCH), part))
        found.words.append(Word(QRectF(x + SWATCH + 6, 0, wide, LEGEND - 6), item.name, LEFT))
        x += SWATCH + 6 + wide + 16
    return LEGEND


def _has_legend(figure: Figure) -> bool:
    return len(figure.parts) > 1 and figure.form is not Form.TABLE


def _label_width(figure: Figure, width: float, metrics: QFontMetricsF) -> float:
    longest = max(metrics.horizontalAdvance(name) for name in figure.rows) + 2
    return float(min(longest, width * LABEL_SHARE))


def _sum(figure: Figure, row: int, *, is_below: bool) -> int:
    return sum(
        figure.count(row, part)
        for part, item in enumerate(figure.parts)
        if item.is_below is is_below
    )


def _step(whole: int) -> int:
    """Return a round number that divides a height into two to five."""
    return next(step for step in _round_numbers() if whole / step <= 5)


def _round_numbers() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
