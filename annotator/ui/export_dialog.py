"""Which format, whose marks, with or without the texts: asked on one page, with what will be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.transfer import ExportForm, ExportWish, Format, target
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.inspector import parts

EVERYBODY = ""
TABLES = ("csv", "tsv")
VIEWS = ("annotator", "gold", "suggestions")


CAPTION_WIDTH = 60
LIST_WIDTH = 250


class ExportDialog(QDialog):
    """Shows what each format leaves out before anything is written.

    Attributes:
        wish: what was chosen, once it is accepted.
    """

    def __init__(
        self, parent: QWidget, form: ExportForm, ask_target: Callable[[str], Path | None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export in another format"))
        self.wish: ExportWish | None = None
        self._form = form
        self._ask_target = ask_target
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Formats"))
        self.list.setUniformItemSizes(True)
        for each in form.formats:
            item = QListWidgetItem(each.title)
            item.setToolTip(each.carries)
            self.list.addItem(item)
        self.list.setFixedWidth(LIST_WIDTH)
        self.about = parts.heading("")
        self.about.setWordWrap(True)
        self.carries = parts.label("")
        self.comes = parts.label("", "muted")
        self.command = parts.label("", "hint")
        self.lost = parts.label("")
        self.lost.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.view = ChoiceBox(self.tr("What is exported"))
        names = (self.tr("Annotators’ marks"), self.tr("Gold"), self.tr("Suggestions"))
        for value, name in zip(VIEWS, names, strict=True):
            self.view.addItem(name, value)
        self.person = ChoiceBox(self.tr("Whose marks"))
        self.person.addItem(self.tr("Everybody’s"), EVERYBODY)
        for name in form.people:
            self.person.addItem(name, name)
        self.bare = TickBox(self.tr("Leave the texts out, keep their hashes"))
        self.refusal = parts.label("", "hint")
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.view.currentIndexChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.resize(760, 520)

    @property
    def format(self) -> Format:
        """The format under the cursor."""
        return self._form.formats[max(self.list.currentRow(), 0)]

    def _lay_out(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton(
            self.tr("Choose where …"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        scroll = QScrollArea()
        scroll.setWidget(self.lost)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.about)
        right.addWidget(self.carries)
        right.addWidget(self.comes)
        right.addWidget(scroll, 1)
        for name, box in ((self.tr("What"), self.view), (self.tr("Whose"), self.person)):
            caption = parts.label(name, "value", wrap=False)
            caption.setFixedWidth(CAPTION_WIDTH)
            right.addWidget(parts.row(caption, box))
        right.addWidget(self.bare)
        right.addWidget(self.refusal)
        right.addWidget(self.command)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(body, 1)
        layout.addWidget(self.buttons)

    def _show(self) -> None:
        chosen = self.format
        self.about.setText(chosen.title)
        self.carries.setText(chosen.carries)
        self.comes.setText(self._what_comes(chosen))
        self.command.setText(
            self.tr("On the command line: {option}").format(option=f"--format {chosen.name}")
        )
        lines = [f"• {item}" for item in chosen.cannot_carry]
        head = self.tr("What it leaves out") if lines else self.tr("It leaves nothing out.")
        self.lost.setText("\n".join([head, *lines]))
        self.bare.setEnabled(not chosen.needs_text)
        if chosen.needs_text:
            self.bare.setChecked(False)
        self.person.setEnabled(self.view.currentData() == VIEWS[0])
        refused = self.view.currentData() == VIEWS[2] and not chosen.tells_view
        self.refusal.setText(
            self.tr("This format cannot tell suggestions from marks: choose another.")
            if refused
            else ""
        )
        self.go.setEnabled(not refused)

    def _what_comes(self, chosen: Format) -> str:
        if not chosen.several:
            return self.tr("What comes is one file ({}).").format(chosen.suffix)
        if chosen.name in TABLES:
            return self.tr("What comes is a folder, or a .zip, of tables.")
        return self.tr("What comes is a folder, or a .zip, of files.")

    def _proposed(self, chosen: Format) -> str:
        """Return a name for the file; the format stands in it where several have one ending."""
        alike = [each for each in self._form.formats if each.suffix == chosen.suffix]
        is_own = chosen == self._form.formats[0]
        says_format = chosen.suffix and len(alike) > 1 and not is_own
        name = f"{self._form.proposed}-{chosen.name}" if says_format else self._form.proposed
        return f"{name}{chosen.suffix}"

    def _finish(self) -> None:
        chosen = self.format
        path = self._ask_target(self._proposed(chosen))
        if path is None:
            return
        wish = ExportWish(target(path, chosen), chosen.name, self.view.currentData())
        if self.person.isEnabled() and self.person.currentData() != EVERYBODY:
            wish = replace(wish, annotator=self.person.currentData())
        self.wish = replace(wish, without_text=self.bare.isChecked())
        self.accept()
