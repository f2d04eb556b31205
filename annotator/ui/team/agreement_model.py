"""The rows of the agreement table for Qt, and the small plot beside each value."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.presentation.agreement_table import AgreementRow, AgreementTable
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ABOUT, MEASURE, VALUE, PLOT, INTERVAL, COVERAGE, ARTICLES = range(7)

ROW = Role.UserRole
"""Gives the whole row."""

LOWEST = -0.2
"""Where the plot begins; worse agreement stands at its edge."""

DOT = 4.0


class AgreementModel(QAbstractTableModel):
    """Shows an ``AgreementTable``."""

    def __init__(self, table: AgreementTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows = table.rows
        self._table = table
        table.changed.connect(self._reset)

    def detach(self) -> None:
        """Listen no longer."""
        self._table.changed.disconnect(self._reset)

    def row(self, number: int) -> AgreementRow | None:
        """Return a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many coefficients are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (
            self.tr("About"),
            self.tr("Measure"),
            self.tr("Value"),
            self.tr("0 … 1"),
            self.tr("95 % interval"),
            self.tr("Coverage"),
            self.tr("Articles"),
        )[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the words of a cell."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = index.column()
        if role == ROW:
            return row
        if role == Role.AccessibleTextRole:
            return f"{row.heading}: {row.measure} {row.words} {row.interval}"
        if role == Role.ToolTipRole:
            return row.explanation if column in (MEASURE, VALUE) else self._words(row, column)
        if role == Role.DisplayRole:
            return "" if column == ABOUT and not row.begins else self._words(row, column)
        if role == Role.TextAlignmentRole and column == VALUE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.ForegroundRole and column in (INTERVAL, COVERAGE, ARTICLES):
            return self.theme.muted
        return None

    def _words(self, row: AgreementRow, column: int) -> str:
        return (
            row.heading,
            row.measure,
            row.words,
            "",
            row.interval,
            row.coverage,
            row.basis,
        )[column]

    def _reset(self, _: None) -> None:
        self.beginResetModel()
        self._rows = self._table.rows
        self.endResetModel()


class PlotDelegate(QStyledItemDelegate):
    """Paints the value as a dot on a line from 0 to 1, with its interval; worse than chance left of 0."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        row = index.data(ROW)
        if not isinstance(row, AgreementRow):
            return
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        middle = area.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.hairline, 1))
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        for mark in (0.0, 1.0):
            painter.drawLine(
                QPointF(_x(area, mark), middle - 5), QPointF(_x(area, mark), middle + 5)
            )
        if row.low is not None and row.high is not None:
            painter.setPen(QPen(self.theme.accent, 2))
            painter.drawLine(
                QPointF(_x(area, row.low), middle), QPointF(_x(area, row.high), middle)
            )
        if row.value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.accent)
            painter.drawEllipse(QPointF(_x(area, row.value), middle), DOT, DOT)
        painter.restore()


def _x(area: QRectF, value: float) -> float:
    share = (min(max(value, LOWEST), 1.0) - LOWEST) / (1.0 - LOWEST)
    return area.left() + share * area.width()
