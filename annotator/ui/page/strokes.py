"""The shapes of marks: boxes, lanes with brackets, dots and waves, and the signs after them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QStaticText,
)

from annotator.domain.codebook import Shape
from annotator.presentation.page_layout import PageMark, ParagraphMarks, Piece
from annotator.ui.page.lettering import Lettering
from annotator.ui.page.paragraph import Edge, Paragraph
from annotator.ui.page.waves import Wave
from annotator.ui.theme import Theme

FIRST_LANE, LANE = 4.0, 3.0
"""The first line under the words stands this far below the base line, the next ones this far apart."""

OUTSIDE = 1.6
"""Brackets stand in the space before and after the words, not on their letters."""

ARM, FOOT = 3.0, 5.0
RADIUS = 4.0

Contents = tuple[list[tuple[Piece, range]], list[tuple[int, int]]]
"""What lies on a line: pieces of marks with the lines that each takes, and how many more begin where."""


class Band:
    """What to paint for the marks on one line of a paragraph.

    Attributes:
        line: its number; base: the height of its base line.
        lines: straight lines by their pen.
    """

    __slots__ = ("base", "fills", "line", "lines", "outlines", "waves", "words")

    def __init__(self, line: int, base: float) -> None:
        self.line = line
        self.base = base
        self.fills: list[tuple[QColor, QPainterPath]] = []
        self.outlines: list[tuple[QPen, QRectF]] = []
        self.lines: dict[tuple[object, ...], tuple[QPen, list[QLineF]]] = {}
        self.waves: list[Wave] = []
        self.words: list[tuple[QColor, QPointF, QStaticText, QRectF | None]] = []

    def lines_of(self, colour: QColor, width: float, dashes: tuple[float, ...]) -> list[QLineF]:
        """Return the lines of one pen, to add to."""
        key = (colour.rgb(), width, dashes)
        if key not in self.lines:
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if dashes:
                pen.setDashPattern(dashes)
            self.lines[key] = pen, []
        return self.lines[key][1]


class Strokes:
    """What to paint for the marks of one paragraph, worked out once and drawn at every frame.

    It is kept line by line, and worked out line by line when that comes into view, so that a
    frame costs what its lines cost. Straight lines of one pen are drawn by one call; boxes are
    filled one by one, since the time to fill a path grows faster than what is in it.

    Args:
        small: the face of the signs.
    """

    def __init__(
        self, paragraph: Paragraph, marks: ParagraphMarks, theme: Theme, small: Lettering
    ) -> None:
        self._paragraph = paragraph
        self._theme = theme
        self._small = small
        self._bands: dict[int, Band] = {}
        self._contents: dict[int, Contents] = {}
        self._waiting: set[int] = set()
        self.change(marks)

    def change(self, marks: ParagraphMarks) -> set[int]:
        """Take other marks of the paragraph; return the lines that look different for it.

        What was worked out for all other lines is kept.
        """
        before, self._contents = self._contents, _by_line(self._paragraph, marks)
        changed = {
            line
            for line in before.keys() | self._contents.keys()
            if before.get(line) != self._contents.get(line)
        }
        for line in changed:
            self._bands.pop(line, None)
        self._waiting = (self._waiting | changed) & self._contents.keys()
        return changed

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
        painter.setFont(self._small.font)
        for band in bands:
            for wave in band.waves:
                wave.paint(painter, as_path=as_path)
            for colour, place, words, ground in band.words:
                if ground is not None:
                    painter.fillRect(ground, self._theme.page)
                painter.setPen(colour)
                painter.drawStaticText(place, words)

    def prepare(self) -> bool:
        """Work out one more line before it is needed; False if all of them are."""
        line = min(self._waiting, default=None)
        if line is not None:
            self._band(line)
        return line is not None

    def _between(self, first: int, last: int) -> list[Band]:
        return [band for n in range(first, last + 1) if (band := self._band(n))]

    def _band(self, line: int) -> Band | None:
        if line in self._waiting:
            self._waiting.remove(line)
            self._bands[line] = self._worked_out(line)
        return self._bands.get(line)

    def _worked_out(self, line: int) -> Band:
        pieces, crowds = self._contents[line]
        band = Band(line, self._paragraph.base_of(line))
        for piece, lines in pieces:
            if piece.mark.shape is Shape.BOX:
                self._add_box(band, piece, lines)
            else:
                self._add_line(band, piece, lines)
        for start, count in crowds:
            self._add_crowd(band, start, count)
        return band

    def _add_box(self, band: Band, piece: Piece, lines: range) -> None:
        """The outer box is filled; a box within it, or across it, is outlined."""
        mark = piece.mark
        colour = self._colour(mark)
        for rect in self._paragraph.rects_on(band.line, piece.start, piece.end):
            box = _box(rect, band.base, self._paragraph.size)
            if mark.ghost or piece.lane:
                style = Qt.PenStyle.DashLine if mark.ghost else Qt.PenStyle.SolidLine
                inset = 2.0 * piece.lane
                band.outlines.append(
                    (QPen(colour, 1.2, style), box.adjusted(0.6, inset, -0.6, -inset))
                )
            else:
                strength = self._theme.box * (0.55 if mark.owner else 1)
                path = self._filled(box, begins=band.line == lines[0], ends=band.line == lines[-1])
                band.fills.append((self._theme.tint(colour, strength), path))
        self._add_sign(band, piece, colour, lines)

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

    def _add_line(self, band: Band, piece: Piece, lines: range) -> None:
        mark = piece.mark
        colour, level = self._colour(mark), _level(band, piece.lane)
        for rect in self._paragraph.rects_on(band.line, piece.start, piece.end):
            if mark.shape is Shape.WAVE and not mark.ghost:
                width = (0.5 if mark.owner else 0.8) + 0.4 * mark.weight
                band.waves.append(Wave(colour, width, rect.left(), rect.right(), level))
            else:
                self._add_straight(band, mark, colour, rect, level)
        if mark.shape is Shape.BRACKETS:
            self._add_brackets(band, piece, colour, lines)
        self._add_sign(band, piece, colour, lines)

    def _add_straight(
        self, band: Band, mark: PageMark, colour: QColor, rect: QRectF, level: float
    ) -> None:
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
        band.lines_of(colour, width, dashes).extend(lines)

    def _add_brackets(self, band: Band, piece: Piece, colour: QColor, lines: range) -> None:
        """Square brackets where the mark begins and ends; short ones where only a fragment does."""
        strokes = band.lines_of(colour, 1.0 if piece.mark.owner else 1.5, ())
        opening = self._paragraph.opening(piece.start) if band.line == lines[0] else None
        if opening:
            strokes += self._bracket(band, opening, opening.direction, piece.lane, tall=piece.opens)
        closing = self._paragraph.closing(piece.end) if band.line == lines[-1] else None
        if closing:
            strokes += self._bracket(
                band, closing, -closing.direction, piece.lane, tall=piece.closes
            )

    def _bracket(
        self, band: Band, edge: Edge, inward: int, lane: int, *, tall: bool
    ) -> list[QLineF]:
        x, level = round(edge.x - OUTSIDE * inward), _level(band, lane)
        top = round(band.base - self._paragraph.size * (0.86 if tall else -0.05))
        lines = [QLineF(x, top, x, level), QLineF(x, level, x + OUTSIDE * inward, level)]
        if tall:
            lines.append(QLineF(x, top, x + ARM * inward, top))
        return lines

    def _add_sign(self, band: Band, piece: Piece, colour: QColor, lines: range) -> None:
        """A small sign, or another annotator's initials, after the end; below the words like its line."""
        mark = piece.mark
        sign = mark.sign if mark.shape is not Shape.BRACKETS else ""
        words = " ".join(part for part in (sign, mark.owner) if part)
        is_here = words and piece.closes and band.line == lines[-1]
        edge = self._paragraph.closing(piece.end) if is_here else None
        if edge is None:
            return
        x = edge.x + 2 if edge.direction > 0 else edge.x - self._small.width(words) - 2
        lane = 0 if mark.shape is Shape.BOX else piece.lane
        base = _level(band, lane) + self._small.metrics.xHeight() / 2 + 1
        self._add_words(band, colour, x, base, words)

    def _add_crowd(self, band: Band, start: int, count: int) -> None:
        """How many more marks there are: above the words, where no lane is, on a ground of its own."""
        cell = self._paragraph.cell(start)
        if cell:
            rect, runs_left = cell
            words = f"+{count}"
            width = self._small.width(words)
            x = rect.right() - width if runs_left else rect.left()
            base = band.base - self._paragraph.size * 0.8
            capital = self._small.metrics.capHeight()
            ground = QRectF(x - 1, base - capital - 1, width + 2, capital + 2)
            self._add_words(band, self._theme.muted, x, base, words, ground)

    def _add_words(
        self,
        band: Band,
        colour: QColor,
        x: float,
        base: float,
        words: str,
        ground: QRectF | None = None,
    ) -> None:
        place = QPointF(x, base - self._small.metrics.ascent())
        band.words.append((colour, place, self._small.ready(words), ground))

    def _colour(self, mark: PageMark) -> QColor:
        return self._theme.muted if mark.ghost else self._theme.shade(mark.colour)


def _by_line(paragraph: Paragraph, marks: ParagraphMarks) -> dict[int, Contents]:
    found: dict[int, Contents] = {}
    for piece in (*marks.boxes, *marks.lines):
        lines = paragraph.lines_of(piece.start, piece.end)
        for line in lines:
            found.setdefault(line, ([], []))[0].append((piece, lines))
    for crowd in marks.crowded:
        found.setdefault(paragraph.line_of(crowd[0]), ([], []))[1].append(crowd)
    return found


def box_of(rect: QRectF, paragraph: Paragraph) -> QRectF:
    """Return the box behind the words of a rectangle: around letters, not the whole leading."""
    return _box(rect, paragraph.baseline(rect), paragraph.size)


def _box(rect: QRectF, base: float, size: float) -> QRectF:
    top = round(base - size * 0.95)
    return QRectF(rect.left() - 1.5, top, rect.width() + 3, round(size * 1.27))


def _level(band: Band, lane: int) -> float:
    return band.base + FIRST_LANE + lane * LANE
