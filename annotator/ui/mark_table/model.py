"""The rows of the mark table for Qt; nothing is fetched before it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import Attribute
from annotator.presentation.mark_columns import Column
from annotator.presentation.mark_table import MarkTable
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ATTRIBUTE = Role.UserRole
"""Gives the attribute that a cell edits, or None."""


class MarkTableModel(QAbstractTableModel):
    """Shows a ``MarkTable``."""

    def __init__(self, table: MarkTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._table = table
        self._columns = table.columns
        self._count = table.count
        table.reset.connect(self._reset)
        table.rows_changed.connect(self._rows_changed)

    def detach(self) -> None:
        """Listen no longer."""
        self._table.reset.disconnect(self._reset)
        self._table.rows_changed.disconnect(self._rows_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many marks the query found."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def column(self, number: int) -> Column | None:
        """Return a column."""
        return self._columns[number] if 0 <= number < len(self._columns) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            column = self.column(section)
            return column.title if column else None
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the words of a cell, its colour, and the attribute behind it."""
        column = self.column(index.column()) if index.isValid() else None
        if column is None or role not in _ROLES:
            return None
        if role == ATTRIBUTE:
            return column.attribute
        row = self._table.row(index.row())
        if row is None:
            return None
        if role == Role.ForegroundRole:
            book = self._table.codebook
            if column.id == "layer" and book and book.has_layer(row.layer):
                return self.theme.shade(book.layer(row.layer).colour)
            return None if column.id == "words" or column.attribute else self.theme.muted
        text = self._table.text(row, column)
        return text if role != Role.ToolTipRole or len(text) > 30 else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells with an attribute that the row's layer has be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        attribute = self.data(index, ATTRIBUTE)
        row = self._table.row(index.row())
        book = self._table.codebook
        if (
            isinstance(attribute, Attribute)
            and row
            and book
            and book.has_layer(row.layer)
            and book.layer(row.layer).attribute(attribute.name)
        ):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._table.sort(column, descending=order == Qt.SortOrder.DescendingOrder)

    def _reset(self, _: None) -> None:
        self.beginResetModel()
        self._columns, self._count = self._table.columns, self._table.count
        self.endResetModel()

    def _rows_changed(self, _: None) -> None:
        if self._count and self._columns:
            last = self.index(self._count - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_ROLES = {
    Role.DisplayRole,
    Role.EditRole,
    Role.ToolTipRole,
    Role.ForegroundRole,
    Role.AccessibleTextRole,
    ATTRIBUTE,
}
