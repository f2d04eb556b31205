"""Other formats from the window: which, whose marks, what is left out; and labels that mean nothing here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.presentation.transfer import ExportWish, export_form, target
from annotator.services import foreign_labels, importing
from annotator.store import marks
from annotator.ui.dialogs import ReportDialog
from annotator.ui.export_dialog import ExportDialog
from annotator.ui.label_dialog import LabelDialog
from tests.ui.conftest import Hands
from tests.ui.test_incoming import drop, looked

DOCCANO = {"text": "Kyiv said no to it.", "label": [[0, 4, "PLACE"], [5, 9, "VERBUM"]]}


@pytest.fixture
def form(hands: Hands, qtbot: QtBot, tmp_path: Path) -> Callable[[], ExportDialog]:
    """Return a function that opens the form; the file is always the one asked for, below tmp_path."""
    assert hands.desk.project
    content = export_form(hands.desk.project)

    def open_form() -> ExportDialog:
        dialog = ExportDialog(hands.window, content, lambda name: tmp_path / name)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_form


def choose(dialog: ExportDialog, name: str) -> None:
    """Put the cursor on a format."""
    names = [each.name for each in dialog._form.formats]
    dialog.list.setCurrentRow(names.index(name))


def test_the_form_says_what_each_format_leaves_out(form: Callable[[], ExportDialog]) -> None:
    dialog = form()
    assert dialog.format.name == "jsonl"
    choose(dialog, "conll")
    assert "links" in dialog.lost.text()
    assert not dialog.bare.isEnabled()
    dialog.view.setCurrentIndex(2)
    assert not dialog.go.isEnabled()
    assert "suggestions" in dialog.refusal.text()
    choose(dialog, "csv")
    assert dialog.go.isEnabled()
    assert not dialog.person.isEnabled()


def test_formats_have_the_names_that_people_know(form: Callable[[], ExportDialog]) -> None:
    dialog = form()
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert shown[0] == "Lines of annotator (JSONL)"
    assert shown[1:] == sorted(shown[1:], key=str.casefold)
    assert len(set(shown)) == len(shown)
    for row, title in enumerate(shown):
        dialog.list.setCurrentRow(row)
        assert dialog.about.text() == title
        assert dialog.carries.text().endswith(".")
        assert len(dialog.carries.text()) > 10
        assert dialog.command.text().endswith(f"--format {dialog.format.name}")
    choose(dialog, "bilou")
    assert dialog.about.text() == "CoNLL-2003 columns (BILOU)"


def test_the_form_says_whether_a_file_or_a_folder_comes(form: Callable[[], ExportDialog]) -> None:
    dialog = form()
    assert dialog.comes.text() == "What comes is one file (.jsonl)."
    assert "loss" not in dialog.carries.text(), "below it stands what is left out"
    choose(dialog, "csv")
    assert dialog.comes.text() == "What comes is a folder, or a .zip, of tables."
    choose(dialog, "conll")
    assert dialog.comes.text() == "What comes is a folder, or a .zip, of files."
    choose(dialog, "xlsx")
    assert dialog.comes.text() == "What comes is one file (.xlsx)."


def test_tables_named_as_one_file_come_as_an_archive_of_the_name(
    form: Callable[[], ExportDialog], tmp_path: Path
) -> None:
    formats = {each.name: each for each in form()._form.formats}
    csv = formats["csv"]
    assert target(tmp_path / "walk.csv", csv) == tmp_path / "walk.zip"
    (tmp_path / "walk.zip").write_bytes(b"mine")
    assert target(tmp_path / "walk.csv", csv) == tmp_path / "walk-2.zip"
    for kept in ("walk", "walk.zip", "walk.2026"):
        assert target(tmp_path / kept, csv) == tmp_path / kept
    assert target(tmp_path / "events.csv", formats["events"]) == tmp_path / "events.csv"
    dialog = form()
    choose(dialog, "csv")
    dialog._ask_target = lambda name: tmp_path / "study.csv"
    dialog._finish()
    assert dialog.wish
    assert dialog.wish.path == tmp_path / "study.zip"


def test_what_was_chosen_is_the_wish(form: Callable[[], ExportDialog], tmp_path: Path) -> None:
    dialog = form()
    choose(dialog, "csv")
    dialog.person.setCurrentIndex(1)
    dialog.bare.setChecked(True)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    path = tmp_path / "study-csv.zip"
    assert dialog.wish == ExportWish(path, "csv", "annotator", "Amal", without_text=True)


def test_formats_with_one_ending_are_not_proposed_into_one_file(
    form: Callable[[], ExportDialog],
) -> None:
    dialog = form()
    formats = dialog._form.formats
    proposed = [dialog._proposed(each) for each in formats if each.suffix]
    assert len(set(proposed)) == len(proposed)
    assert proposed[0] == "study.jsonl"
    assert "study.xlsx" in proposed


def test_another_format_is_exported_and_its_losses_are_shown(
    hands: Hands, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "F")
    wish = ExportWish(tmp_path / "out.zip", "conll")
    monkeypatch.setattr(hands.window, "ask_export_form", lambda form: wish)
    reports: list[list[str]] = []
    monkeypatch.setattr(hands.window, "show_report", lambda *said: reports.append(list(said[2])))
    hands.press("Ctrl+Shift+E")
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    assert wish.path.exists()
    assert any("source link" in line for line in reports[0])


def test_the_key_of_an_export_counts_in_a_report_and_in_a_panel_torn_off(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(hands.window, "ask_export_form", lambda form: asked.append(form.proposed))
    hands.window.show_report("Export", ["One mark was left out."], ["a detail"])
    report = hands.window.findChildren(ReportDialog)[0]
    report.activateWindow()
    details = report.findChildren(QPlainTextEdit)[0]
    details.setFocus()
    hands.settle()
    assert QApplication.focusWidget() is details
    hands.press("Ctrl+Shift+E")
    assert len(asked) == 1
    hands.press("Ctrl+Z", "A")
    assert len(asked) == 1, "what a text takes itself, and letters, stay in the report"
    report.close()
    panel = hands.window.tools.search
    panel.show()
    panel.setFloating(True)
    panel.activateWindow()
    panel.field.setFocus()
    hands.settle()
    assert QApplication.focusWidget() is panel.field
    hands.press("Ctrl+Shift+E")
    assert len(asked) == 2


def test_labels_that_mean_nothing_are_asked_for_and_remembered(
    hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "admin.jsonl"
    file.write_text(json.dumps(DOCCANO), encoding="utf-8")
    window = drop(hands, qtbot, file)
    assert window.desk.unknown_labels == {"PLACE": 1, "VERBUM": 1}
    assert window.labels.isVisible()
    told = window.details.toPlainText()
    assert "say what it means, with the button below" in told
    assert "--labels" not in told

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LabelDialog)
        box = dialog.boxes["VERBUM"]
        box.setCurrentIndex(box.findData("cue"))
        dialog.accept()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, answer)
    window.labels.click()
    looked(window, qtbot)
    assert window.desk.unknown_labels == {"PLACE": 1}
    window.take.click()
    qtbot.waitUntil(lambda: not hands.desk.busy, timeout=20_000)
    project = hands.desk.project
    assert project
    assert [mark.text for mark in marks.TABLE.select(project.db)] == ["said"]
    assert foreign_labels.known(project) == {"VERBUM": "cue"}
    file.write_text(
        json.dumps({"text": "He said so.", "label": [[3, 7, "VERBUM"]]}), encoding="utf-8"
    )
    assert importing.import_all(project, [file]).added.marks == 1
