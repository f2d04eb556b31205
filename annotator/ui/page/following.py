"""The reading view follows its page: only what looks different after a change is painted again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtWidgets import QWidget

from annotator.domain.fragment import Extent
from annotator.presentation.page import Page, PageMark
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
        self._emphasised: tuple[PageMark, ...] = ()
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
        self._emphasised = self._emphasised_now()
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
        for number in paragraphs:
            if not self._is_in_view(number):
                self._painting.forget((number,))
                continue
            changed = self._painting.change(number)
            if changed is None or changed.notes:
                self._update_lines(number)
            elif changed.lines:
                self._update_lines(number, min(changed.lines), max(changed.lines))
        if self._emphasised != self._emphasised_now():
            self._emphasis_changed(None)
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
        page, now = self.page, self._emphasised_now()
        marks = {*self._emphasised, *now}
        self._emphasised = now
        if page.previewed or page.links_of(mark.id for mark in marks):
            self.viewport().update()
            return
        for mark in marks:
            self._update_mark(mark)

    def _emphasised_now(self) -> tuple[PageMark, ...]:
        page = self.page
        found = (page.marks.get(id or "") for id in (page.current_mark, page.hovered))
        return tuple(mark for mark in found if mark)

    def _update_mark(self, mark: PageMark) -> None:
        """Paint the lines of a mark again, and its note, which stands somewhere beside the first."""
        page = self.page
        first, last = (
            page.paragraph_of(mark.start),
            page.paragraph_of(max(mark.end - 1, mark.start)),
        )
        for number in filter(self._is_in_view, range(first, last + 1)):
            paragraph, begin = self.column.paragraph(number), page.paragraphs[number][0]
            top = paragraph.line_of(mark.start - begin) if number == first else 0
            bottom = paragraph.line_of(mark.end - begin) if number == last else None
            self._update_lines(number, top, bottom)
            for note in self._painting.notes(number) if number == first and mark.margin else ():
                if note.mark == mark.id:
                    down = self.column.top(number) - self._scroller.top
                    place = note.place.adjusted(-12, down - 1, 1, down + 1)
                    self.viewport().update(place.toAlignedRect())

    def _is_in_view(self, number: int) -> bool:
        """Tell whether a paragraph is laid out and some of it, or of what hangs out of it, is seen."""
        line, top = self.column.setting.line, self._scroller.top
        return (
            self.column.is_laid_out(number)
            and self.column.top(number) - line <= top + self.viewport().height()
            and self.column.top(number + 1) + line >= top
        )

    def _update_lines(self, number: int, first: int = 0, last: int | None = None) -> None:
        """Paint lines of a paragraph again, or all of it, with what hangs out of them."""
        column, port, line = self.column, self.viewport(), self.column.setting.line
        begin, height = (
            column.top(number) - self._scroller.top,
            column.paragraph(number).line_height,
        )
        top = begin + first * height
        bottom = column.top(number + 1) - self._scroller.top
        if last is not None:
            bottom = begin + (last + 1) * height
        port.update(QRectF(0, top - line, port.width(), bottom - top + 2 * line).toAlignedRect())

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
