"""The search panel below the page: a field, and the places found with the words around them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.search import Search
from annotator.ui.inspector import parts
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

TYPING_MILLISECONDS = 60
"""Faster typing than this does not search for each letter."""

ROW_HEIGHT = 26
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
        return sorted(index.row() for index in self.selectionModel().selectedRows())

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


class SearchPanel(QDockWidget):
    """A field, what it found, and what can be done with it."""

    jumped = Signal()

    def __init__(self, search: Search, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Search"))
        self.setObjectName("search")
        self._search = search
        self.field = QLineEdit()
        self.field.setPlaceholderText(
            self.tr("Words, “a phrase”, -without, publisher:…, after:2026-03, has:claim")
        )
        self.field.setAccessibleName(self.tr("Search all articles"))
        self.field.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.view = LinesView(search, theme)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._look)
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._to_lines)
        self.view.jumped.connect(self.jumped)
        self.view.chosen_changed.connect(self._tell)
        search.reset.connect(self._refresh)
        self.setWidget(self._laid_out())
        self._refresh(None)

    def begin(self) -> None:
        """Let the user type."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.view.set_theme(theme)

    def _laid_out(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(10)
        bar.addWidget(self.field, 1)
        bar.addWidget(self.count)
        self.help = parts.label("", "empty")
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = QWidget()
        whole.setObjectName("panel")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.help, 1)
        self.hint.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self.hint)
        return whole

    def _typed(self, _: str) -> None:
        self._typing.start()

    def _look(self) -> None:
        self._typing.stop()
        self._search.type(self.field.text())

    def _to_lines(self) -> None:
        if self._typing.isActive():
            self._look()
        if self._search.lines:
            self.view.setFocus()
            self.view.selectRow(0)

    def _refresh(self, _: None) -> None:
        if self.field.text() and not self._search.typed:
            self.field.clear()
        self.count.setText(self._search.said)
        found = bool(self._search.lines)
        self.view.setVisible(found)
        self.hint.setVisible(found)
        self.help.setVisible(not found)
        self.help.setText(
            self.tr("No article has all of this. Fewer words, or the beginning of one, find more.")
            if self._search.typed
            else self.tr("Type words that the articles should have; every place is listed here.")
        )
        self._tell(0)

    def _tell(self, chosen: int) -> None:
        keys = ", ".join(
            self.tr("{} {}").format(layer.key.upper(), layer.label.lower())
            for layer in self._search.layers
            if layer.key
        )
        words = self.tr("Enter goes to the text; a letter marks the chosen lines: {}").format(keys)
        if chosen > 1:
            words = self.tr("{:,} lines chosen · ").format(chosen) + words
        self.hint.setText(words)
