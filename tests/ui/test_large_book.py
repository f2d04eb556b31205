"""A large actor book: the card of a mark does not wait until all names are arranged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from annotator.services import actor_entries, recognising
from tests.ui.conftest import Hands


def words_on(hands: Hands) -> list[str]:
    """Return what stands on the card of the mark."""
    card = hands.window.inspector.widget()
    return [
        each.text()
        for kind in (QLabel, QPushButton)
        for each in (card.findChildren(kind) if card else ())
    ]


def test_who_is_proposed_once_the_book_is_arranged(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
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
    assert "looking through the actor book …" in words_on(hands)
    assert not recognising.is_arranged(project), "the card did not wait for it"
    while inspector._arrange.isActive():
        inspector._arrange_on()
    assert any(words.startswith("Amal Haddad") for words in words_on(hands))
    assert "looking through the actor book …" not in words_on(hands)


def test_closing_ends_the_arranging(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    project = hands.desk.project
    assert project
    actor_entries.create(project, "Amal Haddad")
    monkeypatch.setattr(recognising, "MANY", 1)
    project._kept.clear()
    hands.window.inspector._arrange.setInterval(3_600_000)
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.window.inspector.settle()
    assert hands.window.inspector._arrange.isActive()
    hands.desk.close()
    assert not hands.window.inspector._arrange.isActive()
