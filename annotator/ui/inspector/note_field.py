"""A field for a note: it is kept when the field is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit


class NoteField(QPlainTextEdit):
    """Holds a note.

    Args:
        note: what it says now.
        keep: takes what was written, whenever that changed.
        name: what a screen reader says.
    """

    def __init__(self, note: str, keep: Callable[[str], None], name: str) -> None:
        super().__init__(note)
        self._keep = keep
        self._before = note
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("A note to yourself or your team"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(56)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        self.keep()

    def keep(self) -> None:
        """Write the note if it changed."""
        text = self.toPlainText()
        if text != self._before:
            self._before = text
            self._keep(text)
