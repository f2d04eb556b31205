"""The report of a fault: to read, to copy, and to pass on or not."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.ui.inspector import parts


class FaultDialog(QDialog):
    """Shows a report; it goes nowhere by itself."""

    def __init__(self, parent: QWidget, text: str, place: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("annotator met a fault"))
        self._text = text
        words = self.tr(
            "annotator met a fault of its own. Everything that was saved is in your project. If you want to "
            "help, copy the report below and send it to the people who make annotator. It says where in the "
            "program the fault is and holds no word of your articles; nothing is sent by itself."
        )
        field = QPlainTextEdit(text)
        field.setReadOnly(True)
        field.setAccessibleName(self.tr("The report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(parts.label(words))
        layout.addWidget(field, 1)
        layout.addWidget(parts.label(self.tr("It is kept in {}").format(place), "muted"))
        layout.addWidget(buttons)
        self.resize(600, 420)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
