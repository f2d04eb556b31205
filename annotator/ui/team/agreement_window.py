"""The agreement window: what to measure above, the table with its plot, and what the chosen row says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.agreement_table import AgreementTable
from annotator.presentation.option import Option
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.file_questions import asking_over
from annotator.ui.inspector import parts
from annotator.ui.report_pdf import pdf
from annotator.ui.staying import StayingDialog
from annotator.ui.team.agreement_model import (
    ABOUT,
    COVERAGE,
    MEASURE,
    PLOT,
    VALUE,
    AgreementModel,
    PlotDelegate,
)
from annotator.ui.theme import Theme

WIDTHS = {ABOUT: 200, MEASURE: 240, VALUE: 64, PLOT: 180, 4: 118, COVERAGE: 230}


class AgreementWindow(StayingDialog):
    """Stays open beside the main window; looking changes nothing."""

    def __init__(self, table: AgreementTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Agreement"))
        self.resize(1180, 700)
        self.table = table
        self.model = AgreementModel(table, theme, self)
        self.layers = self._list(self.tr("Layer"), table.layers, table.show_layer)
        self.families = self._list(self.tr("Measures"), table.families, table.choose_family)
        self.groupings = self._list(self.tr("Parts"), table.groupings, table.choose_grouping)
        self.unfinished = TickBox(self.tr("Count unfinished work, too"))
        self.unfinished.toggled.connect(lambda yes: table.count_unfinished(yes=yes))
        self.measure = parts.button(self.tr("Measure"), "", table.measure, name="primary")
        self.report = parts.button(self.tr("Report …"), "", self._write_report)
        self.figures = parts.button(self.tr("All figures …"), "", self._write_figures)
        self.long = parts.button(self.tr("Table as CSV …"), "", self._write_table)
        self.view = QTableView()
        self.plot = PlotDelegate(theme, self.view)
        self.said = parts.label("", "muted")
        self.explanation = parts.label("")
        self.explanation.setMinimumHeight(64)
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lay_out()
        table.changed.connect(self._refresh)
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.model.theme = self.plot.theme = theme
        self.view.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the fields, so that it presses no button; Escape closes."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure when there is nothing to show yet; offer the layers of the present codebook."""
        super().showEvent(event)
        _fill(self.layers, self.table.layers)
        if self.table.found is None:
            self.table.measure()

    def _lay_out(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegateForColumn(PLOT, self.plot)
        view.setAccessibleName(self.tr("Coefficients of agreement"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(28)
        for column, width in WIDTHS.items():
            view.setColumnWidth(column, width)
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.selectionModel().currentRowChanged.connect(lambda *_: self._explain())
        self.families.setMaximumWidth(260)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(
            parts.row(self.layers, self.families, self.groupings, self.unfinished, self.measure)
        )
        layout.addWidget(self.said)
        layout.addWidget(view, 1)
        layout.addWidget(self.explanation)
        layout.addWidget(parts.row(self.report, self.figures, self.long))

    def _list(self, name: str, options: Sequence[Option], run: Callable[[str], None]) -> QComboBox:
        box = ChoiceBox(name)
        _fill(box, options)
        box.activated.connect(lambda _=0: run(str(box.currentData())))
        return box

    def _refresh(self, _: None) -> None:
        self.said.setText(self.table.said)
        self.measure.setEnabled(not self.table.is_running)
        for button in (self.report, self.figures, self.long):
            button.setEnabled(self.table.found is not None and not self.table.is_running)
        if self.table.rows:
            self.view.selectRow(0)
        self._explain()

    def _explain(self) -> None:
        row = self.model.row(self.view.currentIndex().row())
        self.explanation.setText(row.explanation if row else "")

    def _write_report(self) -> None:
        forms = self.tr("PDF (*.pdf);;HTML (*.html);;Markdown (*.md)")
        path = self._ask(self.tr("Write the reliability report"), "reliability.pdf", forms)
        if path:
            self.table.write_report(path, pdf)

    def _write_figures(self) -> None:
        path = self._ask(self.tr("Write all figures"), "agreement.md", self.tr("Markdown (*.md)"))
        if path:
            self.table.write_figures(path)

    def _write_table(self) -> None:
        path = self._ask(self.tr("Write the table"), "agreement.csv", self.tr("CSV (*.csv)"))
        if path:
            self.table.write_table(path)

    def _ask(self, title: str, proposed: str, kinds: str) -> Path | None:
        return asking_over(self).target(self, title, proposed, kinds)


def _fill(box: QComboBox, options: Sequence[Option]) -> None:
    chosen = box.currentData()
    box.clear()
    for option in options:
        box.addItem(option.label, option.name)
    box.setCurrentIndex(max(box.findData(chosen), 0))
