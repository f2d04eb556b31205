"""One mark in the inspector: its words, values, links, meaning and history."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.codebook import Definition, Kind
from annotator.presentation import repeating, rich_text
from annotator.presentation.desk import Desk
from annotator.presentation.inspector import Choice, Field, Inspected
from annotator.presentation.link_slots import LinkSlot
from annotator.presentation.shortening import begun, short
from annotator.ui.inspector import parts, value_field, who_field
from annotator.ui.inspector.note_field import NoteField
from annotator.ui.inspector.topics import TopicField
from annotator.ui.theme import Theme

QUOTE_LIMIT = 400

BUTTON = 34
"""So many characters of other marks and entries are shown on a button."""

AROUND = 120
"""How much of the sentence is shown on either side, in characters."""


class MarkCard(QWidget):
    """Shows one mark; every control acts through the desk."""

    def __init__(self, desk: Desk, shown: Inspected, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._shown = shown
        self.note = NoteField(
            shown.note, partial(desk.set_note_of, shown.mark), self.tr("Note on the mark")
        )
        self.elsewhere = parts.button(
            self.tr("in all articles"),
            desk.key_of("mark.all-articles"),
            partial(repeating.mark_in_project, desk),
            hint=self.tr("Mark the same words in all articles, as one step"),
        )
        self._uncounted = self.elsewhere.text(), self.elsewhere.accessibleName()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in self._widgets(theme):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _widgets(self, theme: Theme) -> list[QWidget]:
        shown = self._shown
        colour = shown.colour[1 if theme.is_dark else 0]
        title = parts.label(shown.label, "layer", wrap=False)
        title.setStyleSheet(f"color: {colour}")
        quote = parts.rich(_in_sentence(shown, theme), "quote")
        quote.setAccessibleName(shown.quote)
        quote.setStyleSheet(f"border-left: 3px solid {colour}; padding-left: 8px")
        widgets: list[QWidget] = [title, quote]
        if shown.stack:
            widgets.insert(0, self._stack())
        if shown.who:
            widgets.append(self._who())
        widgets += [self._field(field) for field in shown.fields]
        if shown.links:
            widgets.append(parts.line())
        widgets += [self._links(slot) for slot in shown.links]
        widgets += [parts.line(), self._same_words()]
        widgets += [
            parts.heading(self.tr("Note  {}").format(self._desk.key_of("mark.note"))),
            self.note,
        ]
        widgets += [parts.line(), *self._meaning(), parts.line(), *self._history()]
        return widgets

    def show_counting(self) -> None:
        """Say that it is still being counted how often the words stand again."""
        words = self.tr("counting all articles …")
        self.elsewhere.setText(words)
        self.elsewhere.setAccessibleName(words)

    def show_uncounted(self) -> None:
        """Say no more that it is being counted: it could not be counted to the end."""
        words, spoken = self._uncounted
        self.elsewhere.setText(words)
        self.elsewhere.setAccessibleName(spoken)

    def show_elsewhere(self, places: int, articles: int) -> None:
        """Show how often the words stand again in other articles, and in how many."""
        words = (
            self.tr("in no other article")
            if not articles
            else self.tr("{} in 1 other article").format(places)
            if articles == 1
            else self.tr("{} in {} other articles").format(places, articles)
        )
        key = self._desk.key_of("mark.all-articles")
        self.elsewhere.setText(f"{words}  {key.replace('Shift+', '⇧')}" if articles else words)
        self.elsewhere.setEnabled(articles > 0)
        self.elsewhere.setAccessibleName(words)

    def _stack(self) -> QWidget:
        """The marks that lie on each other here; a click or the key of the chooser goes to another."""
        holder = QWidget()
        flow = parts.FlowLayout(holder)
        for item in self._shown.stack:
            chip = parts.button(
                f"{item.label} · {short(item.words, 22)}",
                "",
                partial(self._go, item.mark),
                hint=item.words,
            )
            chip.setCheckable(True)
            chip.setChecked(item.is_current)
            flow.addWidget(chip)
        count = len(self._shown.stack)
        title = self.tr("{} marks here  {}").format(count, self._desk.key_of("mark.choose"))
        return parts.column(parts.heading(title), holder)

    def _same_words(self) -> QWidget:
        """How often the words stand again, counted before the key that marks them is pressed."""
        here = parts.button(
            self.tr("{} more here").format(self._shown.same_here),
            self._desk.key_of("mark.all") if self._shown.same_here else "",
            partial(repeating.mark_here, self._desk),
            hint=self.tr("Mark the same words everywhere in the article, as one step"),
        )
        here.setEnabled(self._shown.same_here > 0)
        holder = QWidget()
        flow = parts.FlowLayout(holder)
        flow.addWidget(here)
        flow.addWidget(self.elsewhere)
        return parts.column(parts.heading(self.tr("Same words")), holder)

    def _who(self) -> QWidget:
        who = self._shown.who
        title = parts.heading(self.tr("Who"))
        if who and who.name:
            name = parts.label(who.name, "value")
            off = parts.button(
                "×",
                "",
                self._desk.unassign_actor,
                name="quiet",
                hint=self.tr("Untie from the actor book"),
            )
            off.setAccessibleName(self.tr("Untie from the actor book"))
            return parts.column(title, parts.row(name, off, stretch=0))
        if who and who.is_awaited:
            awaited = parts.label(self.tr("looking through the actor book …"), "muted")
            return parts.column(title, awaited, who_field.WhoField(self._desk))
        proposed = who.proposed if who else ""
        best = parts.button(
            short(proposed, BUTTON),
            self._desk.key_of("mark.who"),
            self._desk.assign_actor,
            hint=self.tr("Tie to this entry of the actor book"),
        )
        reason = [parts.label(who.reason, "muted")] if who and who.reason else []
        return parts.column(title, parts.row(best), *reason, who_field.WhoField(self._desk))

    def _field(self, field: Field) -> QWidget:
        title = parts.heading(field.label + (self.tr(" · not filled in") if field.missing else ""))
        if field.by_typing:
            return parts.column(title, TopicField(self._desk, field))
        if field.kind in (Kind.TEXT, Kind.DATE) or not field.choices:
            edit = value_field.ValueField(self._desk, field)
            return parts.column(title, edit)
        return parts.column(
            title, parts.choices(self._keyed(field), partial(self._choose, field), field.label)
        )

    def _keyed(self, field: Field) -> tuple[Choice, ...]:
        """Return the choices with the keys they have now, which may be the user's own."""
        start = f"value.{self._shown.layer}.{field.attribute}."
        return tuple(
            replace(choice, key=self._desk.key_of(start + choice.name)) for choice in field.choices
        )

    def _choose(self, field: Field, name: str) -> None:
        if field.kind is Kind.YES_NO:
            self._desk.set_value(field.attribute, name == "yes")
        elif field.kind is Kind.SEVERAL:
            old = field.value if isinstance(field.value, tuple) else ()
            new = tuple(item for item in old if item != name) if name in old else (*old, name)
            self._desk.set_value(field.attribute, new or None)
        else:
            self._desk.toggle_value(field.attribute, name)

    def _links(self, slot: LinkSlot) -> QWidget:
        widgets: list[QWidget] = []
        for tied in slot.tied:
            words = parts.button(
                tied.words,
                "",
                partial(self._go, tied.other),
                name="link",
                hint=tied.words,
                kind=parts.NarrowButton,
            )
            words.setEnabled(tied.other is not None)
            off = parts.button(
                "×", "", partial(self._desk.untie, tied.link), name="quiet", hint=self.tr("Untie")
            )
            off.setAccessibleName(self.tr("Untie {}").format(tied.words))
            widgets.append(parts.row(words, off, stretch=0))
        offers: list[QWidget] = []
        if slot.proposed and not slot.incoming:
            offers.append(
                parts.button(
                    short(slot.proposed, BUTTON),
                    self._desk.key_of(f"link.{slot.id}"),
                    partial(self._desk.tie_to_nearest, slot.type),
                    hint=self.tr("Tie to {}").format(slot.proposed),
                )
            )
            offers.append(
                parts.button(
                    "…",
                    self._desk.key_of(f"link.{slot.id}.choose"),
                    partial(self._desk.begin_link, slot.type),
                    hint=self.tr("Choose another"),
                )
            )
        if slot.voices:
            offers.append(
                parts.button(
                    self.tr("author"), self._desk.key_of("link.voice"), self._desk.tie_author
                )
            )
            offers.append(
                parts.button(
                    self.tr("unknown"), self._desk.key_of("link.unknown"), self._desk.tie_unknown
                )
            )
        if offers:
            holder = QWidget()
            flow = parts.FlowLayout(holder)
            for offer in offers:
                flow.addWidget(offer)
            widgets.append(holder)
        if not widgets:
            widgets.append(parts.label(self.tr("nothing to tie to yet"), "muted"))
        missing = self.tr(" · not filled in") if slot.missing else ""
        return parts.column(parts.heading(begun(slot.label) + missing), *widgets)

    def _go(self, mark: str | None) -> None:
        if mark:
            self._desk.reader.select_mark(mark)

    def _meaning(self) -> list[QWidget]:
        shown = self._shown
        widgets: list[QWidget] = [
            parts.heading(self.tr("Codebook: {}").format(shown.label.lower()))
        ]
        words = rich_text.of_definition(
            Definition(shown.definition, shown.examples, shown.counter_examples)
        )
        if words:
            widgets.append(parts.rich(words, "definition"))
        return widgets

    def _history(self) -> list[QWidget]:
        widgets: list[QWidget] = [parts.heading(self.tr("History"))]
        for event in self._shown.events:
            undone = self.tr(" (undone)") if event.undone else ""
            widgets.append(parts.label(f"{event.at}  {event.words}{undone}", "muted"))
        if not self._shown.events:
            widgets.append(parts.label(self._shown.made, "muted"))
        return widgets


def _in_sentence(shown: Inspected, theme: Theme) -> str:
    """Return the words of a mark in their sentence, the rest of it muted."""
    words = " ".join(shown.quote.split())
    quote = escape(words if len(words) <= QUOTE_LIMIT else words[:QUOTE_LIMIT] + "…")
    muted = theme.muted.name()
    before = shown.before if len(shown.before) <= AROUND else "…" + shown.before[-AROUND:]
    after = shown.after if len(shown.after) <= AROUND else shown.after[:AROUND] + "…"
    return (
        (f"<span style='color:{muted}'>{escape(before)}</span>" if before else "")
        + quote
        + (f"<span style='color:{muted}'>{escape(after)}</span>" if after else "")
    )
