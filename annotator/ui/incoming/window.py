"""The window of an import: which files bring what, what to choose, and then Import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.incoming import Fate, FileReport, FileRow, Incoming
from annotator.ui.boxes import TickBox
from annotator.ui.incoming.choices import ColumnChoice, EncodingChoice
from annotator.ui.incoming.file_list import shown
from annotator.ui.inspector import parts
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme
from annotator.ui.two_lines import TwoLineDelegate, TwoLineModel, two_line_view

LABEL_LETTERS = 24
"""So much of a label fits on a button."""


class IncomingWindow(StayingDialog):
    """Stays open beside the page, which can be read meanwhile; nothing comes in before Import."""

    def __init__(self, desk: Incoming, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.resize(940, 620)
        self.desk = desk
        self._shown = ""
        self.model = TwoLineModel(lambda: desk.rows, shown, self)
        self.delegate = TwoLineDelegate(theme, self)
        self.view = two_line_view(self.model, self.delegate, self.tr("Files"))
        self.summary = parts.label("", "layer")
        self.heading = parts.label("", "value")
        self.about = parts.label("", "muted")
        self.leave_out = TickBox(self.tr("Leave this file out"))
        self.encoding = EncodingChoice()
        self.columns = ColumnChoice()
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What comes in of this file"))
        self.take = parts.button(self.tr("Import"), "Enter", self._take, name="primary")
        self.labels = parts.button("", "", self._ask_labels)
        self.stop = parts.button(self.tr("Cancel"), "Esc", self.reject)
        self._lay_out()
        self._connect()
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.delegate.theme = theme
        self.view.viewport().update()

    def begin(self) -> None:
        """Come to the front with what is looked at now."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.take.setFocus()

    def reject(self) -> None:
        """Close; nothing comes in."""
        self.desk.leave()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop looking when the window is closed."""
        self.desk.leave()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(14, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addWidget(self.encoding, 1)
        layout.addWidget(self.columns, 2)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.leave_out)
        self.right = right
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.view)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 600])
        buttons = parts.row(self.labels, QWidget(), self.stop, self.take, stretch=1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(12)
        outer.addWidget(self.summary)
        outer.addWidget(splitter, 1)
        outer.addWidget(buttons)
        self.take.setDefault(True)
        for button in (self.labels, self.stop, self.encoding.use, self.columns.use):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.desk.changed.connect(self._refresh)
        self.desk.row_changed.connect(self._row_changed)
        self.view.selectionModel().currentRowChanged.connect(self._show_file)
        self.encoding.chosen.connect(self._choose_encoding)
        self.columns.chosen.connect(self._choose_columns)
        self.leave_out.clicked.connect(self._leave_out)
        space = QShortcut(QKeySequence("Space"), self.view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.leave_out.click)

    @property
    def file(self) -> FileReport | None:
        """The file that is shown."""
        files, row = self.desk.files, self.view.currentIndex().row()
        return files[row] if 0 <= row < len(files) else None

    def _refresh(self, _: None) -> None:
        self.model.refresh()
        self._tell()
        unknown = list(self.desk.unknown_labels)
        self.labels.setVisible(bool(unknown))
        self.labels.setText(
            self.tr("What does “{}” mean? …").format(unknown[0][:LABEL_LETTERS])
            if len(unknown) == 1
            else self.tr("What do {} labels mean? …").format(len(unknown))
        )
        if self.desk.rows:
            self.view.setCurrentIndex(self.model.index(self._place(), 0))
        self._show_file()

    def _row_changed(self, place: int) -> None:
        """Show what became of one file, and look at no other."""
        row = self.desk.rows[place]
        self.model.follow(place, row, row)
        self._tell()
        if place == self.view.currentIndex().row():
            self._show_fate(self.desk.files[place], row)

    def _tell(self) -> None:
        """Say what would come in of all files, and whether that is anything."""
        self.summary.setText(self.desk.summary())
        self.take.setEnabled(self.desk.can_import)

    def _place(self) -> int:
        """Return where the file stands that was shown: what was chosen for it may have moved it."""
        names = [row.name for row in self.desk.rows]
        here = max(self.view.currentIndex().row(), 0)
        return names.index(self._shown) if self._shown in names else min(here, len(names) - 1)

    def _show_file(self, *_: object) -> None:
        file = self.file
        self.leave_out.setVisible(file is not None)
        doubt = self.desk.doubt_of(file) if file else None
        self.encoding.setVisible(doubt is not None)
        self.columns.setVisible(bool(file and file.look))
        if file is None:
            self.heading.setText("")
            self.about.setText("")
            self.details.setPlainText("\n".join(self.desk.beyond()))
            self.details.setVisible(bool(self.desk.beyond()))
            return
        self._shown = file.name
        row = self.desk.rows[self.view.currentIndex().row()]
        self.heading.setText(file.name)
        if doubt:
            self.encoding.offer(*doubt, self.desk.encoding_of(file.name))
        if file.look:
            self.columns.offer(file.look, self.desk.meaning_of(file))
        self.details.setPlainText("\n".join(self.desk.details_of(file)))
        self._show_fate(file, row)

    def _show_fate(self, file: FileReport, row: FileRow) -> None:
        """Show of the file that is shown what changes when it is left out."""
        read_as = self.tr("read as {}").format(file.format) if file.format else ""
        chosen = self.desk.encoding_of(file.name)
        self.about.setText(" · ".join(filter(None, (read_as, chosen, row.brings))))
        blocked = self.leave_out.blockSignals(True)
        self.leave_out.setChecked(self.desk.is_left_out(file.name))
        self.leave_out.blockSignals(blocked)
        has_details = not self.details.document().isEmpty()
        self.details.setVisible(has_details and row.fate is not Fate.ASKS)

    def _choose_encoding(self, encoding: str) -> None:
        if self.file:
            self.view.setFocus()  # what was pressed goes away
            self.desk.choose_encoding(self.file.name, encoding)

    def _choose_columns(self, meaning: dict[str, str]) -> None:
        if self.file:
            self.view.setFocus()
            self.desk.choose_columns(self.file, meaning)

    def _ask_labels(self) -> None:
        self.desk.ask_labels()
        self.take.setFocus()

    def _leave_out(self, out: bool) -> None:
        if self.file:
            self.desk.leave_out(self.file.name, out=out)

    def _take(self) -> None:
        if self.desk.take():
            self.accept()
