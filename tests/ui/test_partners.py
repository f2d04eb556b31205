"""Choosing whom a mark is tied to: the likeliest are listed, each with the digit that takes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from annotator.ui.inspector.partner_card import PartnerCard
from tests.ui.conftest import Hands


def prepare(hands: Hands) -> None:
    """Mark two actors and a claim."""
    for words in ("Amal Haddad", "port authority"):
        hands.drag(words)
        hands.press("A")
    hands.drag("We will not go back")
    hands.press("C")


def sources(hands: Hands) -> list[str]:
    reader = hands.desk.reader
    return [reader.marks[link.end].text for link in reader.links.values() if link.end]


def test_a_digit_ties_to_the_proposal_of_that_number(hands: Hands) -> None:
    prepare(hands)
    before = hands.desk.reader.current
    hands.press("Shift+F")
    card = hands.window.inspector.widget()
    assert isinstance(card, PartnerCard)
    offers = [button.text() for button in card.findChildren(QPushButton)]
    assert offers == ["Amal Haddad  1", "port authority  2", "Cancel  Escape"]
    hands.press("2")
    assert sources(hands) == ["port authority"]
    assert hands.desk.reader.current.id == before.id
    assert hands.desk.reader.linking is None
    assert not isinstance(hands.window.inspector.widget(), PartnerCard)


def test_digits_change_no_value_while_a_partner_is_chosen(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F", "9")
    assert hands.desk.reader.linking
    hands.press("Escape")
    assert all("type" not in mark.attributes for mark in hands.desk.reader.marks.values())
    hands.press("L", "1")
    assert hands.desk.reader.current.attributes["mode"] == "direct"
    assert sources(hands) == []


def test_a_click_takes_a_proposal(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F")
    card = hands.window.inspector.widget()
    card.findChildren(QPushButton)[1].click()
    hands.settle()
    assert sources(hands) == ["port authority"]


def test_yes_and_no_have_keys_that_the_inspector_shows(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    texts = [button.text() for button in hands.window.inspector.findChildren(QPushButton)]
    assert {"Yes  7", "No  8"} <= set(texts)
    hands.press("8")
    assert hands.desk.reader.current.attributes["named"] is False
    hands.press("7")
    assert hands.desk.reader.current.attributes["named"] is True


def test_nothing_on_the_card_is_wider_than_the_inspector(hands: Hands) -> None:
    words = "Amal Haddad, who leads the union"
    hands.drag(words)
    hands.press("A")
    hands.drag("Port strike")
    hands.press("C", "F")
    hands.settle()
    inspector = hands.window.inspector
    card = inspector.widget()
    assert card.width() == inspector.viewport().width()
    (off,) = [
        one for one in card.findChildren(QPushButton) if one.accessibleName().startswith("Untie")
    ]
    assert off.mapTo(card, off.rect().topRight()).x() < card.width() - 8


def test_a_proposal_that_is_deleted_meanwhile_is_not_offered_any_more(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F", "Delete")
    card = hands.window.inspector.widget()
    assert isinstance(card, PartnerCard)
    assert len(hands.desk.reader.partners) == 1


def test_a_mark_that_goes_while_its_partner_is_chosen_ends_the_choosing(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F", "Ctrl+Z")
    assert hands.desk.reader.linking is None
    assert not isinstance(hands.window.inspector.widget(), PartnerCard)


@pytest.mark.parametrize("key", ["Shift+F", "L"])
def test_choosing_is_told_as_long_as_it_lasts_and_cancelled_by_a_click(
    hands: Hands, key: str
) -> None:
    prepare(hands)
    before, status = hands.desk.reader.current, hands.window.status
    assert status.leave.isHidden()
    hands.press(key)
    told = status.message.text()
    hands.desk.messages.problem("Something else is wrong.")
    status._timer.timeout.emit()
    assert status.message.text() == told
    assert ("Source: choose" if key == "Shift+F" else "other mark") in told
    QTest.mouseClick(status.leave, Qt.MouseButton.LeftButton)
    hands.settle()
    assert hands.desk.reader.linking is None
    assert hands.desk.reader.current == before
    assert hands.window.page.hasFocus()
    assert (status.message.text(), status.leave.isHidden()) == ("", True)


def test_choosing_is_cancelled_on_the_card_and_in_the_menu(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F")
    card = hands.window.inspector.widget()
    (cancel,) = (one for one in card.findChildren(QPushButton) if one.text() == "Cancel  Escape")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    hands.settle()
    assert hands.desk.reader.linking is None
    hands.press("Escape", "Shift+F")
    assert hands.window.inspector.widget().findChild(QLabel).text() == "Source"
    menu = hands.menu("money")
    assert not [item for item in menu.actions() if item.text().startswith("Tie to")]
    menu.close()
    hands.take(hands.menu("Haddad"), "Cancel")
    assert hands.desk.reader.linking is None
    hands.press("Shift+F")
    hands.take(hands.menu("authority"), "Source: port authority")
    assert sources(hands) == ["port authority"]


@pytest.mark.parametrize(("key", "words"), [("Shift+F", "Source: "), ("L", "Tie to ")])
def test_the_menu_offers_only_marks_that_the_tie_may_lead_to(
    hands: Hands, key: str, words: str
) -> None:
    prepare(hands)
    hands.press(key)

    def offered(place: str) -> list[str]:
        menu = hands.menu(place)
        found = [item.text().split("\t")[0] for item in menu.actions()]
        menu.close()
        assert "Cancel: tie nothing" in found
        return found

    assert f"{words}Amal Haddad" in offered("Haddad")
    others = [*offered("We will"), *offered("money")]
    assert not [entry for entry in others if entry.startswith(words)]


def test_the_tie_that_was_made_is_what_is_told_then(hands: Hands) -> None:
    prepare(hands)
    hands.press("Shift+F", "1")
    assert hands.window.status.message.text() == hands.desk.messages.last.text
    assert hands.window.status.leave.isHidden()
