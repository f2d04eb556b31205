"""What the keys do to the caret; Shift selects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from annotator.ui.page.view import PageView

_SIDEWAYS = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
_UPDOWN = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CaretKeys:
    """Arrows by character and line, with Ctrl by word and paragraph, with Alt by sentence."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._column: float | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Move the caret; return False for a key that is not ours."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        page = self._view.page
        if key not in _UPDOWN and key not in _PAGES:
            self._column = None
        if alt and key in _UPDOWN and not control:
            page.grow() if not _UPDOWN[key] else page.shrink()
        elif key in _SIDEWAYS:
            self._sideways(self._is_forward(key), extend=extend, control=control, alt=alt)
        elif key in _UPDOWN and control:
            page.move("paragraph", forward=_UPDOWN[key], extend=extend)
        elif key in _UPDOWN:
            self._vertically(
                1 if _UPDOWN[key] else -1, self._view.column.setting.line, extend=extend
            )
        elif key in _PAGES:
            self._vertically(_PAGES[key], self._view.viewport().height() * 0.85, extend=extend)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._line_edge(at_end=key == Qt.Key.Key_End, extend=extend, article=control)
        else:
            return False
        return True

    def _sideways(self, forward: bool, *, extend: bool, control: bool, alt: bool) -> None:
        unit = "sentence" if alt else "token" if control else "character"
        self._view.page.move(unit, forward=forward, extend=extend)

    def _is_forward(self, key: Qt.Key) -> bool:
        """Left is forward in a paragraph that runs from right to left."""
        page = self._view.page
        paragraph = self._view.column.paragraph(page.paragraph_of(page.caret))
        return _SIDEWAYS[key] != paragraph.is_rtl

    def _vertically(self, direction: int, distance: float, *, extend: bool) -> None:
        """Move by lines; the caret keeps to the column it began in."""
        view = self._view
        rect = view.caret_rect()
        if self._column is None:
            self._column = rect.center().x()
        y = rect.center().y() + direction * distance
        target = view.offset_at(QPoint(round(self._column), round(y)))
        if target == view.page.caret and direction:
            # An empty line is lower than a line of text, so step over it.
            target = view.offset_at(
                QPoint(round(self._column), round(y + direction * view.column.setting.line * 0.6))
            )
        view.page.move_to(target, extend=extend)

    def _line_edge(self, *, at_end: bool, extend: bool, article: bool) -> None:
        view, page = self._view, self._view.page
        if article:
            page.move("article", forward=at_end, extend=extend)
            return
        y = round(view.caret_rect().center().y())
        rtl = view.column.paragraph(page.paragraph_of(page.caret)).is_rtl
        x = view.viewport().width() if at_end != rtl else 0
        page.move_to(view.offset_at(QPoint(x, y)), extend=extend)
