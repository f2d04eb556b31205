"""A list whose rows are two lines with a sign before them: files, pairs of copies, cases to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
R = TypeVar("R")

MARGIN, GAP = 10, 5
SHOWN = Role.UserRole + 1
"""The role of what is painted; ``UserRole`` is the row itself."""


def accent(theme: Theme) -> QColor:
    """Return the colour of a sign that matters."""
    return theme.accent


def muted(theme: Theme) -> QColor:
    """Return the colour of a sign that does not."""
    return theme.muted


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What is painted of a row.

    Attributes:
        spoken: what a screen reader says.
        colour: of the sign.
        quiet: whether the first line is as pale as the second.
        cut: where the first line gives way if it is too long.
    """

    sign: str
    first: str
    second: str
    spoken: str
    tip: str
    colour: Callable[[Theme], QColor] = accent
    quiet: bool = False
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight


class TwoLineModel(QAbstractListModel, Generic[R]):
    """Shows rows that somebody else keeps."""

    def __init__(
        self,
        rows: Callable[[], Sequence[R]],
        shown: Callable[[R], TwoLines],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = rows
        self._shown = shown
        self._rows = rows()

    def refresh(self) -> None:
        """Take other rows over, if there are any; the same ones stay where they are."""
        rows, old = self._ask(), self._rows
        if rows is old:
            return
        if [self._shown(row).first for row in rows] == [self._shown(row).first for row in old]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows are listed."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return a row, what is painted of it, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.UserRole:
            return row
        shown = self._shown(row)
        if role == SHOWN:
            return shown
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return shown.spoken
        return shown.tip if role == Role.ToolTipRole else None


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row: the sign beside the first line, the second one paler.

    ``widest`` is the longest sign that comes.
    """

    def __init__(self, theme: Theme, parent: QWidget, widest: str = "✓") -> None:
        super().__init__(parent)
        self.theme = theme
        self._widest = widest

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(200, 2 * option.fontMetrics.lineSpacing() + 3 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        shown = index.data(SHOWN)
        if not isinstance(shown, TwoLines):
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self.theme.tint(self.theme.accent, 0.16))
        bold = QFont(option.font)
        bold.setBold(True)
        room = QFontMetrics(bold).horizontalAdvance(self._widest) + MARGIN
        metrics = option.fontMetrics
        line, middle = metrics.lineSpacing(), Qt.AlignmentFlag.AlignVCenter
        top = QRect(area.left() + MARGIN, area.top() + GAP, area.width() - 2 * MARGIN, line)
        painter.setFont(bold)
        painter.setPen(shown.colour(self.theme))
        painter.drawText(top, middle, shown.sign)
        painter.setFont(option.font)
        top.setLeft(top.left() + room)
        painter.setPen(self.theme.muted if shown.quiet else self.theme.text)
        painter.drawText(top, middle, metrics.elidedText(shown.first, shown.cut, top.width()))
        painter.setPen(self.theme.muted)
        words = metrics.elidedText(shown.second, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top.translated(0, line + GAP), middle, words)
        painter.restore()


def two_line_view(model: TwoLineModel[R], delegate: TwoLineDelegate, name: str) -> QListView:
    """Return the list, which a screen reader calls by its name."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
