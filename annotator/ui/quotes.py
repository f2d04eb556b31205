"""Marks as they read in their articles: what stands before, the words, what stands after, and where."""

from __future__ import annotations

from itertools import chain
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.presentation.actor_book import Quote
from annotator.ui.chosen_rows import chosen_ranges
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ROW_HEIGHT = 26
SHARES = (0.29, 0.27, 0.25, 0.19)
"""Of the width: before, words, after, article."""


class Quotes(Protocol):
    """A list of quotes of a length that stays; one not known yet, or no longer there, is None."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Quote | None: ...


class QuoteModel(QAbstractTableModel):
    """Quotes in four columns."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, tells_gold: bool = False
    ) -> None:
        """Show marks with words around them; ``tells_gold`` where gold is among those of annotators."""
        super().__init__(parent)
        self.theme = theme
        self._tells_gold = tells_gold
        self.quotes: Quotes = ()

    def show(self, quotes: Quotes) -> None:
        """Show other quotes; of the same list, what is known of them now."""
        if quotes is self.quotes:
            if rows := len(quotes):
                self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(SHARES) - 1))
        elif quotes != self.quotes:
            self.beginResetModel()
            self.quotes = quotes
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many quotes there are."""
        return 0 if parent.isValid() else len(self.quotes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the four columns."""
        return 0 if parent.isValid() else len(SHARES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the words of a cell and how they are set."""
        if not index.isValid():
            return None
        quote, column = self.quotes[index.row()], index.column()
        if quote is None:
            return None
        if role == Role.DisplayRole:
            return (quote.before, quote.words, quote.after, self._where(quote))[column]
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return f"{quote.before}{quote.words}{quote.after}\n{self._where(quote)} · {quote.annotator}"
        if role == Role.ForegroundRole:
            return self.theme.text if column == 1 else self.theme.muted
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.FontRole and column == 1:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _where(self, quote: Quote) -> str:
        is_told = quote.is_gold and self._tells_gold
        return self.tr("gold · {}").format(quote.title) if is_told else quote.title


class _CutBefore(QStyledItemDelegate):
    """Cuts what stands before the words at its far end, so that it reads on into them."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Set where a text that is too long is cut."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class QuotesView(QTableView):
    """Shows quotes; Enter or a double click goes to the text."""

    opened = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, tells_gold: bool = False
    ) -> None:
        """Show no quotes yet; ``tells_gold`` where gold is among the marks of annotators."""
        super().__init__(parent)
        self._model = QuoteModel(theme, self, tells_gold=tells_gold)
        self.setModel(self._model)
        self.setItemDelegateForColumn(0, _CutBefore(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self._model.modelReset.connect(self.chosen_changed)

    def set_theme(self, theme: Theme) -> None:
        """Show the words in the colours of another theme."""
        self._model.theme = theme
        self.viewport().update()

    def show_quotes(self, quotes: Quotes) -> None:
        """Show other quotes; of the same list, what is known of them now."""
        self._model.show(quotes)

    def count_chosen(self) -> int:
        """Return how many quotes are chosen."""
        return sum(map(len, chosen_ranges(self.selectionModel())))

    def chosen(self) -> list[int]:
        """Return the places of the quotes chosen, in order."""
        return sorted(set(chain.from_iterable(chosen_ranges(self.selectionModel()))))

    def quote(self, place: int) -> Quote | None:
        """Return the quote at a place, if it is known."""
        return self._model.quotes[place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, int(self.viewport().width() * share))

    def _open(self) -> None:
        current = self.currentIndex()
        quote = self.quote(current.row()) if current.isValid() else None
        if quote:
            self.opened.emit(quote)
