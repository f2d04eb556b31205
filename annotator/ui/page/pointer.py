"""What the mouse does on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from annotator.ui.page.gestures import EdgeDrag, TieDrag

if TYPE_CHECKING:
    from annotator.ui.page.view import PageView

SCROLL_MILLISECONDS = 30


class Pointer(QObject):
    """Drags select whole words (with Alt: characters), clicks choose marks, Ctrl adds stretches.

    A drag of a grip moves an edge of the current mark; one from its letter, or with Ctrl and
    Shift from any mark, ties it to the mark where it ends.

    Attributes:
        by_word: whether drags go by words, and by characters with Alt; False turns it round.
    """

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: QPoint | None = None
        self._from = 0
        self.is_dragging = False
        self.by_word = True
        self._gesture: EdgeDrag | TieDrag | None = None
        self._since_double = QElapsedTimer()
        self._last = QPoint()
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MILLISECONDS)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin; a third click selects the sentence."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view, place = self._view, event.position().toPoint()
        third = (
            self._since_double.isValid()
            and self._since_double.elapsed() < QApplication.doubleClickInterval()
        )
        if third and (place - self._last).manhattanLength() < 6:
            self._since_double.invalidate()
            view.page.select_sentence_at(view.offset_at(place, nearest=False))
            view.selection_finished.emit()
            return
        self._pressed = self._last = place
        self._gesture = self._gesture_at(place, event.modifiers())
        if self._gesture:
            return
        self._from = view.offset_at(place)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.page.pin()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._from = view.page.anchor
            view.page.move_to(view.offset_at(place), extend=True)
            self.is_dragging = True

    def move(self, event: QMouseEvent) -> None:
        """Go on selecting, or say which mark lies under the pointer."""
        view, place = self._view, event.position().toPoint()
        if self._pressed is None:
            self._hover(place)
            return
        if (
            not self.is_dragging
            and (place - self._pressed).manhattanLength() < QApplication.startDragDistance() // 2
        ):
            return
        if self._gesture:
            self.is_dragging = True
            self._last = place
            by_character = self._is_by_character(event.modifiers())
            self._gesture.move(place, by_character=by_character)
            self._scroll_outside(place)
            return
        if not self.is_dragging and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.page.clear_selection()
        self.is_dragging = True
        self._last = place
        by_character = self._is_by_character(event.modifiers())
        view.page.drag(self._from, view.offset_at(place), by_character=by_character)
        self._scroll_outside(place)

    def release(self, event: QMouseEvent) -> None:
        """End the selection, or choose the mark that was clicked."""
        view, pressed = self._view, self._pressed
        self._scroll.stop()
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        gesture, self._gesture = self._gesture, None
        if gesture:
            if self.is_dragging:
                gesture.release()
            self.is_dragging = False
            return
        if self.is_dragging:
            self.is_dragging = False
            view.selection_finished.emit()
            return
        note = view.note_at(pressed)
        if note:
            view.page.set_current(note)
        elif view.is_on_text(pressed):
            view.page.walk_at(view.offset_at(pressed, nearest=False))
        else:
            view.page.move_to(view.offset_at(pressed))
        if view.page.current_mark:
            view.mark_clicked.emit(view.page.current_mark)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word under the pointer."""
        self._last = event.position().toPoint()
        self._since_double.start()
        self._view.page.select_token_at(self._view.offset_at(self._last, nearest=False))
        self._view.selection_finished.emit()

    def point_out(self, place: QPoint) -> None:
        """Make the mark at a place current, for a menu there; a selection there stays."""
        view = self._view
        offset = view.offset_at(place, nearest=False)
        if any(start <= offset < end for start, end in view.page.selections):
            return
        here = view.mark_at(place)
        current = view.page.marks.get(view.page.current_mark or "")
        if not (current and view.is_on_text(place) and current.covers(offset)):
            view.page.move_to(view.offset_at(place))
            view.page.set_current(here)

    def paint(self, painter: QPainter) -> None:
        """Paint what belongs to a drag, in places of the viewport."""
        if self._gesture and self.is_dragging:
            self._gesture.paint(painter)

    def give_up(self) -> bool:
        """End a drag of an edge or a tie without doing anything; tell whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture:
            self._pressed, self.is_dragging = None, False
            gesture.cancel()
        return gesture is not None

    def _gesture_at(
        self, place: QPoint, modifiers: Qt.KeyboardModifier
    ) -> EdgeDrag | TieDrag | None:
        view = self._view
        current = view.page.marks.get(view.page.current_mark or "")
        if current:
            edge = view.grip_at(place)
            if edge is not None:
                return EdgeDrag(view, current, edge)
            if view.is_on_tab(place):
                return TieDrag(view, current.id, place)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        here = view.mark_at(place) if modifiers & both == both else None
        return TieDrag(view, here, place) if here else None

    def _hover(self, place: QPoint) -> None:
        view = self._view
        view.page.hover(view.mark_at(place))
        if view.grip_at(place) is not None:
            shape = Qt.CursorShape.SplitHCursor
        elif view.is_on_tab(place):
            shape = Qt.CursorShape.CrossCursor
        elif view.note_at(place):
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.IBeamCursor
        view.viewport().setCursor(shape)

    def _is_by_character(self, modifiers: Qt.KeyboardModifier) -> bool:
        return bool(modifiers & Qt.KeyboardModifier.AltModifier) is self.by_word

    def _scroll_outside(self, place: QPoint) -> None:
        outside = not self._view.viewport().rect().contains(place)
        if outside and not self._scroll.isActive():
            self._scroll.start()
        elif not outside:
            self._scroll.stop()

    def _scroll_on(self) -> None:
        """Scroll while a drag is held outside the page."""
        view, bar = self._view, self._view.verticalScrollBar()
        if self._last.y() < 0:
            bar.setValue(bar.value() + max(self._last.y(), -60))
        elif self._last.y() > view.viewport().height():
            bar.setValue(bar.value() + min(self._last.y() - view.viewport().height(), 60))
        if self._gesture:
            self._gesture.move(self._last, by_character=not self.by_word)
        else:
            view.page.drag(self._from, view.offset_at(self._last), by_character=not self.by_word)
