"""Questions that need a window of their own: reports, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.commands import Command
from annotator.ui.inspector import parts


class ReportDialog(QDialog):
    """What an import, an export or a check did; does not stop other work."""

    def __init__(
        self, parent: QWidget, title: str, lines: Sequence[str], details: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("tells", True)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for line in lines:
            layout.addWidget(parts.label(line))
        if details:
            field = QPlainTextEdit("\n".join(details))
            field.setReadOnly(True)
            field.setAccessibleName(self.tr("Details"))
            layout.addWidget(field, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self.resize(620, 360 if details else 140)


class KeysDialog(QDialog):
    """The cheat sheet: every command with its keys, from the one table."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = [command for command in commands if command.keys]
        table = QTableWidget(len(rows), 2)
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("What it does")])
        table.setAccessibleName(self.tr("Keys and commands"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for number, command in enumerate(rows):
            table.setItem(number, 0, QTableWidgetItem("  or  ".join(command.keys)))
            table.setItem(number, 1, QTableWidgetItem(command.title.rstrip(" …")))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        moves = parts.label(
            self.tr(
                "In the article: arrows move the caret, with Ctrl by words, with Alt by sentences, with Ctrl and "
                "up or down by paragraphs; Shift selects. With the mouse: drag selects whole words (Alt: letters), "
                "double click a word, triple click a sentence, Ctrl and drag adds words."
            ),
            "muted",
        )
        layout = QVBoxLayout(self)
        layout.addWidget(moves)
        layout.addWidget(table, 1)
        self.resize(560, 620)


class AboutDialog(QDialog):
    """What this is, and its licence."""

    def __init__(self, parent: QWidget, version: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About annotator"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        title = QLabel(f"annotator {version}")
        title.setObjectName("layer")
        layout.addWidget(title)
        layout.addWidget(
            parts.label(
                self.tr(
                    "Marks actors, claims and sentiment in news. Everything stays in one file on this machine; "
                    "nothing is sent anywhere. MIT licence; made with Qt (LGPL), SQLite and sqlite-utils."
                )
            )
        )
        self.resize(420, 140)
