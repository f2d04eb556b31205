"""The inspector panel: shows the right card, and keeps its place while the mark stays the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from annotator.domain.codebook import Kind
from annotator.presentation import article_state, repeating, who
from annotator.presentation.desk import Desk
from annotator.ui.inspector import article_card, ghost_card, mark_card, partner_card
from annotator.ui.inspector.topics import TopicField
from annotator.ui.inspector.who_field import WhoField
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS
from annotator.ui.reading_on import MOMENT_SECONDS, ReadingOn
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.presentation.ghosts import InspectedGhost
    from annotator.presentation.inspector import Inspected

RESTING_MILLISECONDS = 300

OPENING_TURNS = 2
"""After so many turns of a project's window the first card is made: by then page and list are painted."""

AHEAD_MILLISECONDS = 2_000
"""When nothing was done for so long, a large actor book is arranged ahead."""

SIGN_MILLISECONDS = 300
"""Counting that takes longer says that it goes on."""

BURST_MILLISECONDS = 90
"""Acts closer to each other than this are a burst; a key held down repeats every 30 or so."""


class InspectorPanel(QScrollArea):
    """Follows the reader: the current mark, or the article."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk = desk
        self._theme = theme
        self._shown: Inspected | None = None
        # Many signals may come from one act; the card is made once, when all is settled. While
        # one act follows another, as with a key held down, it waits until they pause.
        self._asked = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        self._left_to_others = 0
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(NEXT_TURN_MILLISECONDS)
        self._opening.timeout.connect(self._turn)
        # Counting reads the whole project; it waits until the caret rests.
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTING_MILLISECONDS)
        self._resting.timeout.connect(self._count)
        # In a large project the words are looked for bit by bit, until another mark is current.
        self._counting: Iterator[None] | None = None
        self._counted_for = QElapsedTimer()
        self._between = QTimer(self)
        self._between.setInterval(NEXT_TURN_MILLISECONDS)
        self._between.timeout.connect(self._count_on)
        # A large actor book is arranged by its names before anybody of it is proposed.
        self._arranging: Iterator[None] = iter(())
        self._arrange = QTimer(self)
        self._arrange.setInterval(NEXT_TURN_MILLISECONDS)
        self._arrange.timeout.connect(self._arrange_on)
        self._cannot_be_arranged = False
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MILLISECONDS)
        self._ahead.timeout.connect(self._arrange_ahead)
        for signal in (desk.project_changed, desk.saved, desk.reader.article_shown):
            signal.connect(lambda _: self._ahead.start())
        # Values that a list may take are counted while the mark is looked at.
        self._counting_values = ReadingOn(desk.used_values.readings, self)
        desk.used_values.changed.connect(self._offer_values)
        desk.closing.connect(self._leave_book)
        desk.focus.connect(self._field_left)
        desk.reader.changed.connect(self._soon)
        desk.reader.page.current_changed.connect(self._soon)
        desk.reader.page.selection_changed.connect(self._soon)
        desk.project_changed.connect(self._opened)
        # The page comes first: the first card is made when the window has been painted.
        self._soon()

    def _offer_values(self, _: None) -> None:
        for field in self.findChildren(TopicField):
            field.renew()

    def set_theme(self, theme: Theme) -> None:
        """Show the layers in the colours of another theme."""
        self._theme = theme
        self._shown = None
        if self.widget():
            self.refresh()

    def refresh(self) -> None:
        """Show what is current now."""
        self._later.stop()
        self._opening.stop()
        ghost = self._ghost()
        if ghost is not None:
            self._show_ghost(ghost)
            return
        reader = self._desk.reader
        if reader.linking and reader.partners and not reader.has_selection:
            self._show_partners()
            return
        shown = None if reader.has_selection or reader.gaps else reader.inspected()
        if (
            shown is not None
            and shown == self._shown
            and isinstance(self.widget(), mark_card.MarkCard)
        ):
            if self._counting is not None:
                # It was left for what came meanwhile.
                self._resting.start()
            return
        card = self.widget()
        state = None if shown else article_state.state_of(self._desk)
        if state is not None and isinstance(card, article_card.ArticleCard) and card.shown == state:
            return
        same = shown is not None and self._shown is not None and shown.mark == self._shown.mark
        stays = (
            state is not None
            and isinstance(card, article_card.ArticleCard)
            and card.shown is not None
            and card.shown.article.id == state.article.id
        )
        place = self.verticalScrollBar().value() if same or stays else 0
        self.keep()
        self._shown, self._counting = shown, None
        focused = self._focused()
        had_focus = focused is not None and self.isAncestorOf(focused)
        field = focused.property("field") if focused is not None and had_focus and same else None
        made = (
            mark_card.MarkCard(self._desk, shown, self._theme)
            if shown
            else article_card.ArticleCard(self._desk, state)
        )
        self._put(made)
        if self._is_awaited:
            self._begin_to_arrange()
        self._resting.start()
        self.verticalScrollBar().setValue(place)
        if had_focus and not (field and self.focus_field(str(field))):
            self._leave_focus(was_field=isinstance(focused, QLineEdit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in a field goes back to the page; what was written is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._desk.focus.emit("page")
        else:
            super().keyPressEvent(event)

    def _focused(self) -> QWidget | None:
        """Return what has the focus in this window, also while a list of names is in front of it."""
        return self.window().focusWidget()

    def _leave_focus(self, *, was_field: bool) -> None:
        """Give on the focus of what is gone: who typed goes back to the page, who walked by Tab stays here.

        Left to itself Qt would choose a button nearby, which the next Enter would press.
        """
        if was_field:
            self._desk.focus.emit("page")
        else:
            self.setFocus()

    def focus_field(self, wanted: str) -> bool:
        """Put the caret into a field: of an attribute, or by ``who``, ``topics``, ``date``; False if there is none."""
        shown, card = self._shown, self.widget()
        if shown is None or not isinstance(card, mark_card.MarkCard):
            return False
        by_part = {
            "topics": [field.attribute for field in shown.fields if field.by_typing],
            "date": [field.attribute for field in shown.fields if field.kind is Kind.DATE],
        }
        names = by_part.get(wanted, [wanted])
        for field in card.findChildren(QLineEdit):
            if field.property("field") in names:
                self.ensureWidgetVisible(field)
                field.setFocus()
                return True
        return False

    def _ghost(self) -> InspectedGhost | None:
        reader, project = self._desk.reader, self._desk.project
        if project is None or reader.ghost is None or reader.has_selection:
            return None
        return reader.ghosts.inspect(project, reader.ghost.id)

    def _show_ghost(self, ghost: InspectedGhost) -> None:
        self.keep()
        self._shown = None
        focused = self._focused()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._put(ghost_card.GhostCard(self._desk, ghost, self._theme))
        if had_focus:
            self.setFocus()

    def _show_partners(self) -> None:
        self.keep()
        self._shown = None
        self._put(partner_card.PartnerCard(self._desk))

    def focus_note(self) -> None:
        """Put the caret into the note of the mark, or of the article where that is shown."""
        card = self.widget()
        if isinstance(card, mark_card.MarkCard | article_card.ArticleCard) and card.note:
            self.ensureWidgetVisible(card.note)
            card.note.setFocus()

    def focus_first(self) -> None:
        """Put the focus on the first control."""
        card = self.widget()
        if card:
            for child in card.findChildren(QWidget):
                if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled():
                    child.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def keep(self) -> None:
        """Keep a note that is being written."""
        card = self.widget()
        if isinstance(card, mark_card.MarkCard | article_card.ArticleCard) and card.note:
            card.note.keep()

    def _arrange_ahead(self) -> None:
        """Arrange a large actor book while nobody works, before somebody needs it."""
        if self._desk.busy:
            self._ahead.start()
        elif who.is_to_arrange(self._desk) and not self._cannot_be_arranged:
            self._begin_to_arrange()

    def _leave_book(self, _: object) -> None:
        self._arrange.stop()
        self._ahead.stop()
        self._cannot_be_arranged = False

    def _begin_to_arrange(self) -> None:
        if not self._arrange.isActive():
            self._arranging = who.arrange(self._desk)
            self._arrange.start()

    def _arrange_on(self) -> None:
        """Arrange some more of the actor book; when all is arranged the card says who is proposed."""
        end = time.perf_counter() + MOMENT_SECONDS
        try:
            while not self._desk.busy and time.perf_counter() < end:
                if next(self._arranging, self) is self:
                    self._arrange.stop()
                    self._propose()
                    return
        except Exception:
            # Else it would begin anew at every turn; the next mention that is looked at tries again.
            self._arrange.stop()
            self._cannot_be_arranged = True
            raise

    def _propose(self) -> None:
        """Say who is proposed, now that the book is arranged; what is being typed stays as it is."""
        field = self._focused()
        if isinstance(field, WhoField) and field.waits:
            field.offer()
        elif self._is_awaited:
            self.refresh()

    def _field_left(self, _: str) -> None:
        """Say who is proposed where that came while a name was being typed, which was given up."""
        if self._is_awaited:
            self._soon()

    @property
    def _is_awaited(self) -> bool:
        """Whether the card says that somebody will be proposed."""
        return bool(self._shown and self._shown.who and self._shown.who.is_awaited)

    def _count(self) -> None:
        card = self.widget()
        if isinstance(card, mark_card.MarkCard):
            if not self._desk.busy:
                self._counting = repeating.count(self._desk)
                self._counted_for.start()
                self._between.start()
        elif isinstance(card, article_card.ArticleCard):
            card.show_minutes()

    def _put(self, card: QWidget) -> None:
        # As wide as the panel, whatever is on it: what is wider would be cut off at its edge.
        card.setMinimumWidth(1)
        self.setWidget(card)

    def _count_on(self) -> None:
        """Look through some more of the project for the words of the mark that is shown."""
        card = self.widget()
        if self._counting is None:
            self._between.stop()
            return
        try:
            next(self._counting)
        except StopIteration as ended:
            self._between.stop()
            self._counting = None
            found = ended.value
            if isinstance(card, mark_card.MarkCard):
                if found:
                    card.show_elsewhere(found.count_elsewhere, len(found.elsewhere))
                else:
                    card.show_uncounted()
            return
        if (
            isinstance(card, mark_card.MarkCard)
            and self._counted_for.elapsed() >= SIGN_MILLISECONDS
        ):
            card.show_counting()

    @property
    def is_counting(self) -> bool:
        """Tell whether the card says that words are still being counted."""
        return self._between.isActive() and self._counted_for.elapsed() >= SIGN_MILLISECONDS

    def settle(self) -> None:
        """Show now what would be shown in a moment."""
        if self._later.isActive() or self._opening.isActive():
            self.refresh()

    def _soon(self, _: object = None) -> None:
        self._between.stop()
        in_a_burst = self._asked.isValid() and self._asked.elapsed() < BURST_MILLISECONDS
        self._asked.start()
        if not (
            self._opening.isActive() or (self._later.isActive() and self._later.interval() == 0)
        ):
            self._later.start(BURST_MILLISECONDS if in_a_burst else 0)

    def _opened(self, _: object) -> None:
        """Leave the first turns of a project to the page and the list."""
        self._later.stop()
        self._left_to_others = OPENING_TURNS
        self._opening.start()

    def _turn(self) -> None:
        self._left_to_others -= 1
        if self._left_to_others > 0:
            self._opening.start()
        else:
            self.refresh()
