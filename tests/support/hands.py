"""Hands for a real window: they press keys and move the mouse, and count what they do."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annotator.ui.main_window import MainWindow


def _runs_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL")


class Hands:
    """Presses keys and moves the mouse as a person would.

    Attributes:
        gestures: how many were made: a key or chord, a click, a drag is one each.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.desk = window.desk
        self.page = window.desk.reader.page
        self.gestures = 0

    def press(self, *keys: str) -> None:
        """Press keys given as commands write them, one after the other."""
        for key in keys:
            self.gestures += 1
            QTest.keySequence(self._target(), key) if len(key) > 1 else QTest.keyClicks(
                self._target(), key
            )
            self.settle()

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key by its Qt name."""
        self.gestures += 1
        QTest.keyClick(self._target(), key, modifiers)
        self.settle()

    def drag(
        self,
        words: str,
        occurrence: int = 0,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Drag the mouse over words of the page."""
        start = self.find(words, occurrence)
        self.drag_over(start, start + len(words), modifiers)

    def drag_over(
        self, start: int, end: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Drag the mouse from one offset to another."""
        self.gestures += 1
        view = self.window.page
        view.scroll_to(start)
        self.settle()
        port = view.viewport()
        first, last = view.rects_of(start, start + 1)[0], view.rects_of(end - 1, end)[-1]
        text = self.page.text
        begin = QPoint(
            first.right() - 1 if _runs_left(text[start]) else first.left() + 1, first.center().y()
        )
        stop = QPoint(
            last.left() + 1 if _runs_left(text[end - 1]) else last.right() - 1, last.center().y()
        )
        QTest.mousePress(port, Qt.MouseButton.LeftButton, modifiers, begin)
        for step in (0.3, 0.7, 1.0):
            place = begin + QPoint(
                round((stop.x() - begin.x()) * step), round((stop.y() - begin.y()) * step)
            )
            self._move(port, place, modifiers)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifiers, stop)
        self.settle()

    def click(self, words: str, occurrence: int = 0) -> None:
        """Click in the middle of words of the page."""
        self.gestures += 1
        start = self.find(words, occurrence) + len(words) // 2
        self.window.page.scroll_to(start)
        self.settle()
        place = self.window.page.rects_of(start, start + 1)[0].center()
        QTest.mouseClick(
            self.window.page.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
        self.settle()

    def draw(
        self,
        begin: QPoint,
        stop: QPoint,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        release: bool = True,
    ) -> None:
        """Drag the mouse from one point of the page to another."""
        self.gestures += 1
        port = self.window.page.viewport()
        self._move(port, begin, modifiers, held=False)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, modifiers, begin)
        for step in (0.3, 0.7, 1.0):
            self._move(port, begin + (stop - begin) * step, modifiers)
        if release:
            QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifiers, stop)
        self.settle()

    def middle(self, words: str, occurrence: int = 0) -> QPoint:
        """Return the middle of words of the page, in places of the viewport."""
        start = self.find(words, occurrence) + len(words) // 2
        return self.window.page.rects_of(start, start + 1)[0].center()

    def menu(self, words: str) -> QMenu:
        """Right-click on words of the page and return the menu that opens."""
        return self.menu_on(self.window.page.viewport(), self.middle(words))

    def menu_on(
        self,
        widget: QWidget,
        place: QPoint,
        reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse,
    ) -> QMenu:
        """Right-click on a place of a widget, or press the menu key in it, and return the menu that opens."""
        self.gestures += 1
        QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
        self.settle()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def take(self, menu: QMenu, *path: str) -> None:
        """Click on an entry of a menu, given by how it begins; those before it are menus of their own."""
        for words in path:
            self.gestures += 1
            action = next(item for item in menu.actions() if item.text().startswith(words))
            assert action.isEnabled()
            inner, place = action.menu(), menu.actionGeometry(action).center()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
            self.settle()
            if isinstance(inner, QMenu):
                menu = inner
                # It opens a moment after the click.
                for _ in range(1_000):
                    if menu.isVisible():
                        break
                    QTest.qWait(10)
                assert menu.isVisible(), words

    def find(self, words: str, occurrence: int = 0) -> int:
        """Return the offset of words on the page."""
        place = -1
        for _ in range(occurrence + 1):
            place = self.page.text.index(words, place + 1)
        return place

    def settle(self) -> None:
        """Let everything that was asked for happen."""
        for _ in range(3):
            QApplication.processEvents()
        self.window.inspector.settle()
        QApplication.processEvents()

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.window.page

    def _move(
        self, port: QWidget, place: QPoint, modifiers: Qt.KeyboardModifier, *, held: bool = True
    ) -> None:
        from PySide6.QtCore import QEvent, QPointF
        from PySide6.QtGui import QMouseEvent

        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), QPointF(port.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton, modifiers,
        )  # fmt: skip
        QApplication.sendEvent(port, event)
