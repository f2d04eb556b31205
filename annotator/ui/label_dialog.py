"""What labels of another tool mean here: one line for each, answered from the labels of the codebook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator.ui.asking import form_layout, two_answers
from annotator.ui.boxes import ChoiceBox

LEFT_OUT = ""


class LabelDialog(QDialog):
    """Asks after an import whose labels the codebook does not know.

    Attributes:
        boxes: the answer to each label, by the label.
    """

    def __init__(
        self, parent: QWidget, unknown: Sequence[tuple[str, int]], own: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What do these labels mean here?"))
        self.boxes: dict[str, ChoiceBox] = {}
        self.table = QTableWidget(len(unknown), 3)
        self.table.setHorizontalHeaderLabels(
            [self.tr("Label"), self.tr("Marks"), self.tr("Means here")]
        )
        self.table.setAccessibleName(self.tr("Labels of the other tool"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, (label, count) in enumerate(unknown):
            self.table.setItem(row, 0, QTableWidgetItem(" ".join(label.split()) or "“ ”"))
            number = QTableWidgetItem(str(count))
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, 1, number)
            box = self.boxes[label] = ChoiceBox(self.tr("What {} means here").format(label))
            box.addItem(self.tr("leave out"), LEFT_OUT)
            for each in own:
                box.addItem(each, each)
            self.table.setCellWidget(row, 2, box)
            self.table.setRowHeight(row, box.sizeHint().height() + 6)
        layout = form_layout(
            self,
            self.tr(
                "The codebook has no such labels, so their marks were left out. Say what they "
                "mean to take them; the project remembers it for further imports."
            ),
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(two_answers(self, self.tr("Take these marks"), self.tr("Leave all out")))
        self.resize(520, min(220 + 40 * len(unknown), 560))
        if self.boxes:
            next(iter(self.boxes.values())).setFocus()

    def said(self) -> dict[str, str]:
        """Return what was answered, without the labels that are left out."""
        return {
            label: box.currentData()
            for label, box in self.boxes.items()
            if box.currentData() != LEFT_OUT
        }
