"""The reading view: a scroll area that paints the visible paragraphs and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.presentation.signal import Signal as Announcement
from annotator.ui.page import accessible
from annotator.ui.page.caret_keys import CaretKeys
from annotator.ui.page.column import Column
from annotator.ui.page.notes import Note
from annotator.ui.page.overview import WIDTH, Overview
from annotator.ui.page.painted import painted_offsets, painted_text
from annotator.ui.page.painting import Painting
from annotator.ui.page.pointer import Pointer
from annotator.ui.page.scroller import Scroller
from annotator.ui.page.setting import Choice, set_for
from annotator.ui.theme import LIGHT, Theme

LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 50, 300, 10
"""In percent."""

AHEAD, AHEAD_MILLISECONDS = 4, 5
"""So many paragraphs below the last one in view are made ready between frames."""


class PageView(QAbstractScrollArea):
    """Shows a page; offsets in and out are code points of the article.

    Signals:
        selection_finished: a selection was made with the mouse.
        mark_clicked: a mark was clicked, by its id.
        context_requested: a menu is wanted at an offset and a place on the screen.
        mark_reshaped: an edge of a mark was dragged, by its id and new extents.
        marks_joined: a line was drawn from one mark to another, by their ids.
        zoom_changed: the wheel was turned with Ctrl; the new zoom in percent.
    """

    selection_finished = Signal()
    mark_clicked = Signal(str)
    context_requested = Signal(int, QPoint)
    mark_reshaped = Signal(str, list)
    marks_joined = Signal(str, str)
    zoom_changed = Signal(int)

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
        self._painting = Painting(self.page, self.column, self.theme)
        self._scroller = Scroller(self, self.column)
        self._caret_on = True
        self._caret_seen = QRect()
        self._selected: tuple[int, int] | None = None
        self._emphasised: tuple[Id | None, Id | None] = (None, None)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MILLISECONDS)
        self._ahead.timeout.connect(self._prepare_ahead)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._toggle_caret)
        self.pointer = Pointer(self)
        self._lit: Extent | None = None
        self.overview = Overview(self)
        self._keys = CaretKeys(self)
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
        self._painting = Painting(self.page, self.column, theme)
        self.overview.soon()
        self.viewport().update()

    def show_overview(self, shown: bool) -> None:
        """Show the overview of marks beside the scroll bar, or not."""
        self.setViewportMargins(0, 0, WIDTH if shown else 0, 0)
        self.overview.setVisible(shown)
        self._place_overview()

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; what is read stays in place."""
        self.set_choice(replace(self._choice, zoom=percent))

    def set_reading_face(self, family: str, size: int, leading: float, width: int) -> None:
        """Set the article in another face (empty: the best installed), size in pixels at 100 %,
        leading in parts of the size, and about this many characters to a line.
        """
        self.set_choice(
            replace(self._choice, family=family, size=size, leading=leading, width=width)
        )

    def set_choice(self, choice: Choice) -> None:
        """Set the article as the reader chose."""
        if choice != self._choice:
            self._choice = choice
            self._rebuild(keep_place=True)

    # Places

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

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paragraphs that the region touches."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.theme.page)
        if not self.page.text:
            self._paint_empty(painter)
            painter.end()
            return
        scroll = self._scroller.top
        region = QRectF(event.rect()).translated(0, scroll)
        first, last = self._scroller.lay_out(region.top(), region.bottom())
        painter.translate(0, -scroll)
        self._painting.paint(painter, region, first, last)
        painter.translate(0, scroll)
        if self._caret_on and self.hasFocus():
            painter.fillRect(self.caret_rect(), self.theme.accent)
        self.pointer.paint(painter)
        painter.end()
        self._scroller.remember_seen()
        self._ahead.start()

    def _prepare_ahead(self) -> None:
        """Make one paragraph below the view ready, then let events pass before the next."""
        below = self.column.at(self._scroller.top + self.viewport().height()) + 1
        for number in range(below, min(below + AHEAD, len(self.column))):
            if self._painting.prepare(number):
                self._scroller.fill_range()
                self._ahead.start()
                return

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

    def _in_article(self, point: QPoint) -> QPointF:
        return QPointF(point.x(), point.y() + self._scroller.top)

    def _note_in(self, number: int, x: float, y: float) -> Note | None:
        notes = self._painting.notes(number)
        return next(
            (note for note in notes if note.place.adjusted(-10, 0, 0, 0).contains(x, y)), None
        )

    def _rebuild(self, *, keep_place: bool) -> None:
        place = self.first_visible_offset() if keep_place and self.page.text else 0
        at_top = self.verticalScrollBar().value() == 0
        self.column = Column(self.page, set_for(self._choice, self.viewport().width()))
        self._painting = Painting(self.page, self.column, self.theme)
        self._scroller.show(self.column)
        if keep_place and not at_top:
            self.set_first_visible_offset(place)
        elif not keep_place:
            self._scroller.set_quietly(0)
        self.overview.soon()
        self.viewport().update()

    # Following the page

    def _connections(
        self, page: Page
    ) -> tuple[tuple[Announcement[Any], Callable[[Any], None]], ...]:
        return (
            (page.text_changed, self._text_changed),
            (page.marks_changed, self._marks_changed),
            (page.links_changed, self._links_changed),
            (page.caret_changed, self._caret_changed),
            (page.selection_changed, self._selection_changed),
            (page.current_changed, self._current_changed),
            (page.hover_changed, self._emphasis_changed),
            (page.layers_changed, self._layers_changed),
        )

    def _text_changed(self, _: None) -> None:
        self._rebuild(keep_place=False)

    def _marks_changed(self, paragraphs: tuple[int, ...]) -> None:
        self._painting.forget(paragraphs)
        for number in paragraphs:
            start, end = self.page.paragraphs[number]
            self._update_lines(start, end, number)
        self.overview.soon()

    def _layers_changed(self, _: None) -> None:
        self._painting.forget()
        self.overview.soon()
        self.viewport().update()

    def _caret_changed(self, _: None) -> None:
        if not self.pointer.is_dragging:
            self.scroll_to(self.page.caret)
        if self.page.lit != self._lit:
            self._lit = self.page.lit
            self.viewport().update()
        self._show_caret()
        accessible.tell_caret(self)

    def _selection_changed(self, _: None) -> None:
        """Only lines between the old and the new ends of what is selected look different."""
        before, now = self._selected, self.page.selections
        self._selected = (now[0][0], now[-1][1]) if now else None
        if before or now:
            edges = [*(before or ()), *(self._selected or ())]
            shift = -round(self._scroller.top)
            tops = [self.column.caret(min(e, len(self.page.text))).toAlignedRect() for e in edges]
            lowest, highest = max(r.bottom() for r in tops), min(r.top() for r in tops)
            self.viewport().update(
                0, highest + shift - 8, self.viewport().width(), lowest - highest + 16
            )

    def _current_changed(self, _: None) -> None:
        accessible.tell_mark(self)
        self.overview.update()
        self._emphasis_changed(None)

    def _emphasis_changed(self, _: None) -> None:
        """Only what was emphasised, and what is now, looks different; and links, where they have any."""
        page = self.page
        marks = {*self._emphasised, page.current_mark, page.hovered} - {None}
        self._emphasised = (page.current_mark, page.hovered)
        if page.previewed or page.links_of(marks):
            self.viewport().update()
            return
        for id in marks:
            mark = page.marks.get(id or "")
            if mark:
                # Its note stands somewhere beside the paragraph in which it begins.
                number = page.paragraph_of(mark.start)
                self._update_lines(mark.start, mark.end, number if mark.margin else None)

    def _update_lines(self, start: int, end: int, whole: int | None = None) -> None:
        """Paint the lines of a stretch again, and all of one paragraph with what stands beside it."""
        column, page, port = self.column, self.page, self.viewport()
        shift, line = -self._scroller.top, column.setting.line
        first, last = page.paragraph_of(start), page.paragraph_of(max(end - 1, start))
        for number in range(first, last + 1):
            top = column.top(number) + shift
            bottom = column.top(number + 1) + shift
            if top > port.height() or bottom < 0 or not column.is_laid_out(number):
                continue
            if number != whole:
                paragraph, begin = column.paragraph(number), page.paragraphs[number][0]
                if number == last:
                    bottom = top + (paragraph.line_of(end - begin) + 1) * paragraph.line_height
                if number == first:
                    top += paragraph.line_of(start - begin) * paragraph.line_height
            port.update(
                QRectF(0, top - line, port.width(), bottom - top + 2 * line).toAlignedRect()
            )

    def _links_changed(self, _: None) -> None:
        self.overview.soon()
        self.viewport().update()

    def _show_caret(self) -> None:
        """Paint the caret where it is now and let it stay on for a moment."""
        self.viewport().update(self._caret_seen)
        self._caret_on = True
        if self._blink.isActive():
            self._blink.start()
        self._update_caret()

    def _update_caret(self) -> None:
        self._caret_seen = self.caret_rect().toAlignedRect().adjusted(-1, -1, 1, 1)
        self.viewport().update(self._caret_seen)

    def _toggle_caret(self) -> None:
        self._caret_on = not self._caret_on
        self._update_caret()

    # Events

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Lay out what comes into view and paint it; what was in view is moved."""
        if not self._scroller.is_quiet:
            self._scroller.scrolled(self.verticalScrollBar().value())
            self._show_scrolled()

    def _show_scrolled(self) -> None:
        """Bring the screen in step with the bar: move what stands there, paint the rest."""
        moved = self._scroller.moved_since_seen()
        if moved is None or not self.devicePixelRatioF().is_integer():
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved)
        self._scroller.remember_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the column anew when the width changes; what is read stays in place."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rebuild(keep_place=True)
        else:
            self._scroller.fill_range()
        self._place_overview()

    def _place_overview(self) -> None:
        port = self.viewport().geometry()
        self.overview.setGeometry(port.right() + 1, port.top(), WIDTH, port.height())

    def event(self, event: QEvent) -> bool:
        """Let Escape end a drag of an edge or a tie before it means anything else."""
        is_escape = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        )
        if is_escape and self.pointer.give_up():
            event.accept()
        return super().event(event)

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
            self.pointer.point_out(event.pos())
            self.context_requested.emit(self.offset_at(event.pos()), event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by the pixel; with Ctrl, make the words larger or smaller."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = ZOOM_STEP if turned > 0 else -ZOOM_STEP if turned < 0 else 0
            zoom = max(LEAST_ZOOM, min(self._choice.zoom + step, MOST_ZOOM))
            if zoom != self._choice.zoom:
                self.set_zoom(zoom)
                self.zoom_changed.emit(zoom)
            return
        pixels = event.pixelDelta().y() or turned / 120 * self.column.setting.line * 3
        self.verticalScrollBar().setValue(round(self._scroller.top - pixels))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        period = QApplication.cursorFlashTime()
        # A system that asks for a still caret gives no period.
        self._blink.start(period // 2) if period > 0 else self._blink.stop()
        self._caret_on = True
        self._update_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self._update_caret()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hovered = self.page.hovered
            words = self.page.describe(hovered) if hovered else ""
            if words:
                QToolTip.showText(event.globalPos(), _plain(words), self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave:
            self.page.hover(None)
        return super().viewportEvent(event)


def _plain(text: str) -> str:
    """Return a text as a tooltip shows it letter by letter, whatever it looks like."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"
