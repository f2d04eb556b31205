"""A list whose rows are two lines with a sign before them: files, pairs of copies, cases to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.counted_rows import CountedRows, Index
from annotator.ui.theme import Theme

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


class TwoLineModel(CountedRows, Generic[R]):
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
        self._rows: Sequence[R] = ()
        self._coming = rows()
        # Before anybody else hears that rows came or went, and not sooner: until then the old ones hold.
        for changed in (self.rowsInserted, self.rowsRemoved, self.modelReset):
            changed.connect(self._take)
        self.count(len(self._coming))

    def refresh(self) -> None:
        """Take other rows over, if there are any; those that stay are where they were in the view."""
        rows, old = self._ask(), self._rows
        if rows is old:
            return
        most = min(len(rows), len(old))
        before = self._shared(rows, old, most)
        after = self._shared(rows[::-1], old[::-1], most - before)
        gone, come = len(old) - before - after, len(rows) - before - after
        self._coming = rows
        if gone and come:
            self.count(len(rows))
        elif gone:
            self.removeRows(before, gone)
        elif come:
            self.insertRows(before, come)
        self._take()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def _take(self, *_: object) -> None:
        self._rows = self._coming

    def _shared(self, one: Sequence[R], other: Sequence[R], most: int) -> int:
        """Return with how many rows, of so many, both begin that are the same or read alike."""
        place, same = 0, [*map(is_, one, other), False]
        while (place := same.index(False, place)) < most:
            if self._shown(one[place]).first != self._shown(other[place]).first:
                return place
            place += 1
        return most

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
