"""Dropped files show what they would bring; the page stays readable, and nothing comes in before Import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.presentation import dropping
from annotator.presentation.incoming import Fate
from annotator.services import import_report
from annotator.ui.asking import in_front
from annotator.ui.incoming.window import IncomingWindow
from tests.support import article_files as files
from tests.support.material import STORY
from tests.ui.conftest import Hands

OLD = "Größe: fünf Ämter streiten über die Brücke.\n".encode("cp1252")
TABLE = "maintext;headline;extra\nThe text of the first row.;First;x\nThe text of the second.;Second;y\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of many kinds: new, there already, damaged, and two that ask."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.docx").write_bytes(files.docx(files.nexis()))
    (folder / "b.html").write_text(files.html(), encoding="utf-8")
    (folder / "known.txt").write_text(STORY, encoding="utf-8")
    (folder / "old.txt").write_bytes(OLD)
    (folder / "rows.csv").write_text(TABLE.replace("maintext", "one"), encoding="utf-8")
    (folder / "scan.pdf").write_bytes(files.pdf([[]]))
    return folder


def drop(hands: Hands, qtbot: QtBot, *paths: Path) -> IncomingWindow:
    """Drop files on the window and wait until they were looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    about = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(hands.window, QDragEnterEvent(QPoint(300, 300), *about))
    QApplication.sendEvent(hands.window, QDropEvent(QPoint(300, 300), *about))
    window = hands.window.tools.incoming
    looked(window, qtbot)
    return window


def looked(window: IncomingWindow, qtbot: QtBot) -> None:
    """Wait until the dry run is over."""
    qtbot.waitUntil(lambda: not window.desk.is_looking, timeout=60_000)


def fates(window: IncomingWindow) -> dict[str, Fate]:
    """Return what becomes of each file."""
    return {row.name.removeprefix("drop/"): row.fate for row in window.desk.rows}


def choose(window: IncomingWindow, name: str) -> None:
    """Choose a file in the list."""
    place = [row.name.removeprefix("drop/") for row in window.desk.rows].index(name)
    window.view.setCurrentIndex(window.model.index(place, 0))


def imported(hands: Hands, qtbot: QtBot) -> list[str]:
    """Wait until the import is over and return the titles in the list."""
    qtbot.waitUntil(lambda: not hands.desk.busy, timeout=60_000)
    return [row.title for row in hands.desk.library.rows]


def test_files_are_shown_before_they_come_in(hands: Hands, qtbot: QtBot, folder: Path) -> None:
    before = [row.title for row in hands.desk.library.rows]
    window = drop(hands, qtbot, folder)
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not window.isModal()
    assert fates(window) == {
        "known.txt": Fate.THERE,
        "old.txt": Fate.ASKS,
        "a.docx": Fate.NEW,
        "b.html": Fate.NEW,
        "rows.csv": Fate.ASKS,
        "scan.pdf": Fate.REFUSED,
    }
    assert "Would add 3 articles" in window.summary.text()
    assert "2 files ask for your choice" in window.summary.text()
    choose(window, "scan.pdf")
    assert "OCR" in window.details.toPlainText()
    choose(window, "a.docx")
    assert f"new: {files.TITLE} 1" in window.details.toPlainText()
    assert [row.title for row in hands.desk.library.rows] == before
    window.take.click()
    assert not window.isVisible()
    assert len(imported(hands, qtbot)) == len(before) + 3
    assert hands.desk.messages
    hands.desk.undo()
    assert [row.title for row in hands.desk.library.rows] == before


def test_enter_imports_and_the_button_says_so(hands: Hands, qtbot: QtBot, folder: Path) -> None:
    window = drop(hands, qtbot, folder / "a.docx")
    assert window.take.text() == "Import  Enter"
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not hands.desk.busy)
    assert hands.desk.library.total > 1
    assert not window.isVisible()


def test_an_encoding_and_columns_are_chosen_and_remembered(
    hands: Hands, qtbot: QtBot, folder: Path
) -> None:
    window = drop(hands, qtbot, folder)
    choose(window, "old.txt")
    assert "Größe: fünf" in window.encoding.preview.toPlainText()
    window.encoding.use.setFocus()
    window.encoding.use.click()
    looked(window, qtbot)
    assert window.heading.text().endswith("old.txt"), "it is followed to its new place"
    assert window.view.hasFocus()
    choose(window, "rows.csv")
    assert not window.columns.use.isEnabled()
    box = window.columns._boxes["text"]
    box.setCurrentIndex(box.findData("one"))
    box.activated.emit(box.currentIndex())
    window.columns.use.click()
    looked(window, qtbot)
    assert fates(window)["old.txt"] is Fate.NEW
    assert fates(window)["rows.csv"] is Fate.NEW
    choose(window, "old.txt")
    assert window.encoding.isVisible(), "the choice can be changed until the import"
    window.take.click()
    titles = imported(hands, qtbot)
    assert {"First", "Second"} <= set(titles)
    again = folder.parent / "again.csv"
    again.write_text(
        TABLE.replace("maintext", "one").replace("first row", "new row"), encoding="utf-8"
    )
    later = drop(hands, qtbot, again)
    assert fates(later) == {"again.csv": Fate.NEW}
    later.reject()


def test_what_wants_attention_stands_above_what_simply_comes_in(
    hands: Hands, qtbot: QtBot, folder: Path
) -> None:
    (folder / "aaa.txt").write_text("The first by its name, and all is well.", encoding="utf-8")
    (folder / "zzz.docx").write_bytes(b"no document")
    window = drop(hands, qtbot, folder)
    order = list(fates(window).values())
    asks, refused = (
        [place for place, fate in enumerate(order) if fate is wanted]
        for wanted in (Fate.ASKS, Fate.REFUSED)
    )
    assert asks == list(range(len(asks)))
    assert refused == list(range(len(asks), len(asks) + len(refused)))
    choose(window, "zzz.docx")
    assert "is called .docx" in window.details.toPlainText()
    before = list(fates(window))
    window.leave_out.click()
    assert list(fates(window)) == before, "a row must not jump under the hand"
    window.reject()


def test_files_that_ask_are_listed_however_many_come_before_them(
    hands: Hands, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_report, "MOST_FILES", 5)
    for number in range(7):
        (folder / f"a{number}.txt").write_text(f"Number {number}, and all is well.", "utf-8")
    window = drop(hands, qtbot, folder)
    shown = fates(window)
    assert shown["old.txt"] is shown["rows.csv"] is Fate.ASKS
    assert shown["scan.pdf"] is Fate.REFUSED
    assert [name for name in shown if name.startswith("a") and name.endswith(".txt")] == [
        f"a{number}.txt" for number in range(5)
    ]
    assert "more come in with them" in window.summary.text()
    window.reject()


def test_encodings_are_called_by_what_they_were_made_for(
    hands: Hands, qtbot: QtBot, folder: Path
) -> None:
    window = drop(hands, qtbot, folder)
    choose(window, "old.txt")
    assert window.encoding.list.item(0).text() == "Western European, Windows (cp1252)"
    assert window.encoding.encoding_at(0) == "cp1252"
    window.reject()


def test_a_file_is_left_out_by_the_space_bar(hands: Hands, qtbot: QtBot, folder: Path) -> None:
    window = drop(hands, qtbot, folder / "a.docx", folder / "b.html")
    before = len(hands.desk.library.rows)
    choose(window, "a.docx")
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Space)
    assert fates(window) == {"a.docx": Fate.LEFT_OUT, "b.html": Fate.NEW}
    assert window.leave_out.isChecked()
    window.take.click()
    assert len(imported(hands, qtbot)) == before + 1


def test_closing_stops_looking_and_nothing_comes_in(
    hands: Hands, qtbot: QtBot, folder: Path
) -> None:
    before = [row.title for row in hands.desk.library.rows]
    dropping.take(hands.desk, [folder])
    window = hands.window.tools.incoming
    assert window.desk.is_looking
    assert not window.take.isEnabled()
    window.reject()
    assert imported(hands, qtbot) == before
    assert not window.isVisible()


def test_nothing_new_leaves_nothing_to_import(hands: Hands, qtbot: QtBot, folder: Path) -> None:
    window = drop(hands, qtbot, folder / "known.txt", folder / "gone.txt")
    assert not window.take.isEnabled()
    assert (
        "Would add nothing. Already there, or in an earlier file: 1 article."
        in window.summary.text()
    )
    assert "gone.txt: does not exist" in "\n".join(window.desk.beyond())
    window.reject()


def test_what_holds_for_many_lines_is_said_once(hands: Hands, qtbot: QtBot, tmp_path: Path) -> None:
    lines = [{"text": f"Kyiv said no {number}.", "label": [[0, 4, "PLACE"]]} for number in range(5)]
    file = tmp_path / "admin.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    window = drop(hands, qtbot, file)
    choose(window, "admin.jsonl")
    said = window.details.toPlainText().splitlines()
    assert sum("“PLACE”" in line for line in said) == 1
    assert "The same in 4 other places: line 2; line 3; line 4; line 5." in said[0]
    assert "new: Kyiv said no 3." in said
    assert [row.brings for row in window.desk.rows] == ["5 articles; 5 items not taken"]


def test_a_question_stands_before_the_window_it_came_from(
    hands: Hands, qtbot: QtBot, folder: Path
) -> None:
    assert in_front(hands.window) is hands.window
    window = drop(hands, qtbot, folder)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert in_front(hands.window) is window
    window.reject()
    assert in_front(hands.window) is hands.window
