"""The page for screen readers: its text, caret and selection, and each mark as it becomes current.

Screen readers count UTF-16 units, as Qt does; the whole text is mapped once per article.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from annotator.ui.page.offsets import UnitMap

if TYPE_CHECKING:
    from annotator.ui.page.surface import Surface

SPOKEN = 200
"""So much of what is marked or selected is said."""


@lru_cache(maxsize=2)
def _units(text: str) -> UnitMap:
    return UnitMap(text)


class PageText(QAccessibleTextInterface):
    """Text, caret and selection of the page."""

    def __init__(self, view: Surface) -> None:
        super().__init__()
        self._view = view

    @property
    def units(self) -> UnitMap:
        """The map of the article shown now."""
        return _units(self._view.page.text)

    def characterCount(self) -> int:
        """Return how long the text is."""
        return self.units.units

    def text(self, start: int, end: int) -> str:
        """Return a part of the text."""
        return self._view.page.text[self.units.to_points(start) : self.units.to_points(end)]

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self.units.to_units(self._view.page.caret)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret somewhere."""
        self._view.page.move_to(self.units.to_points(position))

    def selectionCount(self) -> int:
        """Return none: PySide cannot hand over where a selection is, and would give any numbers.

        What is selected stands in the description of the page, and is announced.
        """
        return 0

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Select a stretch."""
        self._view.page.select(self.units.to_points(start), self.units.to_points(end))

    def addSelection(self, start: int, end: int) -> None:
        """Select a further stretch."""
        self._view.page.select(self.units.to_points(start), self.units.to_points(end), keep=True)

    def removeSelection(self, index: int) -> None:
        """Select nothing."""
        self._view.page.clear_selection()

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the screen."""
        start = self.units.to_points(offset)
        rects = self._view.rects_of(start, start + 1)
        if not rects:
            return QRect()
        return QRect(self._view.viewport().mapToGlobal(rects[0].topLeft()), rects[0].size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a point of the screen."""
        return self.units.to_units(
            self._view.offset_at(self._view.viewport().mapFromGlobal(point), nearest=False)
        )

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a stretch into view."""
        self._view.scroll_to(self.units.to_points(end))
        self._view.scroll_to(self.units.to_points(start))


class PageAccessible(QAccessibleWidget):
    """The page as a document with text."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view, QAccessible.Role.Document)
        self._text = PageText(view)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Offer the text of the page."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        return super().interface_cast(kind)


_interfaces: dict[int, QAccessibleInterface] = {}
_installed: list[bool] = []


def install() -> None:
    """Let screen readers ask for the page; a second call does nothing."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_make)


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    from annotator.ui.page.view import PageView

    if not isinstance(thing, PageView):
        return None
    # Qt keeps the interface for as long as the widget; Python has to keep it as well.
    made = _interfaces[id(thing)] = PageAccessible(thing)
    thing.destroyed.connect(_Forget(id(thing)))
    return made


class _Forget:
    """Lets go of an interface when its widget is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self, *_: object) -> None:
        _interfaces.pop(self._key, None)


def tell_caret(view: Surface) -> None:
    """Tell screen readers where the caret is."""
    if QAccessible.isActive():
        units = _units(view.page.text)
        QAccessible.updateAccessibility(
            QAccessibleTextCursorEvent(view, units.to_units(view.page.caret))
        )


def tell_selection(view: Surface) -> None:
    """Say which words are selected."""
    selections = view.page.selections
    if selections and QAccessible.isActive():
        units = _units(view.page.text)
        start, end = units.to_units(selections[0][0]), units.to_units(selections[-1][1])
        QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(view, start, end))
    if view.page.current_mark is None:
        tell_mark(view)


def tell_mark(view: Surface) -> None:
    """Say what the current mark is: layer, words, values, who; or else what is selected."""
    mark = view.page.marks.get(view.page.current_mark or "")
    if mark is None:
        parts = [view.page.text[start:end][:SPOKEN] for start, end in view.page.selections]
        words = f"{view.tr('Selected')}: {' … '.join(parts)}" if parts else ""
        view.setAccessibleDescription(words)
        return
    words, told = view.page.text[mark.start : mark.end][:SPOKEN], view.page.describe(mark.id)
    view.setAccessibleDescription(f"{words}. {told}")
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, f"{told}: {words}"))
