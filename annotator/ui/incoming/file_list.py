"""The list of files for Qt: a sign for what becomes of each, its name, and what it brings."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.presentation.incoming import Fate, FileRow, Incoming
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MARGIN, SIGN, GAP = 10, 24, 5

SIGNS = {
    Fate.NEW: "+",
    Fate.THERE: "=",
    Fate.REFUSED: "×",
    Fate.ASKS: "?",
    Fate.LEFT_OUT: "–",
}
"""Beside each file; the words below its name say the same."""


class FileModel(QAbstractListModel):
    """Shows the rows of ``Incoming``."""

    def __init__(self, desk: Incoming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = desk.rows

    def refresh(self) -> None:
        """Take other rows over, if there are any; the same files stay where they are."""
        rows, old = self._desk.rows, self._rows
        if rows is old:
            return
        if [row.name for row in rows] == [row.name for row in old]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many files are listed."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return a row, its words, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.UserRole:
            return row
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return f"{row.name}: {row.brings}"
        return row.name if role == Role.ToolTipRole else None


class FileDelegate(QStyledItemDelegate):
    """Paints a file in two lines, its sign before them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(200, 2 * option.fontMetrics.lineSpacing() + 3 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one file."""
        row = index.data(Role.UserRole)
        if not isinstance(row, FileRow):
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self.theme.tint(self.theme.accent, 0.16))
        line = option.fontMetrics.lineSpacing()
        painter.setFont(option.font)
        painter.setPen(self._colour(row.fate))
        left = QRect(area.left() + MARGIN, area.top() + GAP, SIGN, line)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, SIGNS[row.fate])
        width = area.width() - SIGN - 2 * MARGIN
        top = QRect(area.left() + MARGIN + SIGN, area.top() + GAP, width, line)
        quiet = row.fate in (Fate.LEFT_OUT, Fate.THERE)
        for number, (words, elide) in enumerate(
            ((row.name, Qt.TextElideMode.ElideMiddle), (row.brings, Qt.TextElideMode.ElideRight))
        ):
            painter.setPen(self.theme.muted if number or quiet else self.theme.text)
            place = top.translated(0, number * (line + GAP // 2))
            shown = option.fontMetrics.elidedText(words, elide, width)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _colour(self, fate: Fate) -> QColor:
        return self.theme.accent if fate in (Fate.NEW, Fate.ASKS) else self.theme.muted


def file_view(model: FileModel, delegate: FileDelegate, name: str) -> QListView:
    """Return the list."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
