"""The shapes of marks: boxes, lanes with brackets, dots and waves, and the signs after them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.domain.codebook import Shape
from annotator.presentation.page_layout import PageMark, ParagraphMarks, Piece
from annotator.ui.page.paragraph import Edge, Paragraph
from annotator.ui.theme import Theme

FIRST_LANE, LANE = 4.0, 3.5
"""The first line under the words stands this far below the base line, the next ones this far apart."""

OUTSIDE = 1.6
"""Brackets stand in the space before and after the words, not on their letters."""

ARM, FOOT = 3.0, 5.0
WAVE, WAVE_HEIGHT = 3.0, 1.4
RADIUS = 4.0


class Strokes:
    """What to paint for the marks of one paragraph, worked out once and drawn at every frame.

    Strokes of one pen are gathered in one path: a frame costs as many calls as there are
    pens, however many marks lie in the paragraph.
    """

    def __init__(
        self, paragraph: Paragraph, marks: ParagraphMarks, theme: Theme, small: QFont
    ) -> None:
        self._paragraph = paragraph
        self._theme = theme
        self._font = small
        self._metrics = QFontMetricsF(small)
        self._fills: dict[str, tuple[QColor, QPainterPath]] = {}
        self._outlines: dict[tuple[object, ...], tuple[QPen, QPainterPath]] = {}
        self._lines: dict[tuple[object, ...], tuple[QPen, list[QLineF]]] = {}
        self._waves: dict[tuple[object, ...], tuple[QPen, QPainterPath]] = {}
        self._words: list[tuple[QColor, QPointF, str]] = []
        for piece in marks.boxes:
            self._add_box(piece)
        for piece in marks.lines:
            self._add_line(piece)
        for start, count in marks.crowded:
            self._add_crowd(start, count)

    def paint_under(self, painter: QPainter) -> None:
        """Paint what lies behind the words."""
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, path in self._fills.values():
            painter.fillPath(path, colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen, path in self._outlines.values():
            painter.setPen(pen)
            painter.drawPath(path)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies under the base line and beside the words."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen, lines in self._lines.values():
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, path in self._waves.values():
            painter.setPen(pen)
            painter.drawPath(path)
        if self._words:
            painter.setFont(self._font)
        for colour, place, words in self._words:
            painter.setPen(colour)
            painter.drawText(place, words)

    def _add_box(self, piece: Piece) -> None:
        """The outer box is filled; a box within it, or across it, is outlined."""
        mark = piece.mark
        colour = self._colour(mark)
        rects = [box_of(rect, self._paragraph) for rect in self._rects(piece)]
        if mark.ghost or piece.lane:
            style = Qt.PenStyle.DashLine if mark.ghost else Qt.PenStyle.SolidLine
            inset = 2.0 * piece.lane
            path = self._path(self._outlines, colour, 1.2, style)
            for rect in rects:
                path.addRoundedRect(rect.adjusted(0.6, inset, -0.6, -inset), RADIUS, RADIUS)
        else:
            strength = self._theme.box * (0.55 if mark.owner else 1)
            fill = self._theme.tint(colour, strength)
            _, path = self._fills.setdefault(fill.name(), (fill, _winding()))
            for rect in rects:
                path.addRoundedRect(rect, RADIUS, RADIUS)
        self._add_sign(piece)

    def _add_line(self, piece: Piece) -> None:
        mark = piece.mark
        colour = self._colour(mark)
        rects = self._rects(piece)
        levels = [self._level(rect, piece.lane) for rect in rects]
        if mark.shape is Shape.WAVE and not mark.ghost:
            width = (0.5 if mark.owner else 0.8) + 0.4 * mark.weight
            path = self._path(self._waves, colour, width)
            for rect, level in zip(rects, levels, strict=True):
                _add_wave(path, rect.left(), rect.right(), level)
        else:
            self._add_straight(mark, colour, rects, levels)
        if mark.shape is Shape.BRACKETS:
            self._add_brackets(piece, colour)
        self._add_sign(piece)

    def _add_straight(
        self, mark: PageMark, colour: QColor, rects: list[QRectF], levels: list[float]
    ) -> None:
        width = 1.0 if mark.owner else 2.0
        lines = [
            QLineF(rect.left(), level, rect.right(), level)
            for rect, level in zip(rects, levels, strict=True)
        ]
        dashes: tuple[float, ...] = ()
        if mark.ghost or mark.shape is Shape.DASHED:
            dashes = (3, 2)
        elif mark.shape is Shape.DOTTED:
            dashes = (1, 1.2)
        elif mark.shape is Shape.DOUBLE:
            width = 1.0
            lines += [line.translated(0, 2) for line in lines]
        self._gather(colour, width, dashes).extend(lines)

    def _add_brackets(self, piece: Piece, colour: QColor) -> None:
        """Square brackets where the mark begins and ends; short ones where only a fragment does."""
        edges = self._paragraph.edges(piece.start, piece.end)
        if edges is None:
            return
        opening, closing = edges
        lines = self._gather(colour, 1.0 if piece.mark.owner else 1.5, ())
        lines += self._bracket(opening, opening.direction, piece.lane, tall=piece.opens)
        lines += self._bracket(closing, -closing.direction, piece.lane, tall=piece.closes)

    def _bracket(self, edge: Edge, inward: int, lane: int, *, tall: bool) -> list[QLineF]:
        x, level = round(edge.x - OUTSIDE * inward), self._level(edge.line, lane)
        baseline = self._paragraph.baseline(edge.line)
        top = round(baseline - self._paragraph.size * (0.86 if tall else -0.05))
        lines = [QLineF(x, top, x, level), QLineF(x, level, x + OUTSIDE * inward, level)]
        if tall:
            lines.append(QLineF(x, top, x + ARM * inward, top))
        return lines

    def _add_sign(self, piece: Piece) -> None:
        """A small sign, or another annotator's initials, after the end; below the words like its line."""
        mark = piece.mark
        words = " ".join(
            part
            for part in (mark.sign if mark.shape is not Shape.BRACKETS else "", mark.owner)
            if part
        )
        edges = self._paragraph.edges(piece.start, piece.end) if words and piece.closes else None
        if edges is None:
            return
        edge = edges[1]
        width = self._metrics.horizontalAdvance(words)
        x = edge.x + 2 if edge.direction > 0 else edge.x - width - 2
        lane = 0 if mark.shape is Shape.BOX else piece.lane
        place = QPointF(x, self._level(edge.line, lane) + self._metrics.xHeight() / 2 + 1)
        self._words.append((self._colour(mark), place, words))

    def _add_crowd(self, start: int, count: int) -> None:
        cell = self._paragraph.cell(start)
        if cell:
            rect, _ = cell
            place = QPointF(rect.left(), self._level(rect, 3) + self._metrics.ascent() - 2)
            self._words.append((self._theme.muted, place, f"+{count}"))

    def _rects(self, piece: Piece) -> list[QRectF]:
        return self._paragraph.rects(piece.start, piece.end)

    def _level(self, rect: QRectF, lane: int) -> float:
        return self._paragraph.baseline(rect) + FIRST_LANE + lane * LANE

    def _colour(self, mark: PageMark) -> QColor:
        return self._theme.muted if mark.ghost else self._theme.shade(mark.colour)

    def _gather(self, colour: QColor, width: float, dashes: tuple[float, ...]) -> list[QLineF]:
        key = (colour.name(), width, dashes)
        if key not in self._lines:
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if dashes:
                pen.setDashPattern(dashes)
            self._lines[key] = pen, []
        return self._lines[key][1]

    def _path(
        self,
        paths: dict[tuple[object, ...], tuple[QPen, QPainterPath]],
        colour: QColor,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> QPainterPath:
        key = (colour.name(), width, style)
        return paths.setdefault(key, (QPen(colour, width, style), QPainterPath()))[1]


def box_of(rect: QRectF, paragraph: Paragraph) -> QRectF:
    """Return the box behind the words of a rectangle: around letters, not the whole leading."""
    top = round(paragraph.baseline(rect) - paragraph.size * 0.95)
    return QRectF(rect.left() - 1.5, top, rect.width() + 3, round(paragraph.size * 1.27))


def _winding() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _add_wave(path: QPainterPath, left: float, right: float, level: float) -> None:
    path.moveTo(left, level)
    x, up = left, True
    while x + WAVE <= right + 0.5:
        bend = level + (-2 if up else 2) * WAVE_HEIGHT
        path.quadTo(x + WAVE / 2, bend, x + WAVE, level)
        x += WAVE
        up = not up
