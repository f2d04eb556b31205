"""The adjudication window: cases on the left, what each annotator marked side by side, one key for each act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.fragment import Extent
from annotator.domain.mark import Value
from annotator.presentation.adjudicating import NOT_READ, Adjudicating
from annotator.presentation.case_list import Judged, RowChange, Show
from annotator.presentation.case_reading import CASES
from annotator.presentation.case_words import legend
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.inspector import parts
from annotator.ui.reading_line import ReadingLine, stop_reading
from annotator.ui.reading_on import ReadingOn
from annotator.ui.staying import StayingDialog
from annotator.ui.team.case_column import CaseColumn
from annotator.ui.team.case_list import shown
from annotator.ui.theme import Theme
from annotator.ui.two_lines import TwoLineDelegate, TwoLineModel, TwoLines, two_line_view

DIGITS = 9

BESIDE = 3
"""So many annotators stand side by side; more go into further rows."""


class AdjudicationWindow(StayingDialog):
    """Stays open beside the main window; every decision is one undoable step."""

    def __init__(self, desk: Adjudicating, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Adjudication"))
        self.resize(1180, 720)
        self.desk = desk
        self._theme = theme
        self.columns: list[CaseColumn] = []
        self.model = TwoLineModel(lambda: desk.listed, self._shown, self)
        self.delegate = TwoLineDelegate(theme, self)
        self.view = two_line_view(self.model, self.delegate, self.tr("Cases"))
        self.shown = ChoiceBox(self.tr("Which cases"))
        for show in Show:
            self.shown.addItem(self.tr(show.value), show)
        said = {CASES: self.tr("{:,} of {:,} articles read")}
        self.progress = ReadingLine(desk.reading.readings, said, self.view)
        self.agreed = parts.button("", "G", desk.accept_agreed)
        self._agreed_hint = self.agreed.toolTip()
        self.names = TickBox(self.tr("Show names"))
        self.unfinished = TickBox(self.tr("Count unfinished work, too"))
        self.heading = parts.label("", "layer")
        self.empty = parts.label("", "empty")
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(10)
        self.area = QScrollArea()
        self.area.setObjectName("inspector")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(self.holder)
        # A click on an answer leaves the keys to the list.
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all = parts.button(self.tr("All of them"), "0", desk.accept_all, kind=parts.OnceButton)
        self.words = parts.button(
            self.tr("With the selected words"), "E", self._accept_words, kind=parts.OnceButton
        )
        self.nothing = parts.button(
            self.tr("Nothing here"), "X", desk.leave_out, kind=parts.OnceButton
        )
        self.new = parts.button(self.tr("New mark"), "N", self._add)
        self.layers = ChoiceBox(self.tr("Layer of a new mark"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Reason, if you want to keep one  R"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.said = parts.label("", "muted")
        self._reading_on = ReadingOn(desk.reading.readings, self)
        self._is_refreshing = False
        self._lay_out()
        self._connect()
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = self.delegate.theme = theme
        self._refresh(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the fields, so that it presses no button; Escape stops what is read, and closes."""
        if event.key() == Qt.Key.Key_Escape and stop_reading(self):
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the project while the window is seen."""
        self.desk.show()
        super().showEvent(event)
        self.view.setFocus()

    def done(self, result: int) -> None:
        """Stop following the project."""
        super().done(result)
        self.desk.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop following the project."""
        super().closeEvent(event)
        self.desk.hide()

    def _lay_out(self) -> None:
        signs = parts.label(legend(), "muted")
        left = parts.column(self.shown, self.progress, self.view, signs, spacing=8)
        left.setMinimumWidth(240)
        acts = parts.row(self.all, self.words, self.nothing, self.new, self.layers)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(parts.row(self.agreed, self.names, self.unfinished))
        layout.addWidget(self.heading)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.area, 1)
        layout.addWidget(acts)
        layout.addWidget(self.reason)
        layout.addWidget(self.said)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([290, 860])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 14, 14, 14)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        self.desk.changed.connect(self._refresh)
        self.desk.told.connect(self._tell)
        self.desk.cases.row_changed.connect(self._change_row)
        self.progress.turned.connect(self._show_empty)
        self.shown.activated.connect(lambda _=0: self.desk.choose_shown(self.shown.currentData()))
        self.names.toggled.connect(lambda yes: self.desk.set_blind(yes=not yes))
        self.unfinished.toggled.connect(lambda yes: self.desk.count_unfinished(yes=yes))
        self.reason.textChanged.connect(self._take_reason)
        self.reason.returnPressed.connect(self.view.setFocus)
        self.view.selectionModel().currentRowChanged.connect(self._chosen)
        for number in range(DIGITS):
            self._key(str(number + 1), partial(self.desk.accept, number))
        self._key("A", partial(self.desk.accept, 0))
        self._key("B", partial(self.desk.accept, 1))
        self._key("0", self.desk.accept_all)
        self._key("E", self._accept_words)
        self._key("X", self.desk.leave_out)
        self._key("N", self._add)
        self._key("G", self.desk.accept_agreed)
        self._key("R", self.reason.setFocus)
        self._key("J", partial(self.desk.step, forward=True))
        self._key("K", partial(self.desk.step, forward=False))
        self._key("Ctrl+Z", self.desk.undo)

    def _key(self, key: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(run)

    def _shown(self, item: Judged) -> TwoLines:
        return shown(self.desk.row(item))

    def _change_row(self, change: RowChange) -> None:
        # While cases are being read none is shown.
        if not self.desk.reading.is_going_on:
            self._is_refreshing = True
            self.model.follow(*change)
            self._is_refreshing = False

    def _refresh(self, _: None) -> None:
        desk = self.desk
        self._is_refreshing = True
        self.model.refresh()
        self._is_refreshing = False
        if not desk.reading.is_going_on:
            decided = self.tr("{:,} of {:,} decided")
            self.progress.rest(desk.cases.decided, desk.cases.total, decided)
        self.agreed.setText(self.tr("Accept what all agree on: {:,}  G").format(desk.agreed))
        self.agreed.setEnabled(desk.agreed > 0)
        self.agreed.setToolTip(self.tr(NOT_READ) if desk.reading.is_going_on else self._agreed_hint)
        self.heading.setText(desk.heading)
        self._tell(None)
        has_case = desk.current is not None
        for widget in (self.all, self.words, self.nothing, self.new, self.layers, self.reason):
            widget.setEnabled(has_case)
        self.empty.setVisible(not has_case)
        self.area.setVisible(has_case)
        self._show_empty()
        self._show_columns()
        self._show_layers()
        index = self.model.index(desk.cases.position, 0)
        if has_case and self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)

    def _tell(self, _: None) -> None:
        """Show what is said; the reason for a decision goes with it."""
        self.said.setText(self.desk.said)
        if self.reason.text() != self.desk.reason:
            self.reason.setText(self.desk.reason)

    def _show_columns(self) -> None:
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        text, excerpt = self.desk.text, self.desk.excerpt
        self.columns = []
        columns = self.desk.columns
        beside = len(columns) if len(columns) <= BESIDE else min(BESIDE, (len(columns) + 1) // 2)
        for number, column in enumerate(columns):
            shown = CaseColumn(column, text, excerpt, self.desk.picked, self._theme)
            shown.accepted.connect(partial(self.desk.accept, number))
            shown.picked.connect(self._pick)
            self.columns.append(shown)
            self.grid.addWidget(shown, number // beside, number % beside)

    def _show_layers(self) -> None:
        current = self.desk.current
        names = [option.name for option in self.desk.layers]
        if [self.layers.itemData(n) for n in range(self.layers.count())] != names:
            self.layers.clear()
            for option in self.desk.layers:
                self.layers.addItem(option.label, option.name)
        if current:
            self.layers.setCurrentIndex(max(self.layers.findData(current.case.layer), 0))

    def _show_empty(self) -> None:
        self.empty.setText(self._nothing_to_show(self.desk.cases.total))

    def _nothing_to_show(self, total: int) -> str:
        if self.desk.reading.is_halted:
            return self.tr(
                "The cases were not read to their end: “Read on” above the list goes on."
            )
        if self.desk.reading.is_going_on:
            return self.tr("Reading what the annotators marked …")
        if not total:
            return self.tr(
                "Nothing to compare yet: no article with marks was finished by two annotators. "
                "Merge what they handed in, or count unfinished work, too."
            )
        return self.tr("Nothing is left here. Choose other cases in the list above.")

    def _chosen(self) -> None:
        # While rows come and go Qt goes to a neighbour; which case is next the desk knows.
        if not self._is_refreshing:
            self.desk.choose(self.view.currentIndex().row())

    def _pick(self, attribute: str, value: Value | None) -> None:
        self.desk.pick(attribute, value)

    def _take_reason(self, words: str) -> None:
        self.desk.reason = words

    def _selected(self) -> tuple[int, list[Extent]]:
        """Return in whose text words are selected, and which."""
        found = [
            (number, column.text.selected)
            for number, column in enumerate(self.columns)
            if column.text.selected
        ]
        focused = [item for item in found if self.columns[item[0]].text.hasFocus()]
        return next(iter([*focused, *found]), (0, []))

    def _accept_words(self) -> None:
        self.desk.accept_words(*self._selected())

    def _add(self) -> None:
        self.desk.add(str(self.layers.currentData()), self._selected()[1])
