"""The shapes of marks: boxes, lanes with brackets, dots and waves, and the signs after them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from annotator.domain.codebook import Shape
from annotator.presentation.page_layout import PageMark, ParagraphMarks, Piece
from annotator.ui.page.paragraph import Paragraph
from annotator.ui.theme import Theme

FIRST_LANE, LANE = 4.0, 3.5
"""The first line under the words stands this far below the base line, the next ones this far apart."""

BRACKET = 6.0
WAVE, WAVE_HEIGHT = 3.0, 1.3
RADIUS = 4.0

_PENS = {
    Shape.DOTTED: Qt.PenStyle.DotLine,
    Shape.DASHED: Qt.PenStyle.DashLine,
}


class Strokes:
    """What to paint for the marks of one paragraph, worked out once and drawn at every frame."""

    def __init__(
        self, paragraph: Paragraph, marks: ParagraphMarks, theme: Theme, note: QFont
    ) -> None:
        self._boxes: list[tuple[QColor, QPen, list[QRectF]]] = []
        self._lines: list[tuple[QPen, list[QLineF]]] = []
        self._waves: list[tuple[QPen, list[QPolygonF]]] = []
        self._words: list[tuple[QColor, QPointF, str]] = []
        self._font = QFont(note)
        self._font.setWeight(QFont.Weight.Bold)
        self._theme = theme
        self._paragraph = paragraph
        self._add_boxes(marks.boxes)
        for piece in marks.lines:
            self._add_line(piece)
        for start, count in marks.crowded:
            self._add_crowd(start, count)

    def paint_under(self, painter: QPainter) -> None:
        """Paint what lies behind the words."""
        for fill, pen, rects in self._boxes:
            painter.setPen(pen)
            painter.setBrush(fill)
            for rect in rects:
                painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies under the base line and beside the words."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen, lines in self._lines:
            painter.setPen(pen)
            painter.drawLines(lines)
        for pen, waves in self._waves:
            painter.setPen(pen)
            for wave in waves:
                painter.drawPolyline(wave)
        if self._words:
            painter.setFont(self._font)
        for colour, place, words in self._words:
            painter.setPen(colour)
            painter.drawText(place, words)

    def _add_boxes(self, pieces: tuple[Piece, ...]) -> None:
        """Boxes of one colour that touch are one fill; an inner box gets an outline instead."""
        end_of: dict[str, int] = {}
        for piece in pieces:
            colour = self._colour(piece.mark)
            inner = piece.start < end_of.get(colour.name(), -1)
            end_of[colour.name()] = max(end_of.get(colour.name(), -1), piece.end)
            rects = [
                box_of(rect, self._paragraph)
                for rect in self._paragraph.rects(piece.start, piece.end)
            ]
            if inner:
                rects = [rect.adjusted(1.5, 2, -1.5, -2) for rect in rects]
            if piece.mark.ghost or inner:
                fill = QColor(Qt.GlobalColor.transparent)
                pen = QPen(
                    colour, 1, Qt.PenStyle.DashLine if piece.mark.ghost else Qt.PenStyle.SolidLine
                )
            else:
                fill, pen = self._theme.tint(colour, self._theme.box), QPen(Qt.PenStyle.NoPen)
            self._boxes.append((fill, pen, rects))

    def _add_line(self, piece: Piece) -> None:
        mark, lane = piece.mark, piece.lane or 0
        colour = self._colour(mark)
        rects = self._paragraph.rects(piece.start, piece.end)
        below = FIRST_LANE + lane * LANE
        levels = [self._paragraph.baseline(rect) + below for rect in rects]
        width = 1.0 + 0.5 * mark.weight if mark.shape is Shape.WAVE else 1.8
        style = Qt.PenStyle.DashLine if mark.ghost else _PENS.get(mark.shape, Qt.PenStyle.SolidLine)
        pen = QPen(colour, width, style, Qt.PenCapStyle.FlatCap)
        if mark.shape is Shape.WAVE and not mark.ghost:
            self._waves.append(
                (pen, [_wave(rect, y) for rect, y in zip(rects, levels, strict=True)])
            )
        else:
            lines = [
                QLineF(rect.left() + 0.5, y, rect.right() - 0.5, y)
                for rect, y in zip(rects, levels, strict=True)
            ]
            if mark.shape is Shape.DOUBLE:
                lines += [line.translated(0, 2) for line in lines]
            self._lines.append((pen, lines))
        if mark.shape is Shape.BRACKETS and rects:
            self._add_brackets(piece, rects, levels, colour)
        if mark.sign and piece.closes and rects and mark.shape is not Shape.BRACKETS:
            self._add_sign(mark.sign, rects[-1], colour)

    def _add_brackets(
        self, piece: Piece, rects: list[QRectF], levels: list[float], colour: QColor
    ) -> None:
        """Square brackets where the mark begins and ends; a short tick where a fragment does."""
        lines = []
        first, last = rects[0], rects[-1]
        rtl = self._paragraph.is_rtl
        if piece.start >= 0:
            x = first.right() if rtl else first.left()
            lines += _bracket(x, first, levels[0], inward=-1 if rtl else 1, tall=piece.opens)
        x = last.left() if rtl else last.right()
        lines += _bracket(x, last, levels[-1], inward=1 if rtl else -1, tall=piece.closes)
        self._lines.append((QPen(colour, 1.6), lines))

    def _add_sign(self, sign: str, rect: QRectF, colour: QColor) -> None:
        x = rect.left() - 7 if self._paragraph.is_rtl else rect.right() + 1
        self._words.append((colour, QPointF(x, rect.top() + 9), sign))

    def _add_crowd(self, start: int, count: int) -> None:
        rects = self._paragraph.rects(start, start + 1)
        if rects:
            place = QPointF(
                rects[0].left(), self._paragraph.baseline(rects[0]) + FIRST_LANE + 4 * LANE + 4
            )
            self._words.append((self._theme.muted, place, f"+{count}"))

    def _colour(self, mark: PageMark) -> QColor:
        return self._theme.muted if mark.ghost else self._theme.shade(mark.colour)


def box_of(rect: QRectF, paragraph: Paragraph) -> QRectF:
    """Return the box behind the words of a rectangle: around letters, not the whole leading."""
    baseline = paragraph.baseline(rect)
    height = paragraph.layout.font().pixelSize()
    return QRectF(rect.left() - 1.5, baseline - height * 0.98, rect.width() + 3, height * 1.3)


def _bracket(x: float, rect: QRectF, level: float, *, inward: int, tall: bool) -> list[QLineF]:
    top = rect.top() + rect.height() * 0.16 if tall else level - BRACKET
    arm = 3.5 * inward
    lines = [QLineF(x, top, x, level)]
    if tall:
        lines.append(QLineF(x, top, x + arm, top))
    return lines


def _wave(rect: QRectF, level: float) -> QPolygonF:
    points = []
    x, up = rect.left(), True
    while x < rect.right():
        points.append(QPointF(x, level + (-WAVE_HEIGHT if up else WAVE_HEIGHT)))
        x += WAVE
        up = not up
    return QPolygonF(points)
