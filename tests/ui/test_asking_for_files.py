"""Questions for files begin where the user's own files are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator.services import sample
from annotator.ui.file_questions import asking_over
from annotator.ui.main_window import MainWindow
from tests.support.material import STORY
from tests.ui.conftest import Hands


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where each question began; a file beside the project is chosen for imports."""
    asked: list[str] = []
    other = tmp_path / "archive" / "a.txt"
    other.parent.mkdir()

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return "", ""

    def ask_many(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        asked.append(start)
        return [str(other)], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask_many)
    return asked


def test_a_new_project_is_not_put_among_the_files_of_the_program(
    open_window: Callable[..., Hands],
    begins: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents = tmp_path / "Documents"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    hands = open_window(STORY)
    hands.window.start(sample.prepare("Amal"))
    hands.window.ask_new_project()
    documents.mkdir()
    hands.window.ask_new_project()
    assert begins == [str(Path.home()), str(documents)]


def test_a_new_project_is_asked_for_beside_the_open_one(
    open_window: Callable[..., Hands], begins: list[str]
) -> None:
    hands = open_window(STORY)
    hands.window.ask_new_project()
    assert hands.desk.project
    assert begins == [str(hands.desk.project.path.parent)]


def test_the_next_import_begins_where_the_last_one_was(
    open_window: Callable[..., Hands], begins: list[str], tmp_path: Path
) -> None:
    hands = open_window(STORY)
    hands.window.ask_imports()
    hands.window.ask_imports()
    assert begins[1] == str(tmp_path / "archive")


def test_a_folder_is_imported_by_its_key(
    open_window: Callable[..., Hands],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "archive" / "march"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(f"Paper {number}\n\nWords.\n", encoding="utf-8")
    asked: list[str] = []
    answers = ["", str(folder), ""]

    def ask(_parent: object, _title: str, start: str) -> str:
        asked.append(start)
        return answers.pop(0)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    hands = open_window(STORY)
    hands.press("Ctrl+Shift+I")
    assert not hands.desk.incoming.is_looking
    hands.press("Ctrl+Shift+I")
    window = hands.window.tools.incoming
    qtbot.waitUntil(lambda: not window.desk.is_looking, timeout=60_000)
    assert "Would add 2 articles" in window.summary.text()
    window.reject()
    hands.window.ask_import_folder()
    assert asked[2] == str(folder.parent)


@pytest.mark.parametrize("purpose", ["import", "export", "project", "merge"])
def test_each_question_begins_where_the_last_one_for_the_same_was(
    open_window: Callable[..., Hands],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    purpose: str,
) -> None:
    asked: list[Path] = []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(start))
        return str(elsewhere / "chosen"), ""

    def ask_many(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        return [ask(_parent, _title, start, _kinds)[0]], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask_many)

    def saved(window: MainWindow) -> object:
        return asking_over(window.tools.findings.network).target(window, "", "net.svg", "")

    ways: dict[str, list[Callable[[MainWindow], object]]] = {
        "import": [MainWindow.ask_imports],
        "export": [lambda window: window.ask_export("out.jsonl"), saved],
        "project": [MainWindow.ask_project, MainWindow.ask_new_project],
        "merge": [MainWindow.ask_merges],
    }

    def folder(at: Path) -> Path:
        return at.parent if purpose == "export" else at

    hands = open_window(STORY)
    assert hands.desk.project
    beside = hands.desk.project.path.parent
    for other in ways.keys() - {purpose}:
        ways[other][0](hands.window)
    asked.clear()
    for way in ways[purpose]:
        way(hands.window)
    begun = [beside, elsewhere][: len(ways[purpose])]
    assert [folder(at) for at in asked] == begun
    hands.window.close()
    again = open_window(path=hands.window._memory.last_project())
    asked.clear()
    ways[purpose][-1](again.window)
    assert folder(asked[0]) == elsewhere, "also after a restart"
    elsewhere.rmdir()
    ways[purpose][-1](again.window)
    assert folder(asked[1]) == beside, "the folder is gone"
