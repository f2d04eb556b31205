"""The window of copies: pairs on the left, both texts side by side, one key for each decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.presentation.copies import DAYS, Copies
from annotator.presentation.copy_pairs import Show
from annotator.ui.boxes import ChoiceBox
from annotator.ui.copies.pair_list import WIDEST, shown
from annotator.ui.copies.side import SideView
from annotator.ui.inspector import parts
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme
from annotator.ui.two_lines import TwoLineDelegate, TwoLineModel, two_line_view
from annotator.ui.work_bar import WorkBar


class CopiesWindow(StayingDialog):
    """Stays open beside the main window; every decision is one undoable step."""

    jumped = Signal()

    def __init__(self, desk: Copies, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Copies of articles"))
        self.resize(1180, 720)
        self.desk = desk
        self.model = TwoLineModel(lambda: desk.rows, shown, self)
        self.delegate = TwoLineDelegate(theme, self, WIDEST)
        self.view = two_line_view(self.model, self.delegate, self.tr("Pairs"))
        self.shown = ChoiceBox(self.tr("Which pairs"))
        self.shown.setMaximumWidth(280)
        self.days = ChoiceBox(self.tr("How far apart copies were published"))
        self.days.offer(list(DAYS), desk.days)
        self.search = parts.button(self.tr("Search"), "F5", desk.search)
        self.heading = parts.label("", "layer")
        self.empty = parts.label("", "empty")
        self.sides = (
            SideView(theme, self.tr("The likely original")),
            SideView(theme, self.tr("The other article")),
        )
        self.group = parts.button(
            self.tr("Copies: group them"), "G", desk.group, kind=parts.OnceButton
        )
        self.apart = parts.button(self.tr("No copies"), "X", desk.tell_apart, kind=parts.OnceButton)
        self.marks = parts.button(self.tr("Copy my marks"), "P", desk.copy_marks)
        self.reading = parts.button(self.tr("Open in the reader"), "O", partial(self._open, 1))
        self.all = parts.button(self.tr("Group all sure ones"), "⇧G", desk.group_all)
        self.said = parts.label("", "muted")
        self.work = WorkBar()
        self._shown_pair: tuple[str, str] | None = None
        self._lay_out()
        self._connect()
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.delegate.theme = theme
        for side in self.sides:
            side.text.theme = theme
        self._shown_pair = None
        self._refresh(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the project while the window is seen."""
        super().showEvent(event)
        self.view.setFocus()
        self.desk.show()

    def done(self, result: int) -> None:
        """Stop following the project."""
        super().done(result)
        self.desk.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop following the project."""
        super().closeEvent(event)
        self.desk.hide()

    def _lay_out(self) -> None:
        left = parts.column(
            self.shown, self.view, parts.row(self.days, self.search), self.work, self.all, spacing=8
        )
        left.setMinimumWidth(260)
        texts = QSplitter(Qt.Orientation.Horizontal)
        texts.setChildrenCollapsible(False)
        texts.setHandleWidth(1)
        for side in self.sides:
            texts.addWidget(side)
        texts.setSizes([430, 430])
        self.texts = texts
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.empty, 1)
        layout.addWidget(texts, 1)
        layout.addWidget(parts.row(self.group, self.apart, self.marks, self.reading))
        layout.addWidget(self.said)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 860])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 14, 14, 14)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self._refresh)
        self.shown.activated.connect(lambda _=0: desk.choose_shown(self.shown.currentData()))
        self.days.activated.connect(lambda _=0: desk.look_within(self.days.currentData()))
        self.view.selectionModel().currentRowChanged.connect(self._chosen)
        self.view.activated.connect(partial(self._open, 1))
        self.sides[0].text.scrolled.connect(partial(self._follow, 0))
        self.sides[1].text.scrolled.connect(partial(self._follow, 1))
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("G", desk.group),
            ("X", desk.tell_apart),
            ("P", desk.copy_marks),
            ("O", partial(self._open, 1)),
            ("Shift+O", partial(self._open, 0)),
            ("Shift+G", desk.group_all),
            ("F5", desk.search),
            ("J", partial(self._step, 1)),
            ("K", partial(self._step, -1)),
            ("Ctrl+Z", desk.undo),
        )
        for key, run in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(run)

    def _refresh(self, _: None) -> None:
        desk = self.desk
        self.model.refresh()
        counts = desk.counts
        items = [(f"{self.tr(show.value)} · {counts[show]:,}", show) for show in Show]
        self.shown.offer(items, desk.shown)
        self.said.setText(desk.said)
        self.work.show_running(is_running=desk.is_running)
        row, sides = desk.current, desk.sides
        self.heading.setText(desk.heading)
        self.empty.setVisible(row is None)
        self.empty.setText(self._nothing_to_show())
        self.texts.setVisible(row is not None)
        self.search.setEnabled(not desk.is_running)
        self.days.setEnabled(not desk.is_running)
        self.all.setEnabled(counts[Show.UNGROUPED] > 0)
        for widget in (self.apart, self.reading):
            widget.setEnabled(row is not None)
        self.group.setEnabled(row is not None and desk.shown is not Show.GROUPS)
        self.marks.setEnabled(row is not None and desk.shown is Show.GROUPS)
        if row and sides and self._shown_pair != (row.one.id, row.other.id):
            self._shown_pair = row.one.id, row.other.id
            for view, side in zip(self.sides, sides, strict=True):
                view.show_side(side)
        index = self.model.index(desk.position, 0)
        if row and self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)

    def _nothing_to_show(self) -> str:
        if self.desk.is_running:
            return self.tr("Looking for copies: you can go on reading meanwhile.")
        return {
            Show.DOUBTFUL: self.tr("No pair is left that a person has to look at."),
            Show.UNGROUPED: self.tr("All that are surely copies are in groups."),
            Show.GROUPS: self.tr("No articles are grouped yet. Press G on two that are copies."),
        }[self.desk.shown]

    def _chosen(self) -> None:
        self.desk.choose(self.view.currentIndex().row())

    def _step(self, by: int) -> None:
        self.desk.choose(self.desk.position + by)

    def _follow(self, number: int) -> None:
        """Scroll the other text to what stands beside the first line that is seen."""
        here, there = self.sides[number].text, self.sides[1 - number].text
        there.bring_to_top(self.desk.opposite(here.first_visible, from_other=bool(number)))

    def _open(self, number: int, *_: object) -> None:
        if self.desk.current:
            self.desk.open(other=bool(number))
            self.jumped.emit()
