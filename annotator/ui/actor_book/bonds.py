"""Aliases and affiliations of an entry, each with a field to add one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.domain.actor import Affiliation
from annotator.domain.identity import Id
from annotator.presentation.actor_book import ActorBook
from annotator.presentation.shortening import short
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts
from annotator.ui.leaving_field import LeavingField
from annotator.ui.name_completer import NameCompleter

CHIP = 40
"""So many characters of a name are shown; the whole of it is in the tooltip."""


class EntryCompleter(NameCompleter):
    """Offers the names of the actor book."""

    def __init__(self, book: ActorBook, field: QLineEdit) -> None:
        super().__init__(field)
        self._book = book
        self._offered: set[str] = set()
        field.textEdited.connect(self._refresh)

    def _refresh(self, _: str) -> None:
        names = self._book.names
        if names != self._offered:
            self._offered = names
            self.offer(sorted(names, key=str.casefold))


class AliasField(QWidget):
    """Aliases as chips; a click on one takes it off. What is typed belongs to the actor shown."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._actor: Id = ""
        self._chips: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self)
        self.new = LeavingField()
        self.new.setPlaceholderText(self.tr("add an alias"))
        self.new.setAccessibleName(self.tr("Add an alias"))
        self.new.setFixedWidth(150)
        self.new.returnPressed.connect(self._add)
        self.new.left.connect(self.keep)
        self._flow.addWidget(self.new)

    def show_aliases(self, actor: Id, aliases: tuple[str, ...]) -> None:
        """Show the aliases of an actor, after keeping the one that is being typed for another."""
        if actor != self._actor:
            self.keep()
            self._actor = actor
            self.new.clear()
        if aliases == tuple(self._chips):
            return
        # A chip that stays is the same one: the act may come from leaving the field by a press on it.
        old, self._chips = self._chips, {}
        for alias in aliases:
            self._chips[alias] = old.pop(alias) if alias in old else self._chip(alias)
        while self._flow.count():
            self._flow.takeAt(0)
        for gone in old.values():
            gone.deleteLater()
        for widget in (*self._chips.values(), self.new):
            self._flow.addWidget(widget)

    def keep(self) -> None:
        """Keep the alias that is being typed."""
        if self.new.typed:
            self._add()

    def _chip(self, alias: str) -> QPushButton:
        chip = parts.button(f"{short(alias, CHIP)}  ×", "", partial(self._remove, alias))
        chip.setToolTip(self.tr("Take this alias off: {}").format(alias))
        chip.setAccessibleName(self.tr("Take the alias {} off").format(alias))
        return chip

    def _add(self) -> None:
        name = self.new.text().strip()
        self.new.settle()
        if name and self._actor and self._book.acts.add_alias(self._actor, name):
            self.new.clear()

    def _remove(self, alias: str) -> None:
        self._book.acts.remove_alias(self._actor, alias)


class BondField(QWidget):
    """Affiliations: whom an actor belongs to, from when to when."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._actor: Id = ""
        self._bonds: tuple[tuple[Affiliation, str], ...] = ()
        self._stale = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.new = LeavingField()
        self.new.setPlaceholderText(self.tr("belongs to …"))
        self.new.setAccessibleName(self.tr("Add an actor it belongs to"))
        self.new.setMaximumWidth(260)
        self._completer = EntryCompleter(book, self.new)
        self.new.returnPressed.connect(self._add)
        self.new.left.connect(self.keep)
        self._rows = QWidget()
        self._layout.addWidget(self._rows)
        self._layout.addWidget(self.new)

    def show_bonds(self, actor: Id, bonds: tuple[tuple[Affiliation, str], ...]) -> None:
        """Show the affiliations of an actor, after keeping the one that is being typed for another."""
        if actor != self._actor:
            self.keep()
            self._actor = actor
            self.new.clear()
        if bonds == self._bonds and not self._stale:
            return
        self._bonds, self._stale = bonds, False
        old, self._rows = self._rows, QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for number, (bond, name) in enumerate(bonds):
            column.addWidget(self._row(number, bond, name))
        self._layout.replaceWidget(old, self._rows)
        old.deleteLater()

    def keep(self) -> None:
        """Keep the affiliation that is being typed."""
        if self.new.typed:
            self._add()

    def _row(self, number: int, bond: Affiliation, name: str) -> QWidget:
        fields = []
        for which, date in (("since", bond.since), ("until", bond.until)):
            field = QLineEdit(date or "")
            field.setPlaceholderText(self.tr("from") if which == "since" else self.tr("to"))
            field.setAccessibleName(f"{name}: {field.placeholderText()}")
            field.setFixedWidth(96)
            field.editingFinished.connect(partial(self._date, number, which, field))
            fields.append(field)
        off = parts.button("×", "", partial(self._remove, number), name="quiet")
        off.setAccessibleName(self.tr("No longer belongs to {}").format(name))
        whom = parts.label(short(name, CHIP), "value", wrap=False)
        whom.setToolTip(name)
        return parts.row(whom, *fields, off)

    def _date(self, number: int, which: str, field: QLineEdit) -> None:
        date = field.text().strip() or None
        bond = self._bonds[number][0]
        if date != getattr(bond, which):
            changed = replace(bond, since=date) if which == "since" else replace(bond, until=date)
            items = [item for item, _ in self._bonds]
            self._set([*items[:number], changed, *items[number + 1 :]])

    def _remove(self, number: int) -> None:
        self._set([item for place, (item, _) in enumerate(self._bonds) if place != number])

    def _add(self) -> None:
        name = self.new.text().strip()
        self.new.settle()
        # A list that stays open would take the next click.
        if offered := self._completer.popup():
            offered.hide()
        if name and self._actor and self._book.acts.add_bond(self._actor, name):
            self.new.clear()

    def _set(self, bonds: Sequence[Affiliation]) -> None:
        # A refused date must not stay in its field: the rows are made anew in any case.
        self._stale = True
        self._book.acts.set_bonds(bonds)
