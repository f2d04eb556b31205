"""Questions that need a window of their own: files, encodings, reports, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.commands import Command
from annotator.ui.asking import in_front
from annotator.ui.inspector import parts

READABLE = (
    "*.txt *.md *.html *.htm *.mhtml *.docx *.odt *.rtf *.pdf *.epub *.csv *.tsv *.xlsx *.json *.jsonl "
    "*.rss *.xml *.zip *.ann *.spacy *.dna *.qdpx *.conll *.xmi"
)
"""What the dialog shows at first; all other files are one click away."""


class FileQuestions:
    """Asks for files with the dialogs of the desktop."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._taken_from = ""

    def project(self, start: str) -> Path | None:
        """Ask for a project to open."""
        name, _ = QFileDialog.getOpenFileName(
            in_front(self._window),
            self._window.tr("Open a project"),
            start,
            self._window.tr("Projects (*.annotator)"),
        )
        return Path(name) if name else None

    def new_project(self, start: str) -> Path | None:
        """Ask where a new project goes."""
        name, _ = QFileDialog.getSaveFileName(
            in_front(self._window),
            self._window.tr("New project"),
            start,
            self._window.tr("Projects (*.annotator)"),
        )
        return Path(name) if name else None

    def imports(self, start: str) -> list[Path]:
        """Ask for files to import, where the last ones were."""
        names, _ = QFileDialog.getOpenFileNames(
            in_front(self._window),
            self._window.tr("Import articles"),
            self._taken_from or start,
            self._window.tr("Articles and marks ({});;All files (*)").format(READABLE),
        )
        if names:
            self._taken_from = str(Path(names[0]).parent)
        return [Path(name) for name in names]

    def import_folder(self, start: str) -> Path | None:
        """Ask for a folder to import; the next question begins beside it."""
        name = QFileDialog.getExistingDirectory(
            in_front(self._window), self._window.tr("Import a folder"), self._taken_from or start
        )
        if name:
            self._taken_from = str(Path(name).parent)
        return Path(name) if name else None

    def merges(self, start: str) -> list[Path]:
        """Ask for other annotators' files."""
        names, _ = QFileDialog.getOpenFileNames(
            in_front(self._window),
            self._window.tr("Merge other annotators’ files"),
            start,
            self._window.tr("Projects (*.annotator)"),
        )
        return [Path(name) for name in names]

    def export(self, proposed: str) -> Path | None:
        """Ask where an export goes."""
        name, _ = QFileDialog.getSaveFileName(
            in_front(self._window),
            self._window.tr("Export"),
            proposed,
            _filter_for(Path(proposed).suffix),
        )
        return Path(name) if name else None

    def folder(self, start: Path) -> Path | None:
        """Ask for a folder; one that is not there yet may be proposed."""
        there = start if start.is_dir() else start.parent
        name = QFileDialog.getExistingDirectory(
            in_front(self._window), self._window.tr("Where the files go"), str(there)
        )
        return Path(name) if name else None


def _filter_for(suffix: str) -> str:
    """Return the filter of a file dialog for one suffix; a folder has none."""
    return f"*{suffix} (*{suffix})" if suffix else ""


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
