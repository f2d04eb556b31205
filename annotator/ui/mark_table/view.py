"""The table itself: rows of equal height, edited by F2, left for the text by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.presentation.mark_columns import read_value
from annotator.presentation.mark_table import MarkTable
from annotator.ui.chosen_rows import chosen_ranges, let_headings_be
from annotator.ui.mark_table.editing import ValueDelegate
from annotator.ui.mark_table.model import MarkTableModel
from annotator.ui.theme import Theme
from annotator.ui.utf16 import in_pairs

ROW_HEIGHT = 28

WIDTHS = {
    "words": 300,
    "article": 200,
    "actor": 150,
    "by": 150,
    "place": 64,
    "note": 160,
    "layer": 84,
}
"""Of columns, in pixels; all others take ``OTHER_WIDTH``."""

OTHER_WIDTH = 96


class MarkTableView(QTableView):
    """Shows a ``MarkTable`` and takes edits of the chosen rows."""

    jumped = Signal()
    chosen_changed = Signal(int)

    def __init__(self, table: MarkTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._model = MarkTableModel(table, theme, self)
        self._delegate = ValueDelegate(self)
        self._ids: tuple[str, ...] = ()
        self.setAccessibleName(self.tr("Marks"))
        # The keys of a table are its own; letters do not mark while it has the focus.
        self.setProperty("keeps_keys", True)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        let_headings_be(header)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorClearable(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._model.modelReset.connect(self._columns_changed)
        # The editor is gone before the act repaints the rows.
        self._delegate.edited.connect(self._edited, Qt.ConnectionType.QueuedConnection)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._columns_changed()

    def detach(self) -> None:
        """Listen to the table no longer."""
        self._model.detach()

    def set_theme(self, theme: Theme) -> None:
        """Show the layers in the colours of another theme."""
        self._model.theme = theme
        self.viewport().update()

    def chosen(self) -> Sequence[int]:
        """Return the rows chosen, in order; of all rows in a row no list is made."""
        ranges = chosen_ranges(self.selectionModel())
        return ranges[0] if len(ranges) == 1 else sorted(set(chain.from_iterable(ranges)))

    def jump(self) -> None:
        """Go to the mark of the current row in its article."""
        if self.currentIndex().isValid():
            self._table.jump(self.currentIndex().row())
            self.jumped.emit()

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a table."""
        rows = self.chosen()
        if rows:
            # A QMimeData of ours would outlive Python in the clipboard, and end in a crash.
            self._table.copy(rows, QGuiApplication.clipboard().setText, each=in_pairs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps, Delete deletes, Ctrl+C copies; the rest is the table's own."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what the editor did not want, such as the Enter that ends it
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump()
        elif event.key() == Qt.Key.Key_Delete:
            self._table.delete(self.chosen())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do not look for typed letters: that would fetch every row; the field above finds words."""

    def _edited(self, row: int, column: int, text: str) -> None:
        kind = self._model.column(column)
        if kind and kind.attribute:
            rows = self.chosen()
            self._table.set_value(
                rows if row in rows else [row], kind, read_value(kind.attribute, text)
            )

    def _double_clicked(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.jump()

    def _selection_changed(self) -> None:
        self.chosen_changed.emit(sum(map(len, chosen_ranges(self.selectionModel()))))

    def _columns_changed(self) -> None:
        ids = tuple(column.id for column in self._table.columns)
        if ids != self._ids:
            self._ids = ids
            for number, id in enumerate(ids):
                self.setColumnWidth(number, WIDTHS.get(id, OTHER_WIDTH))
        self.chosen_changed.emit(0)
