"""The list of cases for Qt: a letter for the gravest difference, the words, and what it is about."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.presentation.adjudicating import Adjudicating
from annotator.presentation.case_words import CaseRow
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

HEIGHT, MARGIN, SIGN = 46, 10, 24


class CaseModel(QAbstractListModel):
    """Shows the rows of ``Adjudicating``."""

    def __init__(self, desk: Adjudicating, parent: QWidget | None = None) -> None:
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
        """Return how many cases are listed."""
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
        return row.quote if role == Role.ToolTipRole else None


class CaseDelegate(QStyledItemDelegate):
    """Paints a case in two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one case."""
        row = index.data(Role.UserRole)
        if not isinstance(row, CaseRow):
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self.theme.tint(self.theme.accent, 0.16))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.theme.shade(row.colour))
        left = QRect(area.left() + MARGIN, area.top(), SIGN, area.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, row.sign)
        font.setBold(False)
        painter.setFont(font)
        width = area.width() - SIGN - 2 * MARGIN
        top = QRect(area.left() + MARGIN + SIGN, area.top() + 5, width, 18)
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(self.theme.text)
        words = metrics.elidedText(" ".join(row.quote.split()), elide, width)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(self.theme.muted)
        about = metrics.elidedText(f"{row.layer} · {row.about}", elide, width)
        painter.drawText(top.translated(0, 18), Qt.AlignmentFlag.AlignVCenter, about)
        painter.restore()


def case_view(model: CaseModel, delegate: CaseDelegate, name: str) -> QListView:
    """Return the list."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
