"""What a frame of the page is made of, from the ground up; only what is visible is painted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextCharFormat, QTextLayout

from annotator.domain.identity import Id
from annotator.presentation.page import Page, PageMark
from annotator.ui.page.column import Column
from annotator.ui.page.handles import Handles, handles_of, paint_handles
from annotator.ui.page.lettering import Lettering
from annotator.ui.page.links import paint_links
from annotator.ui.page.notes import Note, notes_of, paint_note
from annotator.ui.page.outlines import draw_outlines
from annotator.ui.page.paragraph import Paragraph
from annotator.ui.page.strokes import FIRST_LANE, RADIUS, Strokes, box_of
from annotator.ui.page.veil import paint_veil
from annotator.ui.theme import Theme

KEPT = 400
"""Paragraphs whose strokes are kept."""


class Medium(Enum):
    """What is painted on: pixels; paper, without pictures; or outlines, without letters either."""

    SCREEN = "screen"
    PAPER = "paper"
    OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class Changed:
    """What of a paragraph looks different: which of its lines, and whether its notes."""

    lines: set[int]
    notes: bool


class Painting:
    """Paints paragraphs of a column; strokes and notes are worked out once per change.

    Args:
        medium: what it is painted on.
    """

    def __init__(
        self, page: Page, column: Column, theme: Theme, medium: Medium = Medium.SCREEN
    ) -> None:
        self._page = page
        self._column = column
        self._theme = theme
        self._medium = medium
        self._small = Lettering(column.setting.small)
        self._note = Lettering(column.setting.note)
        self._ready: dict[int, tuple[Paragraph, Strokes, list[Note]]] = {}

    def forget(self, paragraphs: tuple[int, ...] | None = None) -> None:
        """Work strokes and notes out anew, of these paragraphs or of all."""
        if paragraphs is None:
            self._ready.clear()
        for number in paragraphs or ():
            self._ready.pop(number, None)

    def change(self, number: int) -> Changed | None:
        """Take the marks that a paragraph has now; return what looks different, None if all may.

        What was worked out for its other lines is kept.
        """
        paragraph, strokes, before = self._ready.pop(number, (None, None, []))
        if strokes is None or paragraph is not self._column.paragraph(number):
            return None
        marks = self._page.layout(number)
        notes = notes_of(paragraph, marks, self._column.setting, self._note)
        self._ready[number] = paragraph, strokes, notes
        return Changed(strokes.change(marks), before != notes)

    def paint(self, painter: QPainter, region: QRectF, first: int, last: int) -> None:
        """Paint paragraphs ``first`` to ``last`` and what stands beside them, in article coordinates."""
        notes = self._column.setting.notes
        if notes is None or region.left() < notes - 12:
            for number in range(first, last + 1):
                self._paint_paragraph(painter, number, region)
            self._paint_handles(painter)
        if notes is not None and region.right() >= notes - 12:
            self._paint_notes(painter, first, last)
        paint_links(painter, self._page, self._column, self._theme, region.top(), region.bottom())

    def prepare(self, number: int) -> bool:
        """Work out a part of a paragraph before it is needed: its lanes and notes, or the strokes
        of a line; False if nothing is left to do.
        """
        if number in self._ready:
            return self._of(number)[1].prepare()
        self._of(number)
        return True

    def handles(self) -> Handles | None:
        """Return what the pointer can take hold of, in article coordinates."""
        mark = self._shown(self._page.current_mark)
        if mark is None or mark.ghost or not self._page.is_shown(mark.id):
            return None
        return handles_of(mark, self._page, self._column, self._small)

    def notes(self, number: int) -> list[Note]:
        """Return the notes of a paragraph; places are measured from its top."""
        return self._of(number)[2]

    def _paint_handles(self, painter: QPainter) -> None:
        mark, handles = self._page.marks.get(self._page.current_mark or ""), self.handles()
        if mark and handles:
            colour = self._theme.shade(mark.colour)
            paint_handles(painter, handles, colour, self._theme, self._column)

    def _of(self, number: int) -> tuple[Paragraph, Strokes, list[Note]]:
        found = self._ready.get(number)
        if found is None:
            if len(self._ready) >= KEPT:
                self._ready.clear()
            setting, marks = self._column.setting, self._page.layout(number)
            paragraph = self._column.paragraph(number)
            strokes = Strokes(paragraph, marks, self._theme, self._small)
            notes = notes_of(paragraph, marks, setting, self._note)
            found = self._ready[number] = paragraph, strokes, notes
        return found

    def _paint_paragraph(self, painter: QPainter, number: int, region: QRectF) -> None:
        paragraph, strokes, _ = self._of(number)
        left, top = self._column.setting.left, self._column.top(number)
        # What hangs out of a line reaches into the next one, not further.
        lines = (
            paragraph.line_at(region.top() - top) - 1,
            paragraph.line_at(region.bottom() - top) + 1,
        )
        painter.translate(left, top)
        start, end = self._page.paragraphs[number]
        chosen = [
            (mark, id == self._page.current_mark)
            for id in dict.fromkeys((self._page.hovered, self._page.current_mark))
            for mark in [self._shown(id)]
            if mark and mark.start < end and mark.end > start
        ]
        for mark, is_current in chosen:
            self._fill(painter, mark, paragraph, start, end, strong=is_current)
        self._paint_coloured(painter, paragraph, start, end)
        strokes.paint_under(painter, *lines)
        self._paint_hits(painter, paragraph, start, end)
        self._paint_selection(painter, paragraph, start, end)
        painter.setPen(self._theme.text)
        if self._medium is Medium.OUTLINES:
            draw_outlines(painter, paragraph, self._theme.text)
        else:
            faint = self._faint(paragraph, start, end)
            paragraph.layout.draw(painter, QPointF(0, 0), faint, region.translated(-left, -top))
        strokes.paint_over(painter, *lines, as_path=self._medium is not Medium.SCREEN)
        for mark, is_current in chosen:
            self._paint_thread(painter, mark, paragraph, start, end)
            if is_current:
                self._paint_ring(painter, mark, paragraph, start, end)
        lit = self._page.lit
        if lit is not None:
            inside = max(lit[0], start) - start, min(lit[1], end) - start
            paint_veil(painter, paragraph, self._column.setting.width, inside, self._theme)
        painter.translate(-left, -top)

    def _faint(self, paragraph: Paragraph, start: int, end: int) -> list[QTextLayout.FormatRange]:
        """Return what of a paragraph is set in the fainter colour: bylines, datelines, boilerplate."""
        found: list[QTextLayout.FormatRange] = []
        if not self._page.dims_quiet or self._medium is not Medium.SCREEN:
            return found
        for first, last in self._page.quiet_within(start, end):
            if first < end and last > start:
                part = QTextLayout.FormatRange()
                begin = paragraph.units.to_units(max(first - start, 0))
                part.start = begin
                part.length = paragraph.units.to_units(min(last, end) - start) - begin
                look = QTextCharFormat()
                look.setForeground(self._theme.muted)
                part.format = look
                found.append(part)
        return found

    def _shown(self, id: Id | None) -> PageMark | None:
        """Return a mark as it is to be shown now, which a drag of its edge may change."""
        preview = self._page.previewed
        return preview if preview and preview.id == id else self._page.marks.get(id or "")

    def _fill(
        self,
        painter: QPainter,
        mark: PageMark,
        paragraph: Paragraph,
        start: int,
        end: int,
        *,
        strong: bool,
    ) -> None:
        """A fill behind the current mark and the one under the pointer."""
        strength = self._theme.current if strong else self._theme.hover
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._theme.shade(mark.colour), strength))
        for rect in _rects(mark.extents, paragraph, start, end):
            painter.drawRoundedRect(box_of(rect, paragraph), RADIUS, RADIUS)

    def _paint_ring(
        self, painter: QPainter, mark: PageMark, paragraph: Paragraph, start: int, end: int
    ) -> None:
        """A ring around the current mark."""
        colour = self._theme.shade(mark.colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6))
        for rect in _rects(mark.extents, paragraph, start, end):
            painter.drawRoundedRect(box_of(rect, paragraph), RADIUS, RADIUS)

    def _paint_thread(
        self, painter: QPainter, mark: PageMark, paragraph: Paragraph, start: int, end: int
    ) -> None:
        """A dotted thread under the words between the fragments of one mark."""
        gaps = [(before[1], after[0]) for before, after in pairwise(mark.extents)]
        if not gaps:
            return
        colour = self._theme.shade(mark.colour)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine, Qt.PenCapStyle.FlatCap))
        for rect in _rects(gaps, paragraph, start, end):
            level = paragraph.baseline(rect) + FIRST_LANE
            painter.drawLine(QLineF(rect.left(), level, rect.right(), level))

    def _paint_coloured(
        self, painter: QPainter, paragraph: Paragraph, start: int, end: int
    ) -> None:
        """A band along the lower half of words that a kept search colours, on the screen only.

        Marks fill the whole height; a band looks like none of them.
        """
        if self._medium is not Medium.SCREEN:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for extent, pair in self._page.coloured:
            if extent[0] < end and extent[1] > start:
                painter.setBrush(self._theme.tint(self._theme.shade(pair), self._theme.box))
                for rect in _rects([extent], paragraph, start, end):
                    box = box_of(rect, paragraph)
                    painter.drawRect(box.adjusted(0, box.height() * 0.55, 0, 0))

    def _paint_hits(self, painter: QPainter, paragraph: Paragraph, start: int, end: int) -> None:
        """A frame around each place of words that are looked for."""
        hits = self._page.hits
        first = bisect_left(hits, (start, start))
        painter.setPen(QPen(self._theme.accent, 1.4, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for hit in hits[max(first - 1, 0) :]:
            if hit[0] >= end:
                break
            for rect in _rects([hit], paragraph, start, end):
                painter.drawRect(box_of(rect, paragraph))

    def _paint_selection(
        self, painter: QPainter, paragraph: Paragraph, start: int, end: int
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._theme.accent, self._theme.selection))
        for rect in _rects(self._page.selections, paragraph, start, end):
            painter.drawRect(box_of(rect, paragraph))

    def _paint_notes(self, painter: QPainter, first: int, last: int) -> None:
        painter.setFont(self._column.setting.note)
        strong: tuple[Id | None, ...] = (self._page.current_mark, self._page.hovered)
        # A note may stand a little below its paragraph, so the one above is painted, too.
        for number in range(max(first - 1, 0), last + 1):
            if not self._column.is_laid_out(number):
                continue
            top = self._column.top(number)
            painter.translate(0, top)
            for note in self._of(number)[2]:
                paint_note(painter, note, self._theme, strong=note.mark in strong)
            painter.translate(0, -top)


def _rects(
    extents: tuple[tuple[int, int], ...] | list[tuple[int, int]],
    paragraph: Paragraph,
    start: int,
    end: int,
) -> list[QRectF]:
    """Return the rectangles of what lies in the paragraph ``[start, end)``, measured from its corner."""
    return [
        rect
        for a, b in extents
        if a < end and b > start
        for rect in paragraph.rects(max(a, start) - start, min(b, end) - start)
    ]
