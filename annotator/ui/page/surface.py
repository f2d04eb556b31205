"""The surface of the reading view: what stands where, in pixels of the viewport."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.ui.page.column import Column
from annotator.ui.page.notes import Note
from annotator.ui.page.painted import painted_offsets, painted_text
from annotator.ui.page.painting import Painting
from annotator.ui.page.scroll_bar import PageScrollBar
from annotator.ui.page.scroller import Scroller
from annotator.ui.page.setting import Choice, set_for
from annotator.ui.theme import LIGHT


class Surface(QAbstractScrollArea):
    """A page laid out in a column that can be scrolled; offsets are code points of the article."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A viewport of ours: to find out what one made by Qt is, PySide would look at every widget.
        self.setViewport(QWidget())
        self.theme = LIGHT
        self.setVerticalScrollBar(PageScrollBar(lambda: self.theme, self))
        self._choice = Choice()
        self.page = Page()
        self.column = Column(self.page, set_for(self._choice, 800))
        self._painting = Painting(self.page, self.column, self.theme)
        self._scroller = Scroller(self, self.column)

    def rects_of(self, start: int, end: int) -> list[QRect]:
        """Return the rectangles of a stretch in pixels of the viewport."""
        shift = -self._scroller.top
        return [rect.translated(0, shift).toAlignedRect() for rect in self.column.rects(start, end)]

    def offset_at(self, point: QPoint, *, nearest: bool = True) -> int:
        """Return the offset nearest to a point of the viewport (or of the character under it)."""
        y = point.y() + self._scroller.top
        number = self.column.at(y)
        paragraph = self.column.paragraph(number)
        start, _ = self.page.paragraphs[number]
        place = QPointF(point.x() - self.column.setting.left, y - self.column.top(number))
        return start + paragraph.offset_at(place, nearest=nearest)

    def is_on_text(self, point: QPoint) -> bool:
        """Tell whether a point of the viewport lies on a character."""
        y = point.y() + self._scroller.top
        number = self.column.at(y)
        place = QPointF(point.x() - self.column.setting.left, y - self.column.top(number))
        paragraph = self.column.paragraph(number)
        cell = paragraph.cell(paragraph.offset_at(place, nearest=False))
        return cell is not None and cell[0].adjusted(-1, -2, 1, 4).contains(place)

    def mark_at(self, point: QPoint) -> Id | None:
        """Return the smallest mark at a point of the viewport, or the one whose note lies there."""
        note = self.note_at(point)
        if note or not self.is_on_text(point):
            return note
        here = self.page.marks_at(self.offset_at(point, nearest=False))
        return here[0].id if here else None

    def grip_at(self, point: QPoint) -> int | None:
        """Return the edge of the current mark whose grip lies at a point of the viewport."""
        handles = self._painting.handles()
        return handles.grip_at(self._in_article(point)) if handles else None

    def is_on_tab(self, point: QPoint) -> bool:
        """Tell whether the letter of the current mark, from which ties are drawn, lies at a point."""
        handles = self._painting.handles()
        return handles is not None and handles.is_on_tab(self._in_article(point))

    def note_at(self, point: QPoint) -> Id | None:
        """Return the mark whose note lies at a point of the viewport."""
        left = self.column.setting.notes
        if left is None or point.x() < left - 10 or not self.page.text:
            return None
        y = point.y() + self._scroller.top
        here = self.column.at(y)
        for number in (here, here - 1):
            if number >= 0 and self.column.is_laid_out(number):
                found = self._note_in(number, point.x(), y - self.column.top(number))
                if found:
                    return found.mark
        return None

    def caret_rect(self) -> QRectF:
        """Return the rectangle of the caret in pixels of the viewport."""
        return self.column.caret(self.page.caret).translated(0, -self._scroller.top)

    def painted_text(self, mark: Id) -> str:
        """Return the characters that lie under what is painted for a mark."""
        return painted_text(self.page, self.column, mark)

    def painted_offsets(self, mark: Id) -> set[int]:
        """Return the offsets whose characters lie under what is painted for a mark."""
        return painted_offsets(self.page, self.column, mark)

    def first_visible_offset(self) -> int:
        """Return the offset at the top of the viewport, for coming back to it."""
        return self.offset_at(QPoint(int(self.column.setting.left) + 1, 4))

    def set_first_visible_offset(self, offset: int) -> None:
        """Scroll so that an offset stands at the top."""
        offset = max(0, min(offset, len(self.page.text)))
        number = self.page.paragraph_of(offset)
        paragraph = self.column.paragraph(number)
        line = paragraph.line_of(offset - self.page.paragraphs[number][0])
        if number or line:
            self._scroller.put_at_top(number, line * paragraph.line_height)
            self._show_scrolled()
        else:
            self.verticalScrollBar().setValue(0)

    def scroll_to(self, offset: int) -> None:
        """Bring an offset into view, if it is not."""
        number = self.page.paragraph_of(offset)
        place = self.column.paragraph(number).caret(offset - self.page.paragraphs[number][0])
        self._scroller.bring_into_view(number, place)
        self._show_scrolled()

    def _in_article(self, point: QPoint) -> QPointF:
        return QPointF(point.x(), point.y() + self._scroller.top)

    def _note_in(self, number: int, x: float, y: float) -> Note | None:
        notes = self._painting.notes(number)
        return next(
            (note for note in notes if note.place.adjusted(-10, 0, 0, 0).contains(x, y)), None
        )

    def _show_scrolled(self) -> None:
        """Bring the screen in step with the bar: move what stands there, paint the rest."""
        moved = self._scroller.moved_since_seen()
        if moved is None or not self.devicePixelRatioF().is_integer():
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved)
        self._scroller.remember_seen()
