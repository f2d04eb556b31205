"""A large actor book: the card of a mark does not wait until all names are arranged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot

from annotator.services import actor_entries, recognising, standing
from annotator.ui.inspector.who_field import WhoField
from tests.ui.conftest import Hands

AWAITED = "looking through the actor book …"


def words_on(hands: Hands) -> list[str]:
    """Return what stands on the card of the mark."""
    card = hands.window.inspector.widget()
    return [
        each.text()
        for kind in (QLabel, QPushButton)
        for each in (card.findChildren(kind) if card else ())
    ]


def mentions(hands: Hands) -> dict[str, int]:
    """Return how often each entry is mentioned."""
    assert hands.desk.project
    return {line.actor.name: line.mentions for line in standing.read(hands.desk.project).lines()}


def arrange_all(hands: Hands) -> None:
    """Let the window arrange the book to its end."""
    inspector = hands.window.inspector
    while inspector._arrange.isActive():
        inspector._arrange_on()


@pytest.fixture
def awaiting(open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A window whose card waits for a large book, which is arranged when a test says so."""
    hands = open_window("Amal Haddad spoke.\n")
    project = hands.desk.project
    assert project
    actor_entries.create(project, "Amal Haddad")
    monkeypatch.setattr(recognising, "MANY", 1)
    project._kept.clear()
    inspector = hands.window.inspector
    inspector._arrange.setInterval(3_600_000)
    hands.drag("Amal Haddad")
    hands.press("A")
    inspector.settle()
    assert inspector._arrange.isActive()
    assert AWAITED in words_on(hands)
    assert not recognising.is_arranged(project), "the card did not wait for it"
    return hands


def test_who_is_proposed_once_the_book_is_arranged(awaiting: Hands) -> None:
    arrange_all(awaiting)
    assert any(words.startswith("Amal Haddad") for words in words_on(awaiting))
    assert AWAITED not in words_on(awaiting)


def test_closing_ends_the_arranging(awaiting: Hands) -> None:
    awaiting.desk.close()
    assert not awaiting.window.inspector._arrange.isActive()


def test_a_fault_ends_the_arranging(awaiting: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(recognising.NameIndex, "add", broken)
    inspector = awaiting.window.inspector
    with pytest.raises(sqlite3.OperationalError):
        arrange_all(awaiting)
    assert not inspector._arrange.isActive(), "it is not begun anew at every turn"
    inspector._arrange_ahead()
    assert not inspector._arrange.isActive(), "nor after every act"


def test_a_large_book_is_arranged_before_somebody_needs_it(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    project, inspector = hands.desk.project, hands.window.inspector
    assert project
    monkeypatch.setattr(recognising, "MANY", 1)
    actor_entries.create(project, "Amal Haddad")
    project._kept.clear()
    inspector._arrange.setInterval(3_600_000)
    hands.desk.refresh()
    assert inspector._ahead.isActive()
    hands.desk.busy = True
    inspector._arrange_ahead()
    assert not inspector._arrange.isActive(), "an act is running"
    hands.desk.busy = False
    inspector._arrange_ahead()
    assert inspector._arrange.isActive()
    arrange_all(hands)
    assert recognising.is_arranged(project)
    inspector._arrange_ahead()
    assert not inspector._arrange.isActive(), "there is nothing to do any more"


def test_who_types_a_name_meanwhile_goes_on_typing(awaiting: Hands) -> None:
    awaiting.press("Shift+E")
    field = awaiting.window.focusWidget()
    assert isinstance(field, WhoField)
    assert field._completer._names.stringList() == []
    field.setText("Am")
    arrange_all(awaiting)
    assert awaiting.window.focusWidget() is field
    assert field.text() == "Am"
    assert field._completer._names.stringList() == ["Amal Haddad"]
    field.setText("Amal  Haddad")
    awaiting.press("Return")
    assert mentions(awaiting) == {"Amal Haddad": 1}


def test_a_field_that_is_empty_offers_the_names_once_they_are_there(awaiting: Hands) -> None:
    awaiting.press("Shift+E")
    arrange_all(awaiting)
    field = awaiting.window.focusWidget()
    assert isinstance(field, WhoField)
    assert field._completer._names.stringList() == ["Amal Haddad"]
    names = field._completer.popup()
    assert isinstance(names, QListView)
    assert names.uniformItemSizes(), "each of thousands of names would be measured"
    assert AWAITED not in words_on(awaiting)


def test_who_does_not_wait_for_the_guess_gets_it_all_the_same(
    awaiting: Hands, qtbot: QtBot
) -> None:
    awaiting.press("E")
    qtbot.waitUntil(lambda: not awaiting.window.is_working)
    assert mentions(awaiting) == {"Amal Haddad": 1}


def test_who_gives_up_a_name_sees_who_is_proposed(awaiting: Hands) -> None:
    awaiting.press("Shift+E")
    field = awaiting.window.focusWidget()
    assert isinstance(field, WhoField)
    field.setText("Am")
    arrange_all(awaiting)
    assert AWAITED in words_on(awaiting)
    awaiting.key(Qt.Key.Key_Escape)
    awaiting.window.inspector.settle()
    assert AWAITED not in words_on(awaiting)
    assert mentions(awaiting) == {"Amal Haddad": 0}
