"""A list whose rows are two lines with a sign before them: files, pairs of copies, cases to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
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
        self._asked = rows()
        self._rows: list[R] = []
        self._coming: tuple[slice, Sequence[R]] = slice(0, 0), self._asked
        # Before anybody else hears that rows came or went, and not sooner: until then the old ones hold.
        for changed in (self.rowsInserted, self.rowsRemoved, self.modelReset):
            changed.connect(self._take)
        self.count(len(self._asked))

    def refresh(self) -> None:
        """Take other rows over, if there are any; those that stay are where they were in the view."""
        rows, old = self._ask(), self._rows
        if rows is self._asked:
            return
        self._asked = rows
        most = min(len(rows), len(old))
        before = self._shared(zip(rows, old, strict=False), most)
        after = self._shared(zip(reversed(rows), reversed(old), strict=False), most - before)
        gone, come = len(old) - before - after, len(rows) - before - after
        self._coming = slice(0, len(old)), rows
        if gone and come:
            self.count(len(rows))
        elif gone:
            self.removeRows(before, gone)
        elif come:
            self.insertRows(before, come)
        self._take()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def follow(self, place: int, before: R | None, after: R | None) -> None:
        """Take over what became of one row, and look at no other; None where it came or is gone.

        Who keeps the rows changed them in place: they are the same object as before.
        """
        after_it = place + (before is not None)
        self._coming = slice(place, after_it), () if after is None else (after,)
        if before is None:
            self.insertRows(place, 1)
        elif after is None:
            self.removeRows(place, 1)
        else:
            self._take()
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def _take(self, *_: object) -> None:
        where, rows = self._coming
        self._rows[where] = rows
        self._coming = slice(0, 0), ()

    def _shared(self, pairs: Iterable[tuple[R, R]], most: int) -> int:
        """Return how many pairs of rows, of so many, are the same or read alike before one that differs."""
        for place, (one, other) in enumerate(islice(pairs, most)):
            if one is not other and self._shown(one).first != self._shown(other).first:
                return place
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


class _View(QListView):
    def keyboardSearch(self, search: str) -> None:
        """Do not look for typed letters: they are the window's, and every row would have to say what it is."""


def two_line_view(model: TwoLineModel[R], delegate: TwoLineDelegate, name: str) -> QListView:
    """Return the list, which a screen reader calls by its name."""
    view = _View()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setUniformItemSizes(True)
    view.setAccessibleName(name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
