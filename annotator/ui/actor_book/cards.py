"""What stands on the right while several entries, or open mentions, are chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.domain.identity import Id
from annotator.presentation.actor_book import ActorBook
from annotator.presentation.chosen_marks import MARKS, PROPOSAL
from annotator.presentation.shortening import in_quotes, short
from annotator.ui.actor_book.bonds import CHIP, EntryCompleter
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts
from annotator.ui.quotes import QuotesView
from annotator.ui.reading_line import ReadingLine, with_line
from annotator.ui.theme import Theme

SHOWN_NAMES, SHOWN_ALIASES = 12, 40
"""So many names are offered to be kept, and so many are listed as its other names."""

FIELD = 220
"""In pixels; so wide is what the field for another entry says while it is empty."""


class MergeCard(QWidget):
    """Several entries: which one stays, what it becomes, and every mark that moves to it."""

    jumped = Signal(object)

    def __init__(self, book: ActorBook, theme: Theme) -> None:
        super().__init__()
        self._book = book
        self._into: Id | None = None
        self.title = parts.label("", "layer")
        self._choices = QWidget()
        self.result = parts.label("", "muted")
        self.moving = parts.heading("")
        self.quotes = QuotesView(theme, self.tr("Marks that move"), tells_gold=True)
        self.quotes.opened.connect(self.jumped)
        said = {MARKS: self.tr("{:,} of {:,} marks read")}
        self.reached = ReadingLine(book.readings, said, self.quotes)
        self.merge = parts.button(self.tr("Merge"), "", self._merge, name="primary")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(8)
        for widget in (
            self.title,
            parts.heading(self.tr("Keep")),
            self._choices,
            self.result,
            self.moving,
        ):
            self._layout.addWidget(widget)
        self._layout.addLayout(with_line(self.quotes, self.reached), 1)
        self._layout.addWidget(parts.row(self.merge))

    def set_theme(self, theme: Theme) -> None:
        """Show the quotes in another theme."""
        self.quotes.set_theme(theme)

    def refresh(self) -> None:
        """Show what merging the chosen entries would do."""
        chosen = self._book.chosen
        if self._into not in chosen:
            self._into = self._book.most_used()
        preview = self._book.preview(self._into) if self._into else None
        if preview is None or self._into is None:
            return
        self._book.find_moving(self._into)
        self.title.setText(self.tr("Merge {} actors").format(len(chosen)))
        names = {actor.id: actor.name for actor in (preview.result, *preview.gone)}
        self._offer([(id, names[id]) for id in chosen if id in names])
        aliases = ", ".join(preview.result.aliases[:SHOWN_ALIASES])
        if len(preview.result.aliases) > SHOWN_ALIASES:
            aliases += " …"
        self.result.setText(
            self.tr("{} will also be called {}.").format(preview.result.name, aliases)
            if aliases
            else preview.result.name
        )
        self.moving.setText(
            self.tr("1 mark moves to {}").format(preview.result.name)
            if preview.moving == 1
            else self.tr("{:,} marks move to {}").format(preview.moving, preview.result.name)
        )
        self.show_quotes()

    def show_quotes(self) -> None:
        """Show what is known now of the marks that move."""
        self.quotes.show_quotes(self._book.chosen_marks.marks)

    def _offer(self, names: list[tuple[Id, str]]) -> None:
        old, self._choices = self._choices, QWidget()
        flow = FlowLayout(self._choices)
        for id, name in names[:SHOWN_NAMES]:
            chip = parts.button(short(name, CHIP), "", partial(self._keep, id), hint=name)
            chip.setAccessibleName(name)
            chip.setCheckable(True)
            chip.setChecked(id == self._into)
            flow.addWidget(chip)
        self._layout.replaceWidget(old, self._choices)
        old.deleteLater()

    def _keep(self, id: Id) -> None:
        self._into = id
        self.refresh()

    def _merge(self) -> None:
        if self._into:
            self._book.acts.merge(self._into)


class OpenCard(QWidget):
    """Open mentions of the same words: whom they stand for."""

    jumped = Signal(object)

    def __init__(self, book: ActorBook, theme: Theme) -> None:
        super().__init__()
        self._book = book
        self._proposed: Id | None = None
        self.title = parts.label("", "layer")
        self.best = parts.button("", "", self._take_best, name="primary")
        self.reason = parts.label("", "muted", wrap=False)
        self.new = parts.button("", "", book.acts.make_from_group)
        self.other = QLineEdit()
        self.other.setPlaceholderText(self.tr("somebody else in the book …"))
        self.other.setAccessibleName(self.tr("Tie to another entry"))
        self.other.setMinimumWidth(FIELD)
        self.other.setMaximumWidth(300)
        self._completer = EntryCompleter(book, self.other)
        self.other.returnPressed.connect(self._take_other)
        self.quotes = QuotesView(theme, self.tr("Open mentions"))
        self.quotes.opened.connect(self.jumped)
        said = {PROPOSAL: "", MARKS: self.tr("{:,} of {:,} marks searched")}
        self.reached = ReadingLine(book.readings, said, self.quotes)
        self.reached.turned.connect(self._show_proposal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(parts.heading(self.tr("Who is this?")))
        layout.addWidget(parts.row(self.best, self.reason))
        layout.addWidget(parts.row(self.new, self.other))
        layout.addWidget(parts.line())
        layout.addLayout(with_line(self.quotes, self.reached), 1)

    def set_theme(self, theme: Theme) -> None:
        """Show the quotes in another theme."""
        self.quotes.set_theme(theme)

    def refresh(self) -> None:
        """Show the open mentions chosen."""
        group = self._book.group
        if group is None:
            return
        words = in_quotes(group.words)
        self.title.setText(
            self.tr("{} stands for nobody yet, {:,} times").format(words, group.count)
            if group.count > 1
            else self.tr("{} stands for nobody yet").format(words)
        )
        self.new.setText(self.tr("New actor {}").format(in_quotes(group.words, 40)))
        self.show_quotes()

    def show_quotes(self) -> None:
        """Show what is known now of the open mentions: how they read, and whom they stand for."""
        self._show_proposal()
        self.quotes.show_quotes(self._book.chosen_marks.marks)

    def _show_proposal(self) -> None:
        proposal = self._book.chosen_marks.proposal
        self._proposed = proposal.actor if proposal else None
        self.best.setVisible(proposal is not None)
        self.best.setText(short(proposal.name, CHIP) if proposal else "")
        self.best.setToolTip(proposal.name if proposal else "")
        reason = proposal.reason if proposal else self._nobody()
        self.reason.setText(short(reason))
        self.reason.setToolTip(reason)

    def _nobody(self) -> str:
        if not self._book.chosen_marks.is_looking:
            return self.tr("Nobody in the book fits.")
        if self.reached.is_stopped:
            return self.tr("Not looked up in the book.")
        return self.tr("Looking in the book …")

    def _take_best(self) -> None:
        if self._proposed:
            self._book.acts.tie_group(self._proposed)

    def _take_other(self) -> None:
        typed = self.other.text().strip()
        actor = self._book.named(typed)
        if actor:
            self.other.clear()
            self._book.acts.tie_group(actor)
        else:
            self._book.desk.messages.problem(
                self.tr("The actor book has no {}: choose one of the names offered.").format(
                    in_quotes(typed)
                )
            )
