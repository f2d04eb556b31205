"""When suggestions are shown: asked in one small window, kept in the codebook, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.policy import Policy
from annotator.ui.policy_dialog import PolicyDialog
from tests.ui.conftest import Hands

LAYERS = [("actor", "Actor"), ("claim", "Claim"), ("sentiment", "Sentiment")]


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[PolicyDialog]:
    around = QWidget()
    qtbot.addWidget(around)
    yield PolicyDialog(around, Policy(), LAYERS, "actor")
    around.close()


def test_it_shows_what_holds_and_says_nothing_more(dialog: PolicyDialog) -> None:
    assert dialog.policy == Policy()
    assert dialog.boxes["actor"].currentText() == "at once"
    assert dialog.boxes["claim"].currentText() == "as a second look, when done"
    assert dialog.kept_back.text() == "10 of 100 articles"
    assert dialog.note.text() == ""


def test_it_tells_what_a_choice_costs(dialog: PolicyDialog) -> None:
    dialog.boxes["sentiment"].setCurrentIndex(0)
    assert "tends to follow it" in dialog.note.text()
    dialog.boxes["sentiment"].setCurrentIndex(1)
    dialog.kept_back.setValue(0)
    assert "Nothing is left to tell" in dialog.note.text()
    assert dialog.policy == Policy(("actor",), 0)


def test_the_answer_stands_in_the_codebook_until_it_is_taken_back(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window("Lena Holm said the harbour would stay shut.\n")
    shown: list[PolicyDialog] = []

    def answered(dialog: PolicyDialog) -> QDialog.DialogCode:
        shown.append(dialog)
        assert "cue" not in dialog.boxes
        dialog.boxes["claim"].setCurrentIndex(0)
        dialog.kept_back.setValue(20)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(PolicyDialog, "exec", answered)
    hands.window.run_by_id("suggestion.policy")
    assert shown
    project = hands.desk.project
    assert project is not None
    assert project.codebook.suggesting == Policy(("actor", "claim"), 20)
    hands.press("Ctrl+Z")
    assert project.codebook.suggesting == Policy()
    monkeypatch.setattr(PolicyDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    hands.window.run_by_id("suggestion.policy")
    assert project.codebook.suggesting == Policy()
