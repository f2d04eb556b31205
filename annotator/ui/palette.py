"""The command palette: every command by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.commands import Command

KEY = Qt.ItemDataRole.UserRole

MARGIN, TOP = 8, 72
WIDTH, MOST_HEIGHT = 560, 380


class Palette(QFrame):
    """A field and the commands that match it; Enter runs, Escape closes."""

    def __init__(self, parent: QWidget, run: Callable[[Command], None]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("All commands"))
        self._run = run
        self._window = parent
        self._commands: Sequence[Command] = ()
        self._shown: list[Command] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type what you want to do"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setItemDelegate(_KeyDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)

    def open(self, commands: Sequence[Command]) -> None:
        """Show the commands that can be done now."""
        self._commands = commands
        self.field.clear()
        self._filter("")
        parent = self._window
        width = min(WIDTH, parent.width() - 40)
        corner = parent.mapToGlobal(QPoint((parent.width() - width) // 2, TOP))
        self.setGeometry(QRect(corner.x(), corner.y(), width, MOST_HEIGHT))
        self.show()
        self._fit()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the field keeps the caret."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (
                Qt.Key.Key_Up,
                Qt.Key.Key_Down,
                Qt.Key.Key_PageUp,
                Qt.Key.Key_PageDown,
            ):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return False

    def _filter(self, text: str) -> None:
        words = text.split()
        self._shown = [command for command in self._commands if command.is_about(words)]
        self.list.clear()
        for command in self._shown:
            item = QListWidgetItem(command.title.rstrip(" …"))
            item.setData(KEY, command.key)
            self.list.addItem(item)
        if not self._shown:
            none = QListWidgetItem(self.tr("No command that can be used now has these words"))
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(none)
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the commands that are left, so that nothing empty hides the page."""
        if self.isVisible():
            rows = self.list.count() * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth()
            self.resize(self.width(), min(MOST_HEIGHT, self.list.y() + rows + MARGIN))

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None or not self._shown:
            return
        command = self._shown[self.list.row(item)]
        self.hide()
        self._run(command)


class _KeyDelegate(QStyledItemDelegate):
    """Draws the key at the right of its command."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the words, then the key."""
        super().paint(painter, option, index)
        key = index.data(KEY)
        if key:
            painter.save()
            painter.setPen(option.palette.placeholderText().color())
            margin = QApplication.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 10
            painter.drawText(
                option.rect.adjusted(0, 0, -margin, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                key,
            )
            painter.restore()
