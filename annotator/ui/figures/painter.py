"""Draws a chart; parts differ by a pattern of lines as well as by colour."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.domain.figure import Figure, Form
from annotator.ui.figures import geometry
from annotator.ui.figures.geometry import Placed
from annotator.ui.theme import Theme

EVERY = 5.0
"""Lines of a pattern are so far apart."""

PALEST, DEEPEST = 0.06, 0.4
"""How strongly the cells of a table are tinted; words on the largest stay readable."""


def colour_of(figure: Figure, part: int, theme: Theme) -> QColor:
    """Return the colour of a part."""
    colours = figure.parts[part].colour
    return theme.shade(colours) if colours else theme.accent


def paint(
    painter: QPainter,
    figure: Figure,
    placed: Placed,
    theme: Theme,
    *,
    hover: int | None = None,
    current: int | None = None,
) -> None:
    """Draw everything.

    Args:
        hover, current: the spots under the pointer and with the focus.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(geometry.font())
    painter.setPen(QPen(theme.hairline, 1))
    painter.drawLines(placed.lines)
    for rect, part in placed.swatches:
        _fill(painter, figure, rect, part, theme)
    for number, spot in enumerate(placed.spots):
        part = spot.cell[1]
        if figure.form is Form.TABLE:
            painter.fillRect(spot.rect, theme.tint(theme.accent, PALEST + spot.share * DEEPEST))
        else:
            _fill(painter, figure, spot.rect, part, theme)
        if number in (hover, current):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.text, 2 if number == current else 1))
            painter.drawRect(spot.rect.adjusted(-1, -1, 0, 0))
    metrics = QFontMetricsF(geometry.font())
    for word in placed.words:
        painter.setPen(theme.muted if word.is_muted else theme.text)
        text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, word.rect.width())
        painter.drawText(word.rect, int(word.align), text)


def _fill(painter: QPainter, figure: Figure, rect: QRectF, part: int, theme: Theme) -> None:
    """Fill a part: plain, or with lines; what is missing is only an outline."""
    colour = colour_of(figure, part, theme)
    if figure.parts[part].is_missing:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        return
    painter.fillRect(rect, colour)
    painter.setPen(QPen(theme.tint(colour, 0.6), 1))
    painter.drawLines(list(_pattern(rect, part % 4)))
    painter.setPen(QPen(theme.page, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    painter.drawLine(rect.topLeft(), rect.bottomLeft())


def _pattern(rect: QRectF, part: int) -> Iterator[QLineF]:
    """Yield the lines that tell a part from the others: none, across, down, both."""
    if rect.width() > EVERY and rect.height() > EVERY:
        if part in (1, 3):
            y = rect.top() + EVERY / 2
            while y < rect.bottom() - 1:
                yield QLineF(rect.left(), y, rect.right() - 1, y)
                y += EVERY
        if part in (2, 3):
            x = rect.left() + EVERY / 2
            while x < rect.right() - 1:
                yield QLineF(x, rect.top(), x, rect.bottom() - 1)
                x += EVERY
