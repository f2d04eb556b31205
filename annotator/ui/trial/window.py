"""The window of suggesters: how they fared, their scores, the learning curve, and each slip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.trial_table import KINDS, Slip, TrialTable
from annotator.ui.boxes import ChoiceBox
from annotator.ui.inspector import parts
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme
from annotator.ui.trial.curve import CurveView
from annotator.ui.two_lines import Index, TwoLineDelegate, TwoLineModel, TwoLines, two_line_view

SIGNS = dict(zip(KINDS, "−+↔≠", strict=True))
"""What went wrong, before each difference."""


class TrialWindow(StayingDialog):
    """Stays open beside the main window; looking changes nothing."""

    jumped = Signal()

    def __init__(self, table: TrialTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Suggesters"))
        self.resize(760, 720)
        self.table = table
        self.model = TwoLineModel(lambda: table.slips, self._shown, self)
        self._delegate = TwoLineDelegate(theme, self)
        self.fared = parts.label("")
        self.measure = parts.button(self.tr("Try them"), "F5", table.measure, name="primary")
        self.said = parts.label("", "muted")
        self.scores = QTableWidget(0, 5)
        self.curve = CurveView(theme)
        self.differences = parts.heading(self.tr("Differences"))
        self.kinds = ChoiceBox(self.tr("Which differences"))
        self.view = two_line_view(self.model, self._delegate, self.tr("Differences"))
        self._lay_out()
        table.changed.connect(self._refresh)
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.curve.theme = self._delegate.theme = theme
        self.curve.update()
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell how suggestions fared up to now."""
        super().showEvent(event)
        self._refresh(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 tries them; Enter on a difference shows it in the text; Escape closes."""
        if event.key() == Qt.Key.Key_F5:
            self.table.measure()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        names = [self.tr("Layer"), self.tr("Suggested"), self.tr("Marked")]
        self.scores.setHorizontalHeaderLabels(
            [*names, self.tr("F1, same bounds"), self.tr("F1, touching")]
        )
        self.scores.setAccessibleName(self.tr("Scores"))
        self.scores.verticalHeader().hide()
        self.scores.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.scores.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.scores.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.kinds.offer([(self.tr("All differences"), ""), *((kind, kind) for kind in KINDS)], "")
        self.kinds.activated.connect(lambda _: self.table.choose(self.kinds.currentData()))
        self.view.activated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in (
            parts.heading(self.tr("How suggestions fared")),
            self.fared,
            parts.heading(self.tr("How good they are")),
            parts.row(self.measure, self.said, stretch=1, spacing=12),
            self.scores,
            self.curve,
            self.differences,
            self.kinds,
            self.view,
        ):
            layout.addWidget(widget)
        layout.setStretchFactor(self.view, 1)
        layout.addStretch(0)

    def _refresh(self, _: None) -> None:
        fared = self.table.fared()
        self.fared.setText("\n".join(fared) or self.tr("No suggestion was made yet."))
        self.said.setText(self.table.said())
        rows = self.table.scores()
        for compared in (self.scores, self.differences, self.kinds, self.view):
            compared.setVisible(bool(rows))
        self.scores.setRowCount(len(rows))
        height = self.scores.horizontalHeader().sizeHint().height() + 4
        self.scores.setFixedHeight(height + len(rows) * self.scores.rowHeight(0))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                self.scores.setItem(number, column, QTableWidgetItem(cell))
        self.curve.show_curves(self.table.curves())
        self.model.refresh()

    def _shown(self, slip: Slip) -> TwoLines:
        what, where = self.table.words(slip)
        return TwoLines(SIGNS[slip.kind], what, where, f"{what}\n{where}", what)

    def _open(self, index: Index) -> None:
        self.table.open(index.row())
        self.jumped.emit()
