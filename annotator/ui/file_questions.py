"""Questions for files and folders, asked with the dialogs of the desktop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.presentation.file_places import FilePlaces, Purpose
from annotator.ui.asking import in_front

READABLE = (
    "*.txt *.md *.html *.htm *.mhtml *.docx *.odt *.rtf *.pdf *.epub *.csv *.tsv *.xlsx *.json *.jsonl "
    "*.rss *.xml *.zip *.ann *.spacy *.dna *.qdpx *.conll *.xmi"
)
"""What the dialog shows at first; all other files are one click away."""


class FileQuestions:
    """Asks over a window, and begins where files for the same were last."""

    def __init__(self, window: QWidget, places: FilePlaces) -> None:
        self._window = window
        self._places = places

    def project(self) -> Path | None:
        """Ask for a project to open."""
        name, _ = QFileDialog.getOpenFileName(
            in_front(self._window),
            self._window.tr("Open a project"),
            str(self._places.begin(Purpose.PROJECT)),
            self._window.tr("Projects (*.annotator)"),
        )
        return self._one(Purpose.PROJECT, name)

    def new_project(self) -> Path | None:
        """Ask where a new project goes."""
        name, _ = QFileDialog.getSaveFileName(
            in_front(self._window),
            self._window.tr("New project"),
            str(self._places.begin(Purpose.PROJECT)),
            self._window.tr("Projects (*.annotator)"),
        )
        return self._one(Purpose.PROJECT, name)

    def imports(self) -> list[Path]:
        """Ask for files to import."""
        names, _ = QFileDialog.getOpenFileNames(
            in_front(self._window),
            self._window.tr("Import articles"),
            str(self._places.begin(Purpose.IMPORT)),
            self._window.tr("Articles and marks ({});;All files (*)").format(READABLE),
        )
        return self._many(Purpose.IMPORT, names)

    def import_folder(self) -> Path | None:
        """Ask for a folder to import; the next question begins beside it."""
        name = QFileDialog.getExistingDirectory(
            in_front(self._window),
            self._window.tr("Import a folder"),
            str(self._places.begin(Purpose.IMPORT)),
        )
        return self._one(Purpose.IMPORT, name)

    def merges(self) -> list[Path]:
        """Ask for other annotators' files."""
        names, _ = QFileDialog.getOpenFileNames(
            in_front(self._window),
            self._window.tr("Merge other annotators’ files"),
            str(self._places.begin(Purpose.MERGE)),
            self._window.tr("Projects (*.annotator)"),
        )
        return self._many(Purpose.MERGE, names)

    def export(self, proposed: str) -> Path | None:
        """Ask where an export goes; a name is proposed."""
        kinds = _filter_for(Path(proposed).suffix)
        return self.target(in_front(self._window), self._window.tr("Export"), proposed, kinds)

    def target(self, over: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
        """Ask over a window where a file goes that is written; a name is proposed."""
        begin = self._places.begin(Purpose.EXPORT) / proposed
        name, _ = QFileDialog.getSaveFileName(over, title, str(begin), kinds)
        return self._one(Purpose.EXPORT, name)

    def target_folder(self, over: QWidget, title: str) -> Path | None:
        """Ask over a window for the folder in which files are written."""
        name = QFileDialog.getExistingDirectory(
            over, title, str(self._places.begin(Purpose.EXPORT))
        )
        if name:
            self._places.chose(Purpose.EXPORT, Path(name))
        return Path(name) if name else None

    def folder(self, start: Path) -> Path | None:
        """Ask for a folder; one that is not there yet may be proposed."""
        there = start if start.is_dir() else start.parent
        name = QFileDialog.getExistingDirectory(
            in_front(self._window), self._window.tr("Where the files go"), str(there)
        )
        return Path(name) if name else None

    def _one(self, purpose: Purpose, name: str) -> Path | None:
        found = self._many(purpose, [name] if name else [])
        return found[0] if found else None

    def _many(self, purpose: Purpose, names: Sequence[str]) -> list[Path]:
        paths = [Path(name) for name in names]
        if paths:
            self._places.chose(purpose, paths[0].parent)
        return paths


def asking_over(part: QWidget) -> FileQuestions:
    """Return what asks for files in the main window that a part or a window beside it belongs to.

    Raises:
        LookupError: it belongs to none.
    """
    place: QWidget | None = part
    while place is not None:
        found = getattr(place, "questions", None)
        if isinstance(found, FileQuestions):
            return found
        place = place.parentWidget()
    raise LookupError(f"no window asks for files over {part!r}")


def _filter_for(suffix: str) -> str:
    """Return the filter of a file dialog for one suffix; a folder has none."""
    return f"{suffix[1:].upper()} (*{suffix})" if suffix else ""
