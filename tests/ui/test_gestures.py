"""Every act takes at most as many gestures as promised."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.services import checking
from tests.support import gesture_script
from tests.support.hands import Hands


def test_forty_acts_take_no_more_gestures_than_promised(qtbot: QtBot, tmp_path: Path) -> None:
    make_application()
    window = gesture_script.open_window(tmp_path)
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    hands = Hands(window)
    hands.settle()
    counted = gesture_script.run(hands)
    assert len(counted) == 40
    undone = [(number, item.act.name) for number, item in enumerate(counted) if not item.is_done]
    assert undone == []
    slow = [(item.act.name, item.gestures) for item in counted if item.gestures > item.act.most]
    assert slow == []
    assert hands.gestures == sum(item.gestures for item in counted)
    assert window.desk.project
    assert checking.problems(window.desk.project) == []
    window.close()


def test_a_key_for_marks_says_what_it_lacks(hands: Hands) -> None:
    def said() -> str:
        last = hands.desk.messages.last
        return last.text if last else ""

    hands.press("Ctrl+Home", "F")
    assert said() == "F is for a mark: go to one first, with Tab or a click."
    hands.drag("Amal Haddad")
    hands.press("A", "F")
    assert said() == "F is for another kind of mark: claim or sentiment."
    assert len(hands.desk.reader.marks) == 1


def test_a_sign_with_ctrl_is_the_same_with_shift(hands: Hands) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    before = hands.window.page.column.setting.size
    hands.key(Qt.Key.Key_Plus, both)
    assert hands.window.page.column.setting.size > before
    hands.key(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.page.column.setting.size == before
