"""Aliases and affiliations of an entry, each with a field to add one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.actor import Affiliation
from annotator.presentation.actor_book import ActorBook
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts


class NameCompleter(QCompleter):
    """Offers the names of the actor book that contain what is typed."""

    def __init__(self, book: ActorBook, field: QLineEdit) -> None:
        super().__init__(field)
        self._book = book
        self._names = QStringListModel(self)
        self.setModel(self._names)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(self)
        field.textEdited.connect(self._refresh)

    def _refresh(self, _: str) -> None:
        names = sorted(self._book.names)
        if names != self._names.stringList():
            self._names.setStringList(names)


class AliasField(QWidget):
    """Aliases as chips; a click on one takes it off."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._aliases: tuple[str, ...] = ()
        self._flow = FlowLayout(self)
        self.new = QLineEdit()
        self.new.setPlaceholderText(self.tr("add an alias"))
        self.new.setAccessibleName(self.tr("Add an alias"))
        self.new.setFixedWidth(150)
        self.new.returnPressed.connect(self._add)
        self._flow.addWidget(self.new)

    def show_aliases(self, aliases: tuple[str, ...]) -> None:
        """Show other aliases."""
        if aliases == self._aliases:
            return
        self._aliases = aliases
        _empty(self._flow, keep=self.new)
        for alias in aliases:
            chip = parts.button(f"{alias}  ×", "", partial(self._remove, alias))
            chip.setToolTip(self.tr("Take this alias off"))
            chip.setAccessibleName(self.tr("Take the alias {} off").format(alias))
            self._flow.addWidget(chip)
        self._flow.addWidget(self.new)

    def _add(self) -> None:
        name = self.new.text().strip()
        if name:
            self.new.clear()
            self._book.set_aliases([*self._aliases, name])

    def _remove(self, alias: str) -> None:
        self._book.set_aliases([kept for kept in self._aliases if kept != alias])


class BondField(QWidget):
    """Affiliations: whom an actor belongs to, from when to when."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._bonds: tuple[tuple[Affiliation, str], ...] = ()
        self._stale = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.new = QLineEdit()
        self.new.setPlaceholderText(self.tr("belongs to …"))
        self.new.setAccessibleName(self.tr("Add an actor it belongs to"))
        self.new.setMaximumWidth(260)
        self._completer = NameCompleter(book, self.new)
        self.new.returnPressed.connect(self._add)
        self._rows = QWidget()
        self._layout.addWidget(self._rows)
        self._layout.addWidget(self.new)

    def show_bonds(self, bonds: tuple[tuple[Affiliation, str], ...]) -> None:
        """Show other affiliations."""
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
        return parts.row(parts.label(name, "value", wrap=False), *fields, off)

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
        actor = self._book.names.get(self.new.text().strip())
        if actor is None:
            self._book.desk.messages.problem(
                self.tr("The actor book has no such name: choose one of those offered.")
            )
            return
        self.new.clear()
        self._set([*(item for item, _ in self._bonds), Affiliation(actor)])

    def _set(self, bonds: Sequence[Affiliation]) -> None:
        # A refused date must not stay in its field: the rows are made anew in any case.
        self._stale = True
        self._book.set_bonds(bonds)


def _empty(flow: FlowLayout, keep: QWidget) -> None:
    while flow.count():
        item = flow.takeAt(0)
        widget = item.widget() if item else None
        if widget and widget is not keep:
            widget.deleteLater()
