"""The window of the codebook editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook_edits import Path
from annotator.presentation.codebook_editor import CodebookEditor, Recheck
from annotator.presentation.codebook_tree import Line
from annotator.presentation.messages import Message
from annotator.ui.boxes import ChoiceBox
from annotator.ui.codebook.form import ItemForm
from annotator.ui.inspector import parts
from annotator.ui.reading_on import ReadingOn
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme

PATH = Qt.ItemDataRole.UserRole


class CodebookWindow(StayingDialog):
    """Stays open beside the main window; what is changed counts when it is put into force."""

    query_asked = Signal(object)

    def __init__(self, editor: CodebookEditor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Codebook"))
        self.resize(1120, 720)
        self._editor = editor
        self._theme = theme
        self._shown: Path | None = None
        self._lines: list[Line] = []
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._rechecks: list[Recheck] = []
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Items of the codebook"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.setColumnWidth(1, 32)
        self.kind = ChoiceBox(self.tr("What to add"))
        self.new = QLineEdit()
        self.new.setPlaceholderText(self.tr("add: type a name, Enter"))
        self.new.setAccessibleName(self.tr("Name of the new item"))
        self.form_area = QScrollArea()
        self.form_area.setObjectName("panel")
        self.form_area.setWidgetResizable(True)
        self.form_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems = parts.label("", "problem")
        self.recheck = parts.button("", "", self._show_recheck, name="link")
        self.holds = parts.button(self.tr("All hold"), "", self._confirm, name="quiet")
        self.message = parts.label("", "muted")
        self.discard = parts.button(self.tr("Discard"), "", editor.discard)
        self.apply = parts.button(self.tr("Put into force"), "Ctrl+S", editor.apply, name="primary")
        self._reading = ReadingOn(editor.counting.readings, self)
        self._lay_out()
        self._connect()
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show the layers in the colours of another theme."""
        self._theme = theme
        self._lines = []
        self._refresh(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the fields; Escape closes."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew what acts changed while nobody saw it."""
        super().showEvent(event)
        self._show_usage(None)
        self._show_rechecks()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addWidget(parts.row(self.kind, self.new, stretch=1))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.form_area)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([360, 760])
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(6)
        foot.addWidget(self.problems)
        foot.addWidget(parts.row(self.recheck, self.holds))
        foot.addWidget(parts.row(self.message, self.discard, self.apply, stretch=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(splitter, 1)
        layout.addWidget(parts.line())
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._chosen)
        self.new.returnPressed.connect(self._add)
        self._editor.changed.connect(self._refresh)
        self._editor.counting.changed.connect(self._show_usage)
        self._editor.rechecking.changed.connect(self._recheck)
        self._editor.desk.messages.said.connect(self._say)
        for keys, act in (
            (QKeySequence("Ctrl+S"), self._editor.apply),
            (QKeySequence(QKeySequence.StandardKey.Undo), self._editor.desk.undo),
            (QKeySequence(QKeySequence.StandardKey.Redo), self._editor.desk.redo),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _refresh(self, _: None) -> None:
        lines = self._editor.lines()
        if lines != self._lines:
            self._lines = lines
            self._fill()
        self._show_chosen()
        chosen = self._editor.chosen
        form = self.form_area.widget()
        typing = form is not None and form.isAncestorOf(QApplication.focusWidget() or self)
        if chosen != self._shown or form is None or not typing or not self._editor.is_changed:
            self._shown = chosen
            made = ItemForm(self._editor)
            made.split_asked.connect(self.query_asked)
            if form is not None:
                # It may be one of its own buttons that asked for this.
                self.form_area.takeWidget().hide()
                form.deleteLater()
            self.form_area.setWidget(made)
        self._offer_kinds()
        found = self._editor.problems()
        self.problems.setText("\n".join(found[:3]))
        self.problems.setVisible(bool(found))
        changed = self._editor.is_changed
        self.apply.setEnabled(changed)
        self.discard.setEnabled(changed)
        self._show_rechecks()
        self.setWindowTitle(
            self.tr("Codebook · version {}{}").format(
                self._editor.version, self.tr(" · changed") if changed else ""
            )
        )

    def _recheck(self, _: None) -> None:
        if self.isVisible():
            self._show_rechecks()

    def _show_rechecks(self) -> None:
        self._rechecks = [] if self._editor.is_changed else self._editor.rechecks()
        self.recheck.setVisible(bool(self._rechecks))
        self.holds.setVisible(bool(self._rechecks))
        if self._rechecks:
            first = self._rechecks[0]
            said = (
                self.tr("1 of your marks was made before the {1} was defined anew")
                if first.count == 1
                else self.tr("{0:,} of your marks were made before the {1} was defined anew")
            )
            self.recheck.setText(said.format(first.count, first.path.words))

    def _show_usage(self, _: None) -> None:
        form = self.form_area.widget()
        if isinstance(form, ItemForm) and self.isVisible():
            form.show_usage()

    def _fill(self) -> None:
        blocked = self.tree.blockSignals(True)
        self.tree.clear()
        self._items = {}
        above: list[QTreeWidgetItem] = []
        for line in self._lines:
            item = QTreeWidgetItem([line.label, line.key])
            item.setData(0, PATH, line.path)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, self._theme.muted)
            if line.retired:
                item.setForeground(0, self._theme.muted)
                font = item.font(0)
                font.setStrikeOut(True)
                item.setFont(0, font)
            del above[line.depth :]
            if above:
                above[-1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            above.append(item)
            self._items[line.path] = item
        self.tree.expandToDepth(1)
        self.tree.blockSignals(blocked)

    def _show_chosen(self) -> None:
        item = self._items.get(self._editor.chosen) if self._editor.chosen else None
        if item and item is not self.tree.currentItem():
            blocked = self.tree.blockSignals(True)
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)
            self.tree.blockSignals(blocked)

    def _offer_kinds(self) -> None:
        kinds: list[tuple[str, object]] = [(self.tr("Layer"), "layer")]
        chosen = self._editor.chosen
        if chosen:
            kinds += [(self.tr("Attribute"), "attribute"), (self.tr("Link"), "link")]
        if self._editor.can_take_codes:
            kinds.insert(0, (self.tr("Value"), "code"))
        before = self.kind.currentData()
        wanted = "code" if self._editor.can_take_codes else before
        self.kind.offer(kinds, wanted if wanted in [data for _, data in kinds] else kinds[0][1])

    def _chosen(self, item: QTreeWidgetItem | None, _: object = None) -> None:
        if item:
            path = item.data(0, PATH)
            if isinstance(path, Path):
                self._editor.choose(path)

    def _add(self) -> None:
        label = self.new.text().strip()
        if label:
            self.new.clear()
            adding: dict[str, Callable[[str], None]] = {
                "layer": self._editor.add_layer,
                "attribute": self._editor.add_attribute,
                "code": self._editor.add_code,
                "link": self._editor.add_link,
            }
            adding[str(self.kind.currentData())](label)

    def _show_recheck(self) -> None:
        if self._rechecks:
            self.query_asked.emit(self._rechecks[0].query)

    def _confirm(self) -> None:
        if self._rechecks:
            self._editor.confirm(self._rechecks[0])

    def _say(self, message: Message) -> None:
        self.message.setText(message.text)
