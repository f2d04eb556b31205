"""The places found, one to a line: what stands before, the words, what stands after."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.presentation.search import Search
from annotator.ui.chosen_rows import chosen_ranges
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ROW_HEIGHT = 26
MEASURED = 100
"""The words found are as wide as the widest of so many lines: of thousands that would take long."""
ARTICLE, LEFT, WORDS, RIGHT = range(4)


class LinesModel(QAbstractTableModel):
    """Shows the lines of a ``Search``."""

    def __init__(self, search: Search, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._search = search
        self._bold = QFont()
        self._bold.setBold(True)
        search.reset.connect(self._reset)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._search.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the headings, which screen readers say."""
        names = (self.tr("Article"), self.tr("Before"), self.tr("Found"), self.tr("After"))
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return names[section]
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the words of a cell; what was found stands in the middle, in bold."""
        if not index.isValid() or index.row() >= len(self._search.lines):
            return None
        line, column = self._search.lines[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return (line.title, line.left, line.words, line.right)[column]
        if role == Role.FontRole and column == WORDS:
            return self._bold
        if role == Role.ForegroundRole and column == ARTICLE:
            return self.theme.muted
        if role == Role.TextAlignmentRole and column == LEFT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _reset(self, _: None) -> None:
        self.beginResetModel()
        self.endResetModel()


class LinesView(QTableView):
    """Lines to choose; Enter goes to the text, the letter of a layer marks what is chosen."""

    jumped = Signal()
    chosen_changed = Signal(int)

    def __init__(self, search: Search, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._model = LinesModel(search, theme, self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Places found"))
        self.setProperty("keeps_keys", True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(ARTICLE, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(LEFT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(RIGHT, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(MEASURED)
        header.resizeSection(ARTICLE, 200)
        self.doubleClicked.connect(self._jump)
        self.selectionModel().selectionChanged.connect(self._tell)
        self._model.modelReset.connect(self._tell)

    def set_theme(self, theme: Theme) -> None:
        """Show the lines in another theme."""
        self._model.theme = theme
        self.viewport().update()

    def chosen(self) -> list[int]:
        """Return the rows that are chosen, from above."""
        return sorted(set(chain.from_iterable(chosen_ranges(self.selectionModel()))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the text, mark, copy; leave moving to the table."""
        letter = event.text().lower()
        layer = next((one.name for one in self._search.layers if one.key == letter), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._search.as_text(self.chosen()))
        elif layer and letter and not event.modifiers():
            self._search.mark(self.chosen(), layer)
        else:
            super().keyPressEvent(event)

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            self._search.jump(index.row())
            self.jumped.emit()

    def _tell(self, *_: object) -> None:
        self.chosen_changed.emit(len(self.chosen()))
