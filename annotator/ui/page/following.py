"""The reading view follows its page: only what looks different after a change is painted again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtWidgets import QWidget

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.presentation.signal import Signal as Announcement
from annotator.ui.page import accessible
from annotator.ui.page.column import Column
from annotator.ui.page.overview import Overview
from annotator.ui.page.painting import Painting
from annotator.ui.page.pointer import Pointer
from annotator.ui.page.setting import set_for
from annotator.ui.page.surface import Surface


class FollowingSurface(Surface):
    """Brings the screen in step with its page, and shows where the caret is.

    Attributes:
        pointer: what the mouse does; made by who takes its events.
    """

    pointer: Pointer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caret_on = True
        self._caret_seen = QRect()
        self._selected: Extent | None = None
        self._emphasised: tuple[Id | None, Id | None] = (None, None)
        self._lit: Extent | None = None
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._toggle_caret)
        self.overview = Overview(self)

    def set_page(self, page: Page) -> None:
        """Show this page and follow its changes."""
        for signal, slot in self._connections(self.page):
            signal.disconnect(slot)
        self.page = page
        for signal, slot in self._connections(page):
            signal.connect(slot)
        self._rebuild(keep_place=False)

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
            accessible.tell_selection(self)
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
