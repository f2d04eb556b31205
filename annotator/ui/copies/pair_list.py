"""The list of pairs for Qt: the share in common, and both titles."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.presentation.copies import Copies, PairRow
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MARGIN, SIGN, GAP = 10, 46, 5


class PairModel(QAbstractListModel):
    """Shows the rows of ``Copies``."""

    def __init__(self, desk: Copies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = desk.rows

    def refresh(self) -> None:
        """Take other rows over, if there are any."""
        if self._rows is not self._desk.rows:
            self.beginResetModel()
            self._rows = self._desk.rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many pairs are listed."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return a row, its words, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.UserRole:
            return row
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return row.spoken
        return f"{row.one.title}\n{row.other.title}" if role == Role.ToolTipRole else None


class PairDelegate(QStyledItemDelegate):
    """Paints a pair in two lines, the share before them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(200, 2 * option.fontMetrics.lineSpacing() + 3 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one pair."""
        row = index.data(Role.UserRole)
        if not isinstance(row, PairRow):
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self.theme.tint(self.theme.accent, 0.16))
        line = option.fontMetrics.lineSpacing()
        painter.setFont(option.font)
        painter.setPen(self.theme.accent)
        left = QRect(area.left() + MARGIN, area.top() + GAP, SIGN, line)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, row.sign)
        width = area.width() - SIGN - 2 * MARGIN
        top = QRect(area.left() + MARGIN + SIGN, area.top() + GAP, width, line)
        elide = Qt.TextElideMode.ElideRight
        for number, article in enumerate((row.one, row.other)):
            painter.setPen(self.theme.muted if number else self.theme.text)
            words = option.fontMetrics.elidedText(article.title, elide, width)
            place = top.translated(0, number * (line + GAP // 2))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


def pair_view(model: PairModel, delegate: PairDelegate, name: str) -> QListView:
    """Return the list."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
