"""The window of the actor book: lists on the left, what is chosen on the right."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.actor_book import MOST_MERGED, ActorBook
from annotator.presentation.book_reading import BOOK, OPEN
from annotator.presentation.messages import Message
from annotator.ui.actor_book.cards import MergeCard, OpenCard
from annotator.ui.actor_book.detail import DetailCard
from annotator.ui.actor_book.lists import entry_list, group_list
from annotator.ui.inspector import parts
from annotator.ui.leaving_field import LeavingField
from annotator.ui.reading_line import ReadingLine, stop_reading, with_line
from annotator.ui.reading_on import ReadingOn
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme

Card = DetailCard | MergeCard | OpenCard
C = TypeVar("C", DetailCard, MergeCard, OpenCard)


class ActorBookWindow(StayingDialog):
    """Stays open beside the main window; every act in it is one undoable step."""

    jumped = Signal()
    table_wanted = Signal(str, bool)

    def __init__(self, book: ActorBook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Actor book"))
        self.resize(1040, 660)
        self._book = book
        self._theme = theme
        self._made: list[Card] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find by name or alias"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.entries_chip = parts.button(self.tr("Actors …"), "", self.show_entries)
        self.open_chip = parts.button(self.tr("Open mentions …"), "", self.show_open)
        for chip in (self.entries_chip, self.open_chip):
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
        self.entries_chip.setChecked(True)
        self.entry_list = entry_list(book, theme, self)
        self.open_list = group_list(book, theme, self)
        self.lists = QStackedWidget()
        self.lists.setAccessibleName(self.tr("Actors and open mentions"))
        said = self.tr("{:,} of {:,} marks read")
        self.reached = ReadingLine(book.readings, {BOOK: said, OPEN: said}, self.lists)
        self.new = LeavingField()
        self.new.setPlaceholderText(self.tr("New actor: type a name, Enter"))
        self.new.setAccessibleName(self.tr("Name of a new actor"))
        self.empty = parts.label("", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.cards = QStackedWidget()
        self.message = parts.label("", "muted")
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(0)
        self._seen.timeout.connect(book.show)
        self._reading = ReadingOn(book.readings, self)
        self._lay_out()
        self._connect()
        self._refresh_cards(None)

    @cached_property
    def detail(self) -> DetailCard:
        """One entry."""
        card = self._added(DetailCard(self._book, self._theme))
        card.table_wanted.connect(self.table_wanted)
        return card

    @cached_property
    def merge(self) -> MergeCard:
        """Several entries."""
        return self._added(MergeCard(self._book, self._theme))

    @cached_property
    def mentions(self) -> OpenCard:
        """Open mentions of the same words."""
        return self._added(OpenCard(self._book, self._theme))

    def _added(self, card: C) -> C:
        """Add a card that is shown for the first time: to make all of them would keep the window back."""
        card.jumped.connect(self._book.acts.jump)
        card.jumped.connect(lambda _: self.jumped.emit())
        self.cards.addWidget(card)
        self._made.append(card)
        return card

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        for card in self._made:
            card.set_theme(theme)
        for view in (self.entry_list, self.open_list):
            view.set_theme(theme)

    def show_entries(self) -> None:
        """Show the entries of the book."""
        self.entries_chip.setChecked(True)
        self.lists.setCurrentWidget(self.entry_list)
        self._book.show_open(shown=False)
        self._entries_chosen()

    def show_open(self) -> None:
        """Show the mentions that stand for nobody yet."""
        self.open_chip.setChecked(True)
        self.lists.setCurrentWidget(self.open_list)
        self._book.show_open(shown=True)
        if not self.open_list.rows() and self._book.groups:
            self.open_list.selectRow(0)
        self._group_chosen()

    def choose(self, actor: str) -> None:
        """Show one entry."""
        self.filter.clear()
        self._book.choose([actor])

    def keep(self) -> None:
        """Keep what is being written."""
        for card in self._made:
            if isinstance(card, DetailCard):
                card.keep()
        self._keep_new()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the fields; Escape stops what is said to be read, and closes."""
        if event.key() == Qt.Key.Key_Escape and stop_reading(self):
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the project while the window is seen; it is seen before the book is read."""
        self._seen.start()
        super().showEvent(event)

    def done(self, result: int) -> None:
        """Stop following the project."""
        self.keep()
        super().done(result)
        self._unfollow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop following the project."""
        self.keep()
        super().closeEvent(event)
        self._unfollow()

    def _unfollow(self) -> None:
        self._seen.stop()
        self._book.hide()

    def _lay_out(self) -> None:
        for view in (self.entry_list, self.open_list):
            self.lists.addWidget(view)
        self.cards.addWidget(self.empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(parts.row(self.entries_chip, self.open_chip))
        column.addLayout(with_line(self.lists, self.reached), 1)
        column.addWidget(self.new)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.cards)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([400, 640])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(splitter, 1)
        foot = parts.row(self.message, stretch=0)
        foot.layout().setContentsMargins(16, 4, 16, 6)  # type: ignore[union-attr]
        layout.addWidget(parts.line())
        layout.addWidget(foot)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._book.set_filter)
        self.new.returnPressed.connect(self._create)
        # A press in the list leaves the field, too: it hits its line before a new one moves it.
        self.new.left.connect(partial(QTimer.singleShot, 0, self, self._keep_new))
        self.entry_list.selectionModel().selectionChanged.connect(self._entries_chosen)
        self.open_list.selectionModel().selectionChanged.connect(self._group_chosen)
        self._book.reset.connect(self._refresh_lists)
        self._book.chosen_changed.connect(self._refresh_cards)
        self._book.chosen_marks.changed.connect(self._refresh_quotes)
        self._book.desk.messages.said.connect(self._say)
        self.reached.turned.connect(self._show_hint)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self._book.desk.undo),
            (QKeySequence.StandardKey.Redo, self._book.desk.redo),
            (QKeySequence.StandardKey.Find, self.filter.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _create(self) -> None:
        name = self.new.text().strip()
        if name:
            self.new.clear()
            self.show_entries()
            self._book.acts.create(name)

    def _keep_new(self) -> None:
        name = self.new.typed
        if name:
            self.new.settle()
            if self._book.acts.keep_new(name):
                self.new.clear()

    def _entries_chosen(self, *_: object) -> None:
        if self.lists.currentWidget() is self.entry_list:
            self._book.choose([self._book.entries[row].actor.id for row in self.entry_list.rows()])

    def _group_chosen(self, *_: object) -> None:
        if self.lists.currentWidget() is self.open_list:
            rows = [row for row in self.open_list.rows() if row < len(self._book.groups)]
            self._book.choose_group(self._book.groups[rows[0]] if rows else None)

    def _refresh_lists(self, _: None) -> None:
        chosen, group = self._book.chosen, self._book.group
        for view in (self.entry_list, self.open_list):
            view.refresh()
        self.entry_list.choose(self._book.rows_of(chosen))
        if group in self._book.groups:
            self.open_list.choose([self._book.groups.index(group)])
        elif self.lists.currentWidget() is self.open_list:
            self.open_list.choose([0] if self._book.groups else [])
            self._group_chosen()
        is_known = self._book.counts_are_known
        actors, mentions = self.tr("Actors {:,}"), self.tr("Open mentions {:,}")
        self.entries_chip.setText(
            actors.format(len(self._book.entries)) if is_known else self.tr("Actors …")
        )
        self.open_chip.setText(
            mentions.format(self._book.open_count) if is_known else self.tr("Open mentions …")
        )

    def _refresh_cards(self, _: None) -> None:
        detail = self._book.detail()
        if self._book.group is not None:
            self.mentions.refresh()
            self.cards.setCurrentWidget(self.mentions)
        elif detail:
            self.detail.show_detail(detail)
            self.cards.setCurrentWidget(self.detail)
            if rows := self._book.rows_of([detail.actor.id]):
                self.entry_list.choose(rows)
        elif len(self._book.chosen) > 1 and not self._book.are_too_many:
            self.merge.refresh()
            self.cards.setCurrentWidget(self.merge)
        else:
            self._show_hint()
            self.cards.setCurrentWidget(self.empty)

    def _refresh_quotes(self, _: None) -> None:
        for card in self._made:
            if card is self.cards.currentWidget():
                card.show_quotes()

    def _show_hint(self) -> None:
        self.empty.setText(self._hint())

    def _hint(self) -> str:
        if self.reached.is_stopped:
            return self.tr("This was not read to its end: “Read on” below the list goes on.")
        if self.lists.currentWidget() is self.open_list:
            if not self._book.is_read:
                return self.tr("Looking for mentions that stand for nobody yet …")
            return self.tr("Every mention stands for somebody.")
        if not self._book.is_read:
            return self.tr("The actor book is being read …")
        if self._book.are_too_many:
            said = self.tr("{:,} actors are chosen. Choose no more than {:,} to merge them.")
            return said.format(len(self._book.chosen), MOST_MERGED)
        if self._book.entries:
            return self.tr("Choose an actor. Choose several with Ctrl or Shift to merge them.")
        return self.tr(
            "The book is empty. Mark an actor in the text and press E, or type a name below."
        )

    def _say(self, message: Message) -> None:
        self.message.setText(message.text)
