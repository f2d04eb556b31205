"""What a person has to say about a file: its encoding, and what the columns of a table mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.coded import TableLook
from annotator.presentation.incoming import NONE
from annotator.ui.boxes import ChoiceBox
from annotator.ui.inspector import parts

PREVIEW = 2000
BEFORE = 200
"""So much is shown before the first character that reads differently."""

SCRIPTS = {
    "cp1252": "Western European, Windows",
    "iso8859-1": "Western European, ISO",
    "mac-roman": "Western European, old Macs",
    "cp1250": "Central European, Windows",
    "iso8859-2": "Central European, ISO",
    "cp1251": "Cyrillic, Windows",
    "koi8-r": "Cyrillic, Unix",
    "cp1256": "Arabic, Windows",
    "shift_jis": "Japanese, Windows",
    "euc-jp": "Japanese, Unix",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "euc-kr": "Korean",
    "utf-16-le": "Unicode, two bytes a letter, low one first",
    "utf-16-be": "Unicode, two bytes a letter, high one first",
}
"""What each encoding was made for."""


def _named(encoding: str) -> str:
    return f"{SCRIPTS[encoding]} ({encoding})" if encoding in SCRIPTS else encoding


class EncodingChoice(QWidget):
    """Shows how a doubtful file reads in each encoding, and lets a person choose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = b""
        self.list = QListWidget()
        self.list.setObjectName("offers")
        self.list.setAccessibleName(self.tr("Encodings"))
        self.list.setFixedHeight(132)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("How the file reads"))
        self.use = parts.button(self.tr("Use this encoding"), "", self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            parts.label(
                self.tr("The file is not UTF-8. Choose the encoding in which it reads right.")
            )
        )
        layout.addWidget(self.list)
        layout.addWidget(self.preview, 1)
        layout.addWidget(parts.row(self.use))
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self._use)

    def offer(self, candidates: tuple[str, ...], sample: bytes, chosen: str | None) -> None:
        """Offer encodings for a file that begins with these bytes."""
        self._sample = sample
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for encoding in candidates:
            item = QListWidgetItem(_named(encoding), self.list)
            item.setData(Qt.ItemDataRole.UserRole, encoding)
        place = candidates.index(chosen) if chosen in candidates else 0
        self.list.setCurrentRow(place)
        self.list.blockSignals(blocked)
        self._show(place)

    def encoding_at(self, row: int) -> str:
        """Return the encoding that is offered in a row."""
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def _show(self, row: int) -> None:
        if row < 0:
            return
        encoding = self.encoding_at(row)
        first = next((place for place, byte in enumerate(self._sample) if byte >= 0x80), 0)
        start = max(first - BEFORE, 0) if first > PREVIEW else 0
        shown = self._sample[start : start + PREVIEW].decode(encoding, "replace")
        self.preview.setPlainText(shown.replace("\0", "␀"))

    def _use(self, *_: object) -> None:
        if self.list.currentRow() >= 0:
            self.chosen.emit(self.encoding_at(self.list.currentRow()))


class ColumnChoice(QWidget):
    """The first rows of a table, and for each field of an article the column it comes from."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: TableLook | None = None
        self._boxes: dict[str, ChoiceBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("The first rows"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.use = parts.button(self.tr("Use these columns"), "", self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            parts.label(
                self.tr(
                    "Each row is an article. Which column is what? All other columns are kept as "
                    "extra fields; what you choose is remembered for tables with these columns."
                )
            )
        )
        layout.addLayout(self._grid)
        layout.addWidget(parts.row(self.use))
        layout.addWidget(self.table, 1)

    def offer(self, look: TableLook, meaning: Mapping[str, str]) -> None:
        """Show a table, and which column is taken for what."""
        if look != self._look:
            self._look = look
            self._fill_table(look)
            self._make_boxes(look)
        items = [(self.tr(NONE), ""), *((column, column) for column in look.columns)]
        for field, box in self._boxes.items():
            box.offer(items, meaning.get(field, ""))
        self._check()

    @property
    def meaning(self) -> dict[str, str]:
        """The column chosen for each field that has one."""
        return {
            field: str(box.currentData()) for field, box in self._boxes.items() if box.currentData()
        }

    def _make_boxes(self, look: TableLook) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        self._boxes = {}
        half = (len(look.fields) + 1) // 2
        for number, field in enumerate(look.fields):
            box = ChoiceBox(self.tr("Column of the {}").format(field))
            box.setMaximumWidth(300)
            box.activated.connect(partial(self._changed, field))
            self._boxes[field] = box
            row, column = number % half, 2 * (number // half)
            self._grid.addWidget(parts.label(field, "heading", wrap=False), row, column)
            self._grid.addWidget(box, row, column + 1)

    def _changed(self, field: str, _: int) -> None:
        """Let a column be one thing only: the field that had it before has none then."""
        chosen = self._boxes[field].currentData()
        for other, box in self._boxes.items():
            if other != field and chosen and box.currentData() == chosen:
                box.setCurrentIndex(0)
        self._check()

    def _check(self) -> None:
        self.use.setEnabled("text" in self.meaning)

    def _fill_table(self, look: TableLook) -> None:
        self.table.setColumnCount(len(look.columns))
        self.table.setRowCount(len(look.rows))
        self.table.setHorizontalHeaderLabels(list(look.columns))
        for number, row in enumerate(look.rows):
            for place, cell in enumerate(row):
                self.table.setItem(number, place, QTableWidgetItem(" ".join(cell.split())))
        for place in range(len(look.columns)):
            self.table.setColumnWidth(place, 150)

    def _use(self) -> None:
        if "text" in self.meaning:
            self.chosen.emit(self.meaning)
