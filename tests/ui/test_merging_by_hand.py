"""Merging in a real window: a trial, a question, one step, a report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.services import history, marking, reading
from annotator.services import project as projects
from annotator.store import annotators
from tests.support.material import STORY, make_project
from tests.support.team import article_id, code, mark_words
from tests.ui.conftest import Hands


class Answers:
    """Answers the questions of a window, and keeps what was asked and shown."""

    def __init__(self, hands: Hands, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.shown: list[list[str]] = []
        self.answer: int | None = 0
        monkeypatch.setattr(hands.window, "ask_merges", lambda: files)
        monkeypatch.setattr(hands.window, "ask", self._ask)
        monkeypatch.setattr(hands.window, "show_report", self._show)

    def _ask(self, _title: str, text: str, _answers: object) -> int | None:
        self.asked.append(text)
        return self.answer

    def _show(self, _title: str, _lines: object, details: list[str]) -> None:
        self.shown.append(details)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and Bea's copy with work in it."""
    with make_project(tmp_path, STORY) as project:
        mark_words(project, [("claim", "We will not go back")])
        path = project.path
    theirs = tmp_path / "bea.annotator"
    shutil.copyfile(path, theirs)
    code(theirs, "Bea", [("actor", "port authority")])
    return path, theirs


def test_a_file_is_tried_asked_about_and_merged(
    open_window: Callable[..., Hands],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path, theirs = files
    hands = open_window(path=path)
    answers = Answers(hands, [theirs], monkeypatch)
    project = hands.desk.project
    assert project
    answers.answer = None
    hands.press("Ctrl+Shift+M")
    qtbot.waitUntil(lambda: bool(answers.asked))
    assert "New: 1 annotator, 1 mark, 4 verdicts." in answers.asked[0]
    assert len(annotators.all(project.db)) == 1
    answers.answer = 0
    hands.press("Ctrl+Shift+M")
    qtbot.waitUntil(lambda: len(annotators.all(project.db)) == 2 and not hands.desk.busy)
    assert history.entries(project, 1)[0].step.name == "Merge “bea”"
    assert len(hands.desk.reader.marks) == 1
    hands.press("Ctrl+Z")
    assert len(annotators.all(project.db)) == 1
    hands.press("Ctrl+Shift+Z")
    hands.press("Ctrl+Shift+M")
    qtbot.waitUntil(
        lambda: "nothing new" in (hands.desk.messages.last.text if hands.desk.messages.last else "")
    )
    assert len(answers.asked) == 2


def test_conflicts_are_asked_about_and_listed(
    open_window: Callable[..., Hands],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path, theirs = files
    for file, stance in ((path, "oppose"), (theirs, "support")):
        with projects.open_existing(file, "Amal") as project:
            (mark,) = reading.open_article(project, article_id(project)).marks
            marking.set_attribute(project, mark.id, "stance", stance)
    hands = open_window(path=path)
    answers = Answers(hands, [theirs], monkeypatch)
    hands.press("Ctrl+Shift+M")
    qtbot.waitUntil(lambda: bool(answers.shown))
    assert "1 conflict" in answers.asked[0]
    assert "was changed on both sides" in answers.shown[0][0]
    (mark,) = hands.desk.reader.marks.values()
    assert mark.attributes["stance"] == "support"


def test_a_file_that_is_open_elsewhere_is_refused(
    open_window: Callable[..., Hands],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path, theirs = files
    hands = open_window(path=path)
    answers = Answers(hands, [theirs], monkeypatch)
    with projects.open_existing(theirs, "Bea"):
        hands.press("Ctrl+Shift+M")
        qtbot.waitUntil(lambda: not hands.desk.busy)
        assert hands.desk.messages.last
        assert "bea.annotator is open" in hands.desk.messages.last.text
    assert answers.asked == []
