"""The command palette: what it finds, how high it is, and what it says when nothing fits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.material import STORY
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_palette_is_as_high_as_what_it_found(open_window: Callable[..., Hands]) -> None:
    hands = open_window(STORY)
    hands.key(Qt.Key.Key_K, CTRL)
    palette = hands.window.popups.palette
    everything = palette.height()
    QTest.keyClicks(palette.field, "hold claim")
    assert 0 < palette.list.count() < 4
    assert palette.height() < everything / 2
    assert (
        palette.list.viewport()
        .rect()
        .contains(palette.list.visualItemRect(palette.list.item(palette.list.count() - 1)))
    )
    palette.field.clear()
    assert palette.height() == everything


def test_words_of_no_command_are_answered_and_enter_does_nothing(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window(STORY)
    hands.key(Qt.Key.Key_K, CTRL)
    palette = hands.window.popups.palette
    QTest.keyClicks(palette.field, "no such thing")
    assert [palette.list.item(n).text() for n in range(palette.list.count())] == [
        "No command that can be used now has these words"
    ]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not marks(hands)


def test_a_command_is_found_by_the_words_of_the_trade(open_window: Callable[..., Hands]) -> None:
    hands = open_window(STORY)
    hands.key(Qt.Key.Key_K, CTRL)
    palette = hands.window.popups.palette
    for words, title in (
        ("Adjudicate", "Disagreements and adjudication"),
        ("kappa", "Agreement between annotators"),
        ("train", "Learn a suggester from the done articles"),
        ("preferences", "Settings"),
    ):
        palette.field.setText(words)
        assert [palette.list.item(n).text() for n in range(palette.list.count())] == [title]
