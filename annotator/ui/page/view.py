"""The reading view: a scroll area that paints the visible paragraphs and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.presentation.signal import Signal as Announcement
from annotator.ui.page import accessible
from annotator.ui.page.caret_keys import CaretKeys
from annotator.ui.page.column import Column
from annotator.ui.page.notes import Note, notes_between, paint_notes
from annotator.ui.page.pointer import Pointer
from annotator.ui.page.setting import Choice, set_for
from annotator.ui.page.strokes import Strokes, box_of
from annotator.ui.theme import LIGHT, Theme

CARET_BLINK = 530
CARET_MARGIN = 60
"""The caret is kept this far from the upper and lower edge."""


class PageView(QAbstractScrollArea):
    """Shows a page; offsets in and out are code points of the article."""

    selection_finished = Signal()
    mark_clicked = Signal(str)
    context_requested = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Article"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = LIGHT
        self._choice = Choice()
        self.page = Page()
        self.column = Column(self.page, set_for(self._choice, 800))
        self._strokes: dict[int, Strokes] = {}
        self._notes: list[Note] = []
        self._anchored = (0, 0.0)
        self._quiet = False
        self._caret_on = True
        self._blink = QTimer(self)
        self._blink.setInterval(CARET_BLINK)
        self._blink.timeout.connect(self._toggle_caret)
        self.pointer = Pointer(self)
        self._keys = CaretKeys(self)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.set_page(self.page)

    # What is shown

    def set_page(self, page: Page) -> None:
        """Show this page and follow its changes."""
        for signal, slot in self._connections(self.page):
            signal.disconnect(slot)
        self.page = page
        for signal, slot in self._connections(page):
            signal.connect(slot)
        self._rebuild(keep_place=False)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self._strokes.clear()
        self.viewport().update()

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; what is read stays in place."""
        self.set_choice(
            Choice(
                self._choice.family,
                self._choice.size,
                self._choice.leading,
                self._choice.width,
                percent,
            )
        )

    def set_choice(self, choice: Choice) -> None:
        """Set the article in another face, size, leading or width."""
        if choice != self._choice:
            self._choice = choice
            self._rebuild(keep_place=True)

    # Places

    def rects_of(self, start: int, end: int) -> list[QRect]:
        """Return the rectangles of a stretch in pixels of the viewport."""
        shift = -self._scroll()
        return [rect.translated(0, shift).toAlignedRect() for rect in self.column.rects(start, end)]

    def offset_at(self, point: QPoint, *, nearest: bool = True) -> int:
        """Return the offset at a point of the viewport."""
        y = point.y() + self._scroll()
        number = self.column.at(y)
        paragraph = self.column.paragraph(number)
        start, _ = self.page.paragraphs[number]
        place = QPointF(point.x() - self.column.setting.left, y - self.column.top(number))
        return start + paragraph.offset_at(place, nearest=nearest)

    def is_on_text(self, point: QPoint) -> bool:
        """Tell whether a point of the viewport lies on a character."""
        offset = self.offset_at(point, nearest=False)
        return any(
            rect.adjusted(-1, -2, 1, 2).contains(point)
            for rect in self.rects_of(offset, offset + 1)
        )

    def note_at(self, point: QPoint) -> Id | None:
        """Return the mark whose note lies at a point of the viewport."""
        place = QPointF(point.x(), point.y() + self._scroll())
        return next((note.mark for note in self._notes if note.place.contains(place)), None)

    def caret_rect(self) -> QRectF:
        """Return the rectangle of the caret in pixels of the viewport."""
        number = self.page.paragraph_of(self.page.caret)
        start, _ = self.page.paragraphs[number]
        rect = self.column.paragraph(number).caret(self.page.caret - start)
        return rect.translated(self.column.setting.left, self.column.top(number) - self._scroll())

    def painted_offsets(self, mark: Id) -> set[int]:
        """Return the offsets whose characters lie under what is painted for a mark."""
        found: set[int] = set()
        for start, end in self.page.marks[mark].extents:
            first, last = self.page.paragraph_of(start), self.page.paragraph_of(end)
            rects = self.column.rects(start, end)
            for number in range(first, last + 1):
                for offset in range(*self.page.paragraphs[number]):
                    middle = self._middle_of(offset)
                    if middle is not None and any(rect.contains(middle) for rect in rects):
                        found.add(offset)
        return found

    def first_visible_offset(self) -> int:
        """Return the offset at the top of the viewport, for coming back to it."""
        return self.offset_at(QPoint(int(self.column.setting.left) + 1, 4))

    def set_first_visible_offset(self, offset: int) -> None:
        """Scroll so that an offset stands at the top."""
        number = self.page.paragraph_of(min(offset, len(self.page.text)))
        paragraph = self.column.paragraph(number)
        line = paragraph.line_of(offset - self.page.paragraphs[number][0])
        self._fill_range()
        y = self.column.top(number) + line * paragraph.line_height
        # Rounded up: a pixel less would show the paragraph before, whose height may be a guess.
        self.verticalScrollBar().setValue(math.ceil(y) if number or line else 0)

    def scroll_to(self, offset: int) -> None:
        """Bring an offset into view, if it is not."""
        number = self.page.paragraph_of(offset)
        start, _ = self.page.paragraphs[number]
        rect = (
            self.column.paragraph(number)
            .caret(offset - start)
            .translated(0, self.column.top(number))
        )
        self._fill_range()
        top, height = self._scroll(), self.viewport().height()
        margin = min(CARET_MARGIN, height / 4)
        if rect.top() < top + margin:
            self.verticalScrollBar().setValue(round(rect.top() - margin))
        elif rect.bottom() > top + height - margin:
            self.verticalScrollBar().setValue(round(rect.bottom() - height + margin))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paragraphs that the region touches."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.theme.page)
        if not self.page.text:
            self._paint_empty(painter)
            return
        scroll = self._scroll()
        painter.translate(0, -scroll)
        region = event.rect().translated(0, round(scroll))
        first, last = self._visible(region.top(), region.bottom())
        for number in range(first, last + 1):
            self._paint_paragraph(painter, number)
        if (
            self.column.setting.notes is not None
            and region.right() >= self.column.setting.notes - 8
        ):
            self._paint_notes(painter)
        self._paint_links(painter)
        painter.translate(0, scroll)
        if self._caret_on and self.hasFocus():
            painter.fillRect(self.caret_rect(), self.theme.accent)

    def _paint_paragraph(self, painter: QPainter, number: int) -> None:
        paragraph = self.column.paragraph(number)
        strokes = self._strokes.get(number)
        if strokes is None:
            if len(self._strokes) > 400:
                self._strokes.clear()
            marks = self.page.layout(number)
            strokes = self._strokes[number] = Strokes(
                paragraph, marks, self.theme, self.column.setting.note
            )
        left, top = self.column.setting.left, self.column.top(number)
        painter.translate(left, top)
        strokes.paint_under(painter)
        self._paint_chosen(painter, number)
        painter.setPen(self.theme.text)
        paragraph.layout.draw(painter, QPointF(0, 0))
        strokes.paint_over(painter)
        painter.translate(-left, -top)

    def _paint_chosen(self, painter: QPainter, number: int) -> None:
        """Paint the current and the hovered mark, and the selection, behind the words."""
        start, end = self.page.paragraphs[number]
        paragraph = self.column.paragraph(number)
        for id, ring in ((self.page.hovered, False), (self.page.current_mark, True)):
            mark = self.page.marks.get(id or "")
            if mark is None or mark.end <= start or mark.start >= end:
                continue
            colour = self.theme.shade(mark.colour)
            painter.setBrush(self.theme.tint(colour, self.theme.box + (0.08 if ring else 0)))
            painter.setPen(QPen(colour, 1.6) if ring else Qt.PenStyle.NoPen)
            for a, b in mark.extents:
                if a < end and b > start:
                    for rect in paragraph.rects(max(a, start) - start, min(b, end) - start):
                        painter.drawRoundedRect(box_of(rect, paragraph), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.tint(self.theme.accent, self.theme.selection))
        for a, b in self.page.selections:
            if a < end + 1 and b > start:
                for rect in paragraph.rects(max(a, start) - start, min(b, end) - start):
                    painter.drawRect(rect)

    def _paint_notes(self, painter: QPainter) -> None:
        first, last = self._visible(
            round(self._scroll()), round(self._scroll()) + self.viewport().height()
        )
        # Notes are stacked from a little above, so that scrolling does not move them; only
        # from paragraphs whose height is known, since nothing may move while it is painted.
        for _ in range(3):
            if first and self.column.is_laid_out(first - 1):
                first -= 1
        self._notes = notes_between(self.page, self.column, first, last)
        paint_notes(painter, self._notes, self.theme, self.page, self.column)

    def _paint_links(self, painter: QPainter) -> None:
        """Draw the links of the current mark as thin curves to their ends."""
        here = self.page.current_mark or self.page.hovered
        if here is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for link in self.page.links:
            start, end = self.page.marks.get(link.start), self.page.marks.get(link.end)
            if not start or not end or here not in (link.start, link.end):
                continue
            self._paint_link(painter, start.start, end.start, link.label)

    def _paint_link(self, painter: QPainter, start: int, end: int, label: str) -> None:
        first, second = self.column.rects(start, start + 1), self.column.rects(end, end + 1)
        if not first or not second:
            return
        a, b = first[0], second[0]
        x = self.column.setting.left - 20
        painter.setPen(QPen(self.theme.accent, 1.2))
        ya, yb = a.center().y(), b.center().y()
        if abs(ya - yb) < 2:
            top = a.top() - 3
            painter.drawPolyline(
                [
                    QPointF(a.left(), top + 4),
                    QPointF(a.left(), top),
                    QPointF(b.left(), top),
                    QPointF(b.left(), top + 4),
                ]
            )
            place = QPointF(min(a.left(), b.left()) + 4, top - 2)
        else:
            painter.drawPolyline(
                [QPointF(x + 8, ya), QPointF(x, ya), QPointF(x, yb), QPointF(x + 8, yb)]
            )
            painter.drawEllipse(QPointF(x + 8, yb), 2, 2)
            place = QPointF(x - 66, yb + 4)
        if place.x() >= 2:
            # Where the margin is too small for the word, the inspector says it.
            font = QFont(self.column.setting.note)
            font.setItalic(True)
            painter.setFont(font)
            painter.drawText(place, label)

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self.theme.muted)
        painter.setFont(self.column.setting.note)
        words = self.tr(
            "No article is open. Choose one on the left, drop text files here, or press Ctrl+O."
        )
        painter.drawText(
            self.viewport().rect().adjusted(24, 0, -24, 0),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            words,
        )

    # Scrolling

    def _visible(self, top: int, bottom: int) -> tuple[int, int]:
        """Lay out what lies between two heights; return the first and last paragraph."""
        first = self.column.at(top)
        last = first
        self.column.paragraph(first)
        while last + 1 < len(self.column) and self.column.top(last + 1) < bottom:
            last += 1
            self.column.paragraph(last)
        return first, last

    def _scroll(self) -> float:
        return float(self.verticalScrollBar().value())

    def _scrolled(self, value: int) -> None:
        """Keep what is read in place when an estimated height above turns out otherwise."""
        if self._quiet:
            return
        number = self.column.at(value)
        inside = value - self.column.top(number)
        known = self.column.is_laid_out(number)
        before = self.column.top(number + 1) - self.column.top(number)
        self._visible(value, value + self.viewport().height())
        after = self.column.top(number + 1) - self.column.top(number)
        upward = (number, inside) < self._anchored
        if not known and upward and after != before:
            inside = max(inside + after - before, 0)
        self._fill_range()
        self._set_quietly(round(self.column.top(number) + inside))
        self._anchored = (number, inside)
        self.viewport().update()

    def _fill_range(self) -> None:
        """Tell the scroll bar how high the article is now; the place on the page stays."""
        bar = self.verticalScrollBar()
        self._quiet = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self.column.setting.line))
        bar.setRange(0, max(round(self.column.height) - self.viewport().height(), 0))
        self._quiet = False

    def _set_quietly(self, value: int) -> None:
        self._quiet = True
        self.verticalScrollBar().setValue(value)
        self._quiet = False

    def _rebuild(self, *, keep_place: bool) -> None:
        place = self.first_visible_offset() if keep_place and self.page.text else 0
        at_top = self.verticalScrollBar().value() == 0
        self._strokes.clear()
        self._notes = []
        self.column = Column(self.page, set_for(self._choice, self.viewport().width()))
        self._visible(0, self.viewport().height())
        self._fill_range()
        if keep_place and not at_top:
            self.set_first_visible_offset(place)
        elif not keep_place:
            self._set_quietly(0)
        self._anchored = (0, 0.0)
        self.viewport().update()

    # Following the page

    def _connections(
        self, page: Page
    ) -> tuple[tuple[Announcement[Any], Callable[[Any], None]], ...]:
        return (
            (page.text_changed, self._text_changed),
            (page.marks_changed, self._marks_changed),
            (page.caret_changed, self._caret_changed),
            (page.selection_changed, self._repaint),
            (page.current_changed, self._current_changed),
            (page.hover_changed, self._repaint),
            (page.layers_changed, self._layers_changed),
        )

    def _text_changed(self, _: None) -> None:
        self._rebuild(keep_place=False)

    def _marks_changed(self, paragraphs: tuple[int, ...]) -> None:
        for number in paragraphs:
            self._strokes.pop(number, None)
        self.viewport().update()

    def _layers_changed(self, _: None) -> None:
        self._strokes.clear()
        self.viewport().update()

    def _caret_changed(self, _: None) -> None:
        self._caret_on = True
        if self._blink.isActive():
            self._blink.start()
        if not self.pointer.is_dragging:
            self.scroll_to(self.page.caret)
        accessible.tell_caret(self)
        self.viewport().update()

    def _current_changed(self, _: None) -> None:
        accessible.tell_mark(self)
        self.viewport().update()

    def _repaint(self, _: None) -> None:
        self.viewport().update()

    def _toggle_caret(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update(self.caret_rect().toAlignedRect().adjusted(-1, -1, 1, 1))

    def _middle_of(self, offset: int) -> QPointF | None:
        rects = self.column.rects(offset, offset + 1)
        return rects[0].center() if rects else None

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the column anew when the width changes; what is read stays in place."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rebuild(keep_place=True)
        else:
            self._fill_range()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; leave every other key to the window."""
        if not self._keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or choose a mark."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, or see what lies under the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; a third click selects the sentence."""
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu where the pointer, or the caret, is."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.caret_rect().bottomLeft().toPoint()
            self.context_requested.emit(self.page.caret, self.viewport().mapToGlobal(place))
        else:
            self.context_requested.emit(self.offset_at(event.pos()), event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by the pixel."""
        pixels = (
            event.pixelDelta().y() or event.angleDelta().y() / 120 * self.column.setting.line * 3
        )
        self.verticalScrollBar().setValue(round(self._scroll() - pixels))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._caret_on = True
        self._blink.start()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.page.marks.get(self.page.hovered or "")
            if mark and mark.description:
                QToolTip.showText(event.globalPos(), mark.description, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave:
            self.page.hover(None)
        return super().viewportEvent(event)
