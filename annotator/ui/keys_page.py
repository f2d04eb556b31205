"""The shortcut editor: find a command, press its new key, see what the key did before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.own_keys import KeyRow, OwnKeys
from annotator.ui.inspector import parts
from annotator.ui.keyboard import key_name


class KeyCatcher(QLabel):
    """Takes the next key press as it is, also Tab and Delete; Escape and leaving give up."""

    caught = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("catcher")
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Press the new key"))
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Take keys before Qt makes focus moves and shortcuts of them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = key_name(event)
            if key == "Escape":
                self.given_up.emit()
            elif key:
                self.caught.emit(key)
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.given_up.emit()
        return super().event(event)


class KeysPage(QWidget):
    """A table of commands and keys; clashes stand beside the commands they concern."""

    def __init__(self, keys: OwnKeys) -> None:
        super().__init__()
        self._keys = keys
        self._rows: list[KeyRow] = []
        self._pending = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a command or a key"))
        self.filter.setAccessibleName(self.tr("Find a command or a key"))
        self.filter.textChanged.connect(self._refresh)
        self.table = self._table()
        self.catcher = KeyCatcher()
        self.catcher.caught.connect(self._caught)
        self.catcher.given_up.connect(self._give_up)
        self.change = parts.button(self.tr("Change …"), "", self._catch, name="primary")
        buttons = parts.row(
            self.change,
            parts.button(self.tr("No key"), "", partial(self._act, self._keys.take_off)),
            parts.button(self.tr("Set back"), "", partial(self._act, self._keys.set_back)),
            parts.button(self.tr("Set all back"), "", self._all_back),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 16, 4, 4)
        layout.setSpacing(8)
        for widget in (self.filter, self.table, self.catcher, buttons):
            layout.addWidget(widget)
        self._refresh()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels(
            [self.tr("What it does"), self.tr("Key"), self.tr("In its way")]
        )
        table.setAccessibleName(self.tr("Commands and their keys"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        table.activated.connect(self._catch)
        return table

    def choose(self, command: str) -> None:
        """Choose the row of a command, if it is shown."""
        for number, row in enumerate(self._rows):
            if row.command == command:
                self.table.selectRow(number)

    @property
    def chosen(self) -> KeyRow | None:
        """The row chosen."""
        number = self.table.currentRow()
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _refresh(self, _: str = "") -> None:
        kept = self.chosen.command if self.chosen else ""
        self._rows = self._keys.rows(self.filter.text())
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            keys = self.tr("  or  ").join(row.keys) + (self.tr("  · own") if row.is_own else "")
            clash = f"⚠ {row.clash}" if row.clash else ""
            for column, words in enumerate((row.title, keys, clash)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(number, column, item)
        self.choose(kept)
        if self.table.currentRow() < 0 and self._rows:
            self.table.selectRow(0)

    def _catch(self, _: object = None) -> None:
        row = self.chosen
        if row:
            self._pending = ""
            self.catcher.setText(
                self.tr("Press the new key for “{}”. Escape gives up.").format(row.title)
            )
            self.catcher.show()
            self.catcher.setFocus()

    def _caught(self, key: str) -> None:
        """Give the key, if it is free; one that is taken has to be pressed once more."""
        row = self.chosen
        if row is None:
            return
        taken = self._keys.taken_by(row.command, key)
        if taken and self._pending != key:
            self._pending = key
            self.catcher.setText(
                self.tr(
                    "{} is the key of “{}”. Press it once more to have both, or another."
                ).format(key, taken[0])
            )
            return
        self._keys.give(row.command, key)
        self._finish()

    def _finish(self) -> None:
        self._pending = ""
        self.table.setFocus()
        self._give_up()
        self._refresh()

    def _give_up(self) -> None:
        if self.catcher.isVisible():
            had_focus = self.catcher.hasFocus()
            self.catcher.hide()
            if had_focus:
                self.table.setFocus()

    def _act(self, work: object) -> None:
        row = self.chosen
        if row and callable(work):
            work(row.command)
            self._refresh()

    def _all_back(self) -> None:
        self._keys.set_all_back()
        self._refresh()
