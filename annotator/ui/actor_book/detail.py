"""One entry of the actor book: what it is called, what it is, and all that was marked as it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.identity import Id
from annotator.presentation.actor_book import ActorBook, Detail
from annotator.presentation.chosen_marks import CLAIMS, MARKS, ChosenMarks
from annotator.ui.actor_book.bonds import AliasField, BondField
from annotator.ui.boxes import ChoiceBox
from annotator.ui.inspector import parts
from annotator.ui.quotes import QuotesView
from annotator.ui.reading_line import ReadingLine, with_line
from annotator.ui.theme import Theme


class DetailCard(QWidget):
    """Shows and changes the one entry chosen."""

    jumped = Signal(object)
    table_wanted = Signal(str, bool)

    def __init__(self, book: ActorBook, theme: Theme) -> None:
        super().__init__()
        self._book = book
        self._detail: Detail | None = None
        self.name = QLineEdit()
        self.name.setObjectName("title")
        self.name.setAccessibleName(self.tr("Name"))
        self.name.editingFinished.connect(self._rename)
        self.type = ChoiceBox(self.tr("Type"))
        self.type.activated.connect(self._set_type)
        self.external = QLineEdit()
        self.external.setPlaceholderText(self.tr("id in a catalogue"))
        self.external.setAccessibleName(self.tr("External id"))
        self.external.editingFinished.connect(self._set_external)
        self.aliases = AliasField(book)
        self.bonds = BondField(book)
        self.note = NoteText(book)
        self.quotes = QuotesView(theme, self.tr("Marks of this actor"), tells_gold=True)
        self.quotes.opened.connect(self.jumped)
        self.quotes.chosen_changed.connect(self._refresh_split)
        said = {
            MARKS: self.tr("{:,} of {:,} marks read"),
            CLAIMS: self.tr("{:,} of {:,} marks searched for claims"),
        }
        self.reached = ReadingLine(book.readings, said, self.quotes)
        self.marks = parts.button("", "", partial(self._show_quotes, claims=False))
        self.claims = parts.button("", "", partial(self._show_quotes, claims=True))
        self._group = QButtonGroup(self)
        for chip in (self.marks, self.claims):
            chip.setCheckable(True)
            self._group.addButton(chip)
        self.marks.setChecked(True)
        self.split = parts.button(self.tr("Split chosen off …"), "", self._begin_split)
        self.split_name = QLineEdit()
        self.split_name.setPlaceholderText(self.tr("name of the new actor"))
        self.split_name.setAccessibleName(self.tr("Name of the new actor for the chosen marks"))
        self.split_name.returnPressed.connect(self._split)
        self.table = parts.button(self.tr("In the table"), "", self._open_table, name="quiet")
        self.out = parts.button(self.tr("Take out of the book"), "", book.acts.retire, name="quiet")
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Show the quotes in another theme."""
        self.quotes.set_theme(theme)

    def show_detail(self, detail: Detail) -> None:
        """Show an entry; fields that are being typed in keep their words while it stays the same."""
        same = self._detail is not None and self._detail.actor == detail.actor
        other = self._detail is None or self._detail.actor.id != detail.actor.id
        self._detail = detail
        actor = detail.actor
        if not (same and self.name.hasFocus() and self.name.isModified()):
            self.name.setText(actor.name)
        self.type.offer(
            [(self.tr("no type"), None), *((label, name) for name, label in self._book.types)],
            actor.type,
        )
        if not (same and self.external.hasFocus()):
            self.external.setText(actor.external_id or "")
        self.aliases.show_aliases(actor.id, actor.aliases)
        self.bonds.show_bonds(actor.id, detail.bonds)
        self.note.show_note(actor.id, actor.note)
        if other:
            self.split_name.hide()
            self.marks.setChecked(True)
            self.claims.setMinimumWidth(0)
        self.show_quotes()

    def show_quotes(self) -> None:
        """Show what is known now of the marks and claims of the entry."""
        found = self._book.chosen_marks
        self._count(found)
        self.quotes.show_quotes(found.claims if self.claims.isChecked() else found.marks)
        self._refresh_split()

    def keep(self) -> None:
        """Keep what is being typed for the entry."""
        self.note.keep()
        self.aliases.keep()
        self.bonds.keep()

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(parts.label(self.tr("Type"), "heading", wrap=False))
        facts.addWidget(self.type)
        facts.addSpacing(12)
        facts.addWidget(parts.label(self.tr("External id"), "heading", wrap=False))
        facts.addWidget(self.external, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self.name)
        layout.addLayout(facts)
        for title, widget in (
            (self.tr("Also called"), self.aliases),
            (self.tr("Belongs to"), self.bonds),
            (self.tr("Note"), self.note),
        ):
            layout.addWidget(parts.column(parts.heading(title), widget))
        layout.addWidget(parts.line())
        layout.addWidget(
            parts.row(self.marks, self.claims, self.table, self.out, self.split, self.split_name)
        )
        layout.addLayout(with_line(self.quotes, self.reached), 1)

    def _count(self, found: ChosenMarks) -> None:
        marks, claims, gold = len(found.marks), found.claims, self._book.gold_of_chosen
        self.marks.setText(
            self.tr("Marks {:,} · gold {:,}").format(marks - gold, gold)
            if gold
            else self.tr("Marks {:,}").format(marks)
        )
        said = self.tr("Claims {:,}")
        self.claims.setText(said.format(len(claims) if claims.is_found else marks))
        if not claims.is_found:
            # They are counted last: what stands beside them keeps its place when their number comes.
            self.claims.setMinimumWidth(self.claims.sizeHint().width())
            self.claims.setText(self.tr("Claims …"))
        self.out.setVisible(not marks)

    def _show_quotes(self, *, claims: bool) -> None:
        (self.claims if claims else self.marks).setChecked(True)
        self.show_quotes()

    def _refresh_split(self) -> None:
        chosen = self.quotes.count_chosen()
        some = self._detail is not None and 0 < chosen < len(self._book.chosen_marks.marks)
        is_all = self._book.chosen_marks.is_in_step
        self.split.setEnabled(is_all)
        reason = self.tr("The marks are not all read yet.")
        self.split.setToolTip(self.split.text() if is_all else reason)
        self.split.setVisible(some and self.marks.isChecked() and self.split_name.isHidden())
        if not some:
            self.split_name.hide()

    def _begin_split(self) -> None:
        chosen = self.quotes.chosen()
        first = self.quotes.quote(chosen[0]) if chosen else None
        self.split_name.setText(first.words if first else "")
        self.split_name.show()
        self.split_name.setFocus()
        self.split_name.selectAll()
        self._refresh_split()

    def _split(self) -> None:
        chosen = self.quotes.chosen()
        if self._book.chosen_marks.is_in_step:
            self.split_name.hide()
        self._book.acts.split(chosen, self.split_name.text())

    def _open_table(self) -> None:
        if self._detail:
            self.table_wanted.emit(self._detail.actor.id, self.claims.isChecked())

    def _rename(self) -> None:
        if self._detail and self.name.text().strip() != self._detail.actor.name:
            self.name.setModified(False)
            if self.name.text().strip():
                self._book.acts.rename(self.name.text())
            else:
                self.name.setText(self._detail.actor.name)

    def _set_type(self, _: int) -> None:
        type = self.type.currentData()
        if self._detail and type != self._detail.actor.type:
            self._book.acts.set_type(type)

    def _set_external(self) -> None:
        if self._detail and self.external.text().strip() != (self._detail.actor.external_id or ""):
            self._book.acts.set_external_id(self.external.text())


class NoteText(QPlainTextEdit):
    """The note on an entry; kept when the field is left."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._actor: Id = ""
        self._before = ""
        self.setAccessibleName(self.tr("Note on the actor"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(48)

    def show_note(self, actor: Id, note: str) -> None:
        """Show the note of an entry, after keeping the one that is being written."""
        if actor == self._actor and note == self._before:
            return
        self.keep()
        self._actor, self._before = actor, note
        self.setPlainText(note)

    def keep(self) -> None:
        """Write the note if it changed."""
        text = self.toPlainText()
        if self._actor and text != self._before:
            self._before = text
            self._book.acts.set_note_of(self._actor, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        self.keep()
