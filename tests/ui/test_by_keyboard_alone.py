"""A whole journey without a mouse: find, read, select, mark, tie, choose, take back, finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services import checking
from tests.support.material import STORY
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def go_to(hands: Hands, words: str) -> None:
    """Walk by words to some words; every step is a key."""
    target = hands.find(words)
    hands.key(Qt.Key.Key_Home, CTRL)
    for _ in range(400):
        if hands.page.caret >= target:
            break
        hands.key(Qt.Key.Key_Right, CTRL)
    assert hands.page.caret == target


def select_words(hands: Hands, words: str) -> None:
    go_to(hands, words)
    end = hands.find(words) + len(words)
    while hands.page.caret < end:
        hands.key(Qt.Key.Key_Right, CTRL | SHIFT)
    assert hands.page.text[slice(*hands.page.selection)] == words


def test_a_journey_by_keyboard_alone(open_window: Callable[..., Hands]) -> None:
    hands = open_window("An article before.\n", STORY, "And one after.\n")
    hands.press("/")
    assert QApplication.focusWidget() is hands.window.articles.filter
    hands.press("2")
    hands.key(Qt.Key.Key_Return)
    assert hands.page.text == STORY
    assert hands.window.page.hasFocus()
    hands.press("/")
    hands.key(Qt.Key.Key_Delete)
    hands.press("F6")
    assert hands.window.page.hasFocus()

    select_words(hands, "Amal Haddad")
    hands.press("A", "1")
    go_to(hands, "will not")
    hands.key(Qt.Key.Key_Up, ALT)
    hands.key(Qt.Key.Key_Up, ALT)
    assert hands.page.text[slice(*hands.page.selection)] == "We will not go back"
    hands.press("C", "F", "-")
    go_to(hands, "night shift is paid")
    hands.key(Qt.Key.Key_Up, ALT)
    hands.key(Qt.Key.Key_Up, ALT)
    hands.press("J")
    claim = next(mark for mark in marks(hands) if mark.layer == "claim")
    assert claim.text == "We will not go back … until the night shift is paid."
    assert claim.attributes["stance"] == "oppose"

    hands.press("Tab", "Tab")
    assert hands.desk.reader.current_layer in ("actor", "claim")
    go_to(hands, "insult")
    hands.press("S", "-", "3")
    hands.press("Ctrl+K")
    palette = hands.window.popups.palette
    assert palette.isVisible()
    QTest.keyClicks(palette.field, "undo")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    hands.settle()
    sentiment = next(mark for mark in marks(hands) if mark.layer == "sentiment")
    assert "intensity" not in sentiment.attributes or sentiment.attributes["intensity"] != 3
    hands.press("Ctrl+Y")

    hands.press("N")
    note = QApplication.focusWidget()
    assert note is not None
    assert note.accessibleName() == "Note on the mark"
    QTest.keyClicks(note, "strong word")
    hands.press("F6")
    hands.settle()
    sentiment = next(mark for mark in marks(hands) if mark.layer == "sentiment")
    assert (sentiment.note, sentiment.attributes["intensity"]) == ("strong word", 3)

    hands.press("D", "D")  # the second one overrules what is not filled in
    assert hands.page.text.startswith("And one after")
    hands.press("X")
    project = hands.desk.project
    assert project
    assert checking.problems(project) == []
    assert hands.desk.library.finished == 2
