"""A small list beside the caret: a digit, a click or Enter chooses, Escape leaves all as it was."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.presentation.choosing import Choosing, Option
from annotator.ui.inspector import parts

WIDTH, MOST_ROWS = 380, 9


class Chooser(QFrame):
    """Shows what can be chosen; it closes itself before the choice is acted on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self._options: tuple[Option, ...] = ()
        self.title = parts.label("", "muted", wrap=False)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.list)

    def open(self, choosing: Choosing, beside: QRect) -> None:
        """Show the options below a rectangle of the screen, the one after the current one chosen."""
        self._options = choosing.options
        self.title.setText(choosing.title)
        self.setAccessibleName(choosing.title)
        self.list.setAccessibleName(choosing.title)
        self.list.clear()
        for number, option in enumerate(self._options, 1):
            digit = f"{number}   " if number <= MOST_ROWS else ""
            item = QListWidgetItem(f"{digit}{option.words}{'   ✓' if option.is_current else ''}")
            item.setToolTip(option.words)
            self.list.addItem(item)
        current = next((n for n, option in enumerate(self._options) if option.is_current), -1)
        self.list.setCurrentRow((current + 1) % len(self._options))
        self.setGeometry(self._place(beside))
        self.show()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits and Enter as a choice; Space goes one further."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Space:
            self.list.setCurrentRow((self.list.currentRow() + 1) % self.list.count())
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._take(self.list.item(key - Qt.Key.Key_1))
        else:
            return False
        return True

    def _place(self, beside: QRect) -> QRect:
        rows = self.list.sizeHintForRow(0) * min(len(self._options), MOST_ROWS)
        height = self.title.sizeHint().height() + rows + 24
        screen = self.screen().availableGeometry()
        corner = beside.bottomLeft() + QPoint(-8, 8)
        if corner.y() + height > screen.bottom():
            corner.setY(beside.top() - height - 8)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - WIDTH)))
        return QRect(corner.x(), corner.y(), WIDTH, height)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        option = self._options[self.list.row(item)]
        self.hide()
        _call(option.run)


def _call(run: Callable[[], None]) -> None:
    try:
        run()
    except Exception:  # noqa: BLE001
        # An exception must not unwind through Qt's own event delivery: the last net takes it.
        sys.excepthook(*sys.exc_info())
