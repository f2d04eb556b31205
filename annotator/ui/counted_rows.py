"""The rows of a plain list, which Python keeps and Qt counts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

Index = QModelIndex | QPersistentModelIndex

ROW_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
"""What a row can do: it can be chosen, and nothing stands below it."""


class CountedRows(QStringListModel):
    """Rows that somebody else keeps, and only their number is Qt's.

    It is known by a list of Qt's own, of empty words: a view asks twice for each row when it lays
    them out, which takes a list of thousands ten times as long where Python answers.
    """

    def count(self, rows: int) -> None:
        """Show so many rows, all of them anew."""
        self.setStringList([""] * rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be chosen, and nothing else."""
        return ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags
