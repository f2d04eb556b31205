"""The lead deals articles out in the window: sees who gets what, writes the files, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.presentation.assigning import AssignDraft
from annotator.services import assigning, reading
from annotator.services import project as projects
from annotator.ui.dialogs import ReportDialog
from annotator.ui.team.assign_dialog import AssignDialog
from tests.support.hands import Hands
from tests.support.material import STORY, make_project

TEXTS = [f"{number}. {STORY}" for number in range(5)]


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> AssignDialog:
    """The dialog on a project of five articles."""
    project = make_project(tmp_path, *TEXTS)
    made = AssignDialog(None, AssignDraft(project), lambda start: tmp_path / "elsewhere")
    qtbot.addWidget(made, before_close_func=lambda _: project.close())
    made.show()
    return made


def cells(dialog: AssignDialog) -> list[tuple[str, ...]]:
    return [
        tuple(dialog.table.item(row, column).text() for column in range(3))
        for row in range(dialog.table.rowCount())
    ]


def test_what_would_be_dealt_is_shown_while_one_types(dialog: AssignDialog, qtbot: QtBot) -> None:
    assert not dialog.write.isEnabled()
    assert dialog.told.text().startswith("Nobody is named")
    qtbot.keyClicks(dialog.names, "Bea, Chi")
    dialog.overlap.setValue(40)
    assert cells(dialog) == [
        ("Bea", "4 articles", "study-Bea.annotator"),
        ("Chi", "3 articles", "study-Chi.annotator"),
    ]
    assert dialog.told.text() == (
        "5 articles of 5 that can be dealt out; 2 articles for everybody, the others for one each."
    )
    assert dialog.write.isEnabled()
    dialog.overlap.setValue(100)
    assert dialog.told.text().endswith("dealt out; all of them for everybody.")
    dialog.overlap.setValue(0)
    assert "no agreement can be measured" in dialog.told.text()
    dialog.count.setValue(2)
    assert [row[1] for row in cells(dialog)] == ["1 article", "1 article"]
    dialog.names.clear()
    qtbot.keyClicks(dialog.names, "Bea")
    assert "nothing can be compared" in dialog.told.text()


def test_a_folder_where_a_file_is_already_is_told_at_once(
    dialog: AssignDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "study-Bea.annotator").write_text("kept")
    qtbot.keyClicks(dialog.names, "Bea")
    assert dialog.write.isEnabled()
    dialog.elsewhere.click()
    assert dialog.folder.text() == str(tmp_path / "elsewhere")
    assert "is there already" in dialog.told.text()
    assert not dialog.write.isEnabled()


def fill_in(names: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the dialog with keys when it comes."""

    def typed(dialog: AssignDialog) -> QDialog.DialogCode:
        dialog.show()
        QTest.keyClicks(dialog.names, names)
        QTest.keyClick(dialog.names, Qt.Key.Key_Return)
        return QDialog.DialogCode(dialog.result())

    monkeypatch.setattr(AssignDialog, "exec", typed)


def test_dealt_out_by_keys_and_taken_back(
    open_window: Callable[..., Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(*TEXTS)
    project = hands.desk.project
    assert project is not None
    fill_in("Bea, Chi", monkeypatch)
    hands.window.run_by_id("team.assign")
    qtbot.waitUntil(lambda: bool(hands.window.findChildren(ReportDialog)), timeout=30_000)
    folder = project.path.with_name("study handed out")
    assert sorted(path.name for path in folder.iterdir()) == [
        "study-Bea.annotator", "study-Chi.annotator",
    ]  # fmt: skip
    assert assigning.count_free(project, again=False) == 0
    with projects.open_existing(folder / "study-Bea.annotator") as handed:
        assert handed.annotator.name == "Bea"
        assert len(reading.list_articles(handed)) == 3
    hands.window.run_by_id("edit.undo")
    assert assigning.count_free(project, again=False) == 5


def test_cancelled_on_the_way_leaves_no_file(
    open_window: Callable[..., Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(*TEXTS)
    project = hands.desk.project
    assert project is not None
    fill_in("Bea, Chi", monkeypatch)
    hands.window.run_by_id("team.assign")
    assert hands.desk.busy
    hands.window.cancel_work()
    assert not hands.desk.busy
    folder = project.path.with_name("study handed out")
    assert not folder.exists() or list(folder.iterdir()) == []
    assert assigning.count_free(project, again=False) == 5
