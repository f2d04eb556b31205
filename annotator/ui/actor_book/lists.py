"""The two lists on the left: entries, and mentions that stand for nobody yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.presentation.actor_book import ActorBook, Listed, OpenMentions, Order
from annotator.ui.chosen_rows import chosen_ranges, let_headings_be, rows_selected
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

T = TypeVar("T")

Labels = Mapping[str, str]
"""What the types are called, by their names in the codebook."""

Cells = tuple[str, str, int]
"""Name or words, type, and how many marks."""

ROW_HEIGHT = 28


class ListModel(QAbstractTableModel, Generic[T]):
    """Names, types and counts."""

    def __init__(
        self,
        rows: Callable[[], list[T]],
        cells: Callable[[T, Labels], Cells],
        book: ActorBook,
        heads: tuple[str, str, str],
        theme: Theme,
        sort: Callable[[Order], None],
    ) -> None:
        super().__init__()
        self._sort = sort
        self.theme = theme
        self._rows = rows
        self._cells = cells
        self._book = book
        self._heads = heads
        self._shown: list[T] = []
        self._labels: Labels = {}
        self.refresh()

    def refresh(self) -> None:
        """Show what there is now; nothing moves if it is the same."""
        shown, labels = self._rows(), dict(self._book.types)
        if (shown, labels) == (self._shown, self._labels):
            return
        self._labels = labels
        if shown and len(shown) == len(self._shown):
            self._shown = shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, 2))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the three columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._heads[section]
        if role == Role.TextAlignmentRole and section == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.InitialSortOrderRole and section == 2:
            return Qt.SortOrder.DescendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have the lines listed in another order."""
        self._sort(Order(column, order == Qt.SortOrder.DescendingOrder))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the words of a cell and how they are set."""
        if not index.isValid():
            return None
        value = self._cells(self._shown[index.row()], self._labels)[index.column()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return f"{value:,}" if isinstance(value, int) else value
        if role == Role.ForegroundRole and index.column():
            return self.theme.muted
        if role == Role.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class ListView(QTableView):
    """A list with a name column that takes the room there is."""

    def __init__(self, model: ListModel[Any], name: str, order: Order, *, several: bool) -> None:
        super().__init__()
        self.lines = model
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if several
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        let_headings_be(header)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorClearable(False)
        falls, rises = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        header.setSortIndicator(order.column, falls if order.falls else rises)
        self.setSortingEnabled(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(1, 108)
        self.setColumnWidth(2, 76)

    def rows(self) -> list[int]:
        """Return the rows chosen, in order."""
        return sorted(set(chain.from_iterable(chosen_ranges(self.selectionModel()))))

    def refresh(self) -> None:
        """Show the lines there are now, without a signal."""
        blocked = self.selectionModel().blockSignals(True)
        self.lines.refresh()
        self.selectionModel().blockSignals(blocked)

    def choose(self, rows: list[int]) -> None:
        """Choose rows and bring the first into view, without a signal."""
        if self.rows() == sorted(rows):
            return
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        wanted = rows_selected(selection, sorted(rows))
        selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            first = self.lines.index(rows[0], 0)
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)
        selection.blockSignals(blocked)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Show the lines in the colours of another theme."""
        self.lines.theme = theme
        self.viewport().update()


def entry_list(book: ActorBook, theme: Theme, parent: QWidget) -> ListView:
    """Return the list of entries."""

    def cells(item: Listed, labels: Labels) -> Cells:
        type = item.actor.type or ""
        return item.actor.name, labels.get(type, type), item.mentions

    heads = (parent.tr("Name"), parent.tr("Type"), parent.tr("Marks"))
    model = ListModel(lambda: book.entries, cells, book, heads, theme, book.sort_entries)
    return ListView(model, parent.tr("Actors"), book.entry_order, several=True)


def group_list(book: ActorBook, theme: Theme, parent: QWidget) -> ListView:
    """Return the list of open mentions."""

    def cells(group: OpenMentions, labels: Labels) -> Cells:
        type = group.type or ""
        return group.words, labels.get(type, type), group.count

    heads = (parent.tr("Words"), parent.tr("Type"), parent.tr("Marks"))
    model = ListModel(lambda: book.groups, cells, book, heads, theme, book.sort_groups)
    return ListView(model, parent.tr("Open mentions"), book.group_order, several=False)
