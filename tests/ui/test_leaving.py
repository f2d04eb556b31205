"""The window is left by a key, and what the line below says is as long as there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.services import project as projects
from tests.ui.conftest import Hands

SENTENCE = "The program ended before it could close the project; all is there, up to “Assign articles” (17:30 UTC)."


def test_a_key_closes_the_window_and_the_project(open_window: Callable[..., Hands]) -> None:
    hands = open_window()
    project = hands.desk.project
    assert project
    path = project.path
    hands.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not hands.window.isVisible()
    projects.open_existing(path).close()


def test_leaving_stands_last_in_its_menu(hands: Hands) -> None:
    menu = hands.window.menuBar().findChildren(QMenu)[0]
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[-1] == "Quit\tCtrl+Q"
    assert words.count("Quit\tCtrl+Q") == 1


def test_a_sentence_said_to_a_narrow_window_is_whole_in_a_wide_one(hands: Hands) -> None:
    line = hands.window.status
    hands.window.resize(700, 500)
    hands.settle()
    hands.desk.messages.done(SENTENCE)
    assert "…" in line.message.text()
    hands.window.resize(1600, 800)
    hands.settle()
    assert line.message.text() == SENTENCE
