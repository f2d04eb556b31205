"""Who gets which articles: names, how many everybody codes, and what would come of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.assigning import STRATA, AssignDraft
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.inspector import parts

SPIN_WIDTH = 200

FOLDER_WIDTH = 340

TABLE_HEIGHT = 150


class AssignDialog(QDialog):
    """Shows what would be dealt while it is filled in; nothing is written before it is accepted.

    Args:
        ask_folder: lets the user choose a folder, from the one there is; None keeps it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        draft: AssignDraft,
        ask_folder: Callable[[Path], Path | None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Assign articles"))
        self.draft = draft
        self._ask_folder = ask_folder
        self.names = QLineEdit()
        self.names.setAccessibleName(self.tr("Annotators"))
        self.names.setPlaceholderText(self.tr("names, separated by commas"))
        self.overlap = self._spin(
            self.tr("Share that everybody codes"), 100, round(draft.wish.overlap * 100)
        )
        self.overlap.setSuffix(self.tr(" % of the articles"))
        self.count = self._spin(self.tr("At most so many articles"), max(draft.most, 1), 0)
        self.count.setSpecialValueText(self.tr("all"))
        self.strata = ChoiceBox(self.tr("Deal evenly"))
        self.strata.offer(STRATA, draft.wish.strata)
        self.seed = self._spin(self.tr("Seed"), 2**31 - 1, draft.wish.seed)
        self.again = TickBox(self.tr("Also articles that somebody has already"))
        self.open_ = TickBox(self.tr("Let them see everybody’s marks and gold"))
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setMinimumWidth(FOLDER_WIDTH)
        self.folder.setAccessibleName(self.tr("Where the files go"))
        self.elsewhere = parts.button(self.tr("Choose folder …"), "", self._choose_folder)
        self.elsewhere.setAutoDefault(False)  # Enter writes the files
        self.told = parts.label("")
        self.told.setAccessibleName(self.tr("What would be dealt"))
        self.table = QTableWidget(0, 3)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write = self.buttons.addButton(
            self.tr("Write the files"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._lay_out()
        self._connect()
        self.resize(640, 600)
        self._show()
        self.names.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Annotators"), self.names)
        if self.draft.known:
            known = self.tr("In the project: {}. New names are added.").format(
                ", ".join(self.draft.known)
            )
            form.addRow("", parts.label(known, "muted"))
        form.addRow(self.tr("For everybody"), self.overlap)
        form.addRow(self.tr("At most"), self.count)
        seed = parts.label(self.tr("Seed"), "muted", wrap=False)
        form.addRow(self.tr("Deal"), parts.row(self.strata, seed, self.seed))
        form.addRow("", self.again)
        form.addRow("", self.open_)
        form.addRow(self.tr("Files go to"), parts.row(self.folder, self.elsewhere))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Annotator"), self.tr("Articles"), self.tr("File")]
        )
        self.table.setAccessibleName(self.tr("Who would get what"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(TABLE_HEIGHT)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.write.setObjectName("primary")
        self.write.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(parts.line())
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.names.textEdited.connect(self._fill_in)
        self.overlap.valueChanged.connect(self._fill_in)
        self.count.valueChanged.connect(self._fill_in)
        self.strata.currentIndexChanged.connect(self._fill_in)
        self.seed.valueChanged.connect(self._fill_in)
        self.again.toggled.connect(self._fill_in)
        self.open_.toggled.connect(self._fill_in)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _spin(self, name: str, most: int, value: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, most)
        spin.setAccessibleName(name)
        spin.setMaximumWidth(SPIN_WIDTH)
        spin.setValue(value)
        return spin

    def _fill_in(self, _: object) -> None:
        self.draft.choose_blind(yes=not self.open_.isChecked())
        self.draft.change(
            annotators=tuple(self.names.text().split(",")),
            overlap=self.overlap.value() / 100,
            count=self.count.value() or None,
            strata=self.strata.currentData(),
            seed=self.seed.value(),
            again=self.again.isChecked(),
        )
        self._show()

    def _choose_folder(self) -> None:
        folder = self._ask_folder(self.draft.folder)
        if folder:
            self.draft.choose_folder(folder)
            self._show()

    def _show(self) -> None:
        self.folder.setText(str(self.draft.folder))
        self.count.blockSignals(True)
        self.count.setMaximum(max(self.draft.most, 1))
        self.count.blockSignals(False)
        self.told.setText(self.draft.problem or self.draft.told)
        rows = self.draft.rows
        self.table.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            for column, words in enumerate(cells):
                self.table.setItem(number, column, QTableWidgetItem(words))
        self.write.setEnabled(self.draft.can_write)
