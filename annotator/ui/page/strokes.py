"""The shapes of marks: boxes, lanes with brackets, dots and waves, and the signs after them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QStaticText,
)

from annotator.domain.codebook import Shape
from annotator.presentation.page_layout import PageMark, ParagraphMarks, Piece
from annotator.ui.page.paragraph import Edge, Paragraph
from annotator.ui.page.waves import Wave
from annotator.ui.theme import Theme

FIRST_LANE, LANE = 4.0, 3.0
"""The first line under the words stands this far below the base line, the next ones this far apart."""

OUTSIDE = 1.6
"""Brackets stand in the space before and after the words, not on their letters."""

ARM, FOOT = 3.0, 5.0
RADIUS = 4.0


class Band:
    """What to paint for the marks on one line of a paragraph."""

    __slots__ = ("fills", "lines", "outlines", "waves", "words")

    def __init__(self) -> None:
        self.fills: list[tuple[QColor, QPainterPath]] = []
        self.outlines: list[tuple[QPen, QRectF]] = []
        self.lines: dict[tuple[object, ...], tuple[QPen, list[QLineF]]] = {}
        self.waves: list[Wave] = []
        self.words: list[tuple[QColor, QPointF, QStaticText, QRectF | None]] = []


class Strokes:
    """What to paint for the marks of one paragraph, worked out once and drawn at every frame.

    It is kept line by line, so that a frame costs what its lines cost. Straight lines of one pen
    are drawn by one call; boxes are filled one by one, since the time to fill a path grows faster
    than what is in it.
    """

    def __init__(
        self, paragraph: Paragraph, marks: ParagraphMarks, theme: Theme, small: QFont
    ) -> None:
        self._paragraph = paragraph
        self._theme = theme
        self._font = small
        self._metrics = QFontMetricsF(small)
        self._bands: dict[int, Band] = {}
        for piece in marks.boxes:
            self._add_box(piece)
        for piece in marks.lines:
            self._add_line(piece)
        for start, count in marks.crowded:
            self._add_crowd(start, count)

    def paint_under(self, painter: QPainter, first: int, last: int) -> None:
        """Paint what lies behind the words of these lines."""
        for band in self._between(first, last):
            for colour, path in band.fills:
                painter.fillPath(path, colour)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen, box in band.outlines:
                painter.setPen(pen)
                painter.drawRoundedRect(box, RADIUS, RADIUS)

    def paint_over(self, painter: QPainter, first: int, last: int, *, as_path: bool) -> None:
        """Paint what lies under the base line of these lines and beside their words."""
        bands = self._between(first, last)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for band in bands:
            for pen, lines in band.lines.values():
                painter.setPen(pen)
                painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for band in bands:
            for wave in band.waves:
                wave.paint(painter, as_path=as_path)
            for colour, place, words, ground in band.words:
                if ground is not None:
                    painter.fillRect(ground, self._theme.page)
                painter.setPen(colour)
                painter.drawStaticText(place, words)

    def _between(self, first: int, last: int) -> list[Band]:
        return [self._bands[n] for n in range(first, last + 1) if n in self._bands]

    def _band(self, rect: QRectF) -> Band:
        """Return the band of the line that a rectangle lies in."""
        return self._bands.setdefault(self._paragraph.line_at(rect.center().y()), Band())

    def _add_box(self, piece: Piece) -> None:
        """The outer box is filled; a box within it, or across it, is outlined."""
        mark = piece.mark
        colour = self._colour(mark)
        rects = self._rects(piece)
        for number, rect in enumerate(rects):
            band, box = self._band(rect), box_of(rect, self._paragraph)
            if mark.ghost or piece.lane:
                style = Qt.PenStyle.DashLine if mark.ghost else Qt.PenStyle.SolidLine
                inset = 2.0 * piece.lane
                band.outlines.append(
                    (QPen(colour, 1.2, style), box.adjusted(0.6, inset, -0.6, -inset))
                )
            else:
                strength = self._theme.box * (0.55 if mark.owner else 1)
                path = self._filled(box, begins=number == 0, ends=number == len(rects) - 1)
                band.fills.append((self._theme.tint(colour, strength), path))
        self._add_sign(piece)

    def _filled(self, box: QRectF, *, begins: bool, ends: bool) -> QPainterPath:
        """Return a box that is round where the mark begins and ends, and cut off where it goes on.

        Where directions mix, its parts on one line are all round: any side may be the inner one.
        """
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        if self._paragraph.mixes:
            return path
        path.setFillRule(Qt.FillRule.WindingFill)
        if not begins:
            path.addRect(QRectF(box.left(), box.top(), RADIUS, box.height()))
        if not ends:
            path.addRect(QRectF(box.right() - RADIUS, box.top(), RADIUS, box.height()))
        return path

    def _add_line(self, piece: Piece) -> None:
        mark = piece.mark
        colour = self._colour(mark)
        for rect in self._rects(piece):
            level = self._level(rect, piece.lane)
            if mark.shape is Shape.WAVE and not mark.ghost:
                width = (0.5 if mark.owner else 0.8) + 0.4 * mark.weight
                self._band(rect).waves.append(Wave(colour, width, rect.left(), rect.right(), level))
            else:
                self._add_straight(mark, colour, rect, level)
        if mark.shape is Shape.BRACKETS:
            self._add_brackets(piece, colour)
        self._add_sign(piece)

    def _add_straight(self, mark: PageMark, colour: QColor, rect: QRectF, level: float) -> None:
        width = 1.0 if mark.owner else 2.0
        line = QLineF(rect.left(), level, rect.right(), level)
        lines = [line]
        dashes: tuple[float, ...] = ()
        if mark.ghost or mark.shape is Shape.DASHED:
            dashes = (3, 2)
        elif mark.shape is Shape.DOTTED:
            dashes = (1, 1.2)
        elif mark.shape is Shape.DOUBLE:
            width = 1.0
            lines.append(line.translated(0, 2))
        self._gather(rect, colour, width, dashes).extend(lines)

    def _add_brackets(self, piece: Piece, colour: QColor) -> None:
        """Square brackets where the mark begins and ends; short ones where only a fragment does."""
        edges = self._paragraph.edges(piece.start, piece.end)
        if edges is None:
            return
        opening, closing = edges
        width = 1.0 if piece.mark.owner else 1.5
        for edge, inward, tall in (
            (opening, opening.direction, piece.opens),
            (closing, -closing.direction, piece.closes),
        ):
            lines = self._bracket(edge, inward, piece.lane, tall=tall)
            self._gather(edge.line, colour, width, ()).extend(lines)

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
        base = self._level(edge.line, lane) + self._metrics.xHeight() / 2 + 1
        self._add_words(edge.line, self._colour(mark), x, base, words)

    def _add_crowd(self, start: int, count: int) -> None:
        """How many more marks there are: above the words, where no lane is, on a ground of its own."""
        cell = self._paragraph.cell(start)
        if cell:
            rect, runs_left = cell
            words = f"+{count}"
            width = self._metrics.horizontalAdvance(words)
            x = rect.right() - width if runs_left else rect.left()
            base = self._paragraph.baseline(rect) - self._paragraph.size * 0.8
            capital = self._metrics.capHeight()
            ground = QRectF(x - 1, base - capital - 1, width + 2, capital + 2)
            self._add_words(rect, self._theme.muted, x, base, words, ground)

    def _add_words(
        self,
        rect: QRectF,
        colour: QColor,
        x: float,
        base: float,
        words: str,
        ground: QRectF | None = None,
    ) -> None:
        text = QStaticText(words)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(font=self._font)
        place = QPointF(x, base - self._metrics.ascent())
        self._band(rect).words.append((colour, place, text, ground))

    def _rects(self, piece: Piece) -> list[QRectF]:
        return self._paragraph.rects(piece.start, piece.end)

    def _level(self, rect: QRectF, lane: int) -> float:
        return self._paragraph.baseline(rect) + FIRST_LANE + lane * LANE

    def _colour(self, mark: PageMark) -> QColor:
        return self._theme.muted if mark.ghost else self._theme.shade(mark.colour)

    def _gather(
        self, rect: QRectF, colour: QColor, width: float, dashes: tuple[float, ...]
    ) -> list[QLineF]:
        """Return the lines of one pen on the line of a rectangle, to add to."""
        found = self._band(rect).lines
        key = (colour.rgb(), width, dashes)
        if key not in found:
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if dashes:
                pen.setDashPattern(dashes)
            found[key] = pen, []
        return found[key][1]


def box_of(rect: QRectF, paragraph: Paragraph) -> QRectF:
    """Return the box behind the words of a rectangle: around letters, not the whole leading."""
    top = round(paragraph.baseline(rect) - paragraph.size * 0.95)
    return QRectF(rect.left() - 1.5, top, rect.width() + 3, round(paragraph.size * 1.27))
