"""A project that is held, damaged, in a risky place or to be restored: what the window offers, and does."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from annotator.presentation.safekeeping import Safekeeping
from annotator.services import backup_making, backups, opening
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import check, page_check, place, schema, seal, verify
from annotator.store.connection import Database
from annotator.store.recovery import ended_uncleanly
from annotator.ui import waiting
from annotator.ui.fault_dialog import FaultDialog
from annotator.ui.waiting import Waiting
from tests.store.test_recovery import killed, put
from tests.support.damage import words_of, worked_on
from tests.support.endless import ENDLESS
from tests.ui.conftest import Hands

Open = Callable[..., Hands]

HOLDER = """
import sys
from pathlib import Path
from annotator.services import project
with project.open_existing(Path(sys.argv[1]), "Noor"):
    print("open", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_elsewhere(path: Path) -> Iterator[None]:
    """Hold a project in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"open"
        try:
            yield
        finally:
            process.communicate(b"\n", timeout=20)


class Answers:
    """Clicks buttons in the questions that come up, and remembers what they said."""

    def __init__(self, *buttons: str) -> None:
        self._buttons = list(buttons)
        self.seen: list[str] = []
        QTimer.singleShot(0, self._look)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            if self._buttons:
                QTimer.singleShot(10, self._look)
            return
        self.seen.append(dialog.windowTitle())
        wanted = self._buttons.pop(0)
        button = next(
            one for one in dialog.findChildren(QPushButton) if one.text().startswith(wanted)
        )
        if self._buttons:
            QTimer.singleShot(10, self._look)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def backed_up(path: Path) -> set[tuple[str, str]]:
    """Make a backup of a project and return the words it holds."""
    with projects.open_existing(path) as project:
        assert backups.make(project)
        return words_of(project)


def damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096 : len(raw) // 2] = b"\x5a" * (len(raw) // 2 - 4096)
    path.write_bytes(raw)


@pytest.fixture
def unclosed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is taken for a large one, with an act that is only in its log."""
    path = worked_on(tmp_path / "unclosed")
    put(path, *killed(path, 3))
    monkeypatch.setattr(opening, "LARGE", 0)
    return path


def test_a_large_unclosed_project_is_checked_beside_the_window(
    open_window: Open, unclosed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    seen: list[str] = []

    def parts(db: object, reached: Callable[[int, int], None]) -> Iterator[str]:
        reached(1, 2)
        threads.append(threading.current_thread() is threading.main_thread())
        while not seen:
            time.sleep(0.01)
        yield from ()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Waiting) and dialog.bar.value() == 1:
            seen.append(dialog.windowTitle())
        else:
            QTimer.singleShot(10, look)

    hands = open_window()
    monkeypatch.setattr(check, "problems", parts)
    QTimer.singleShot(0, look)
    assert hands.desk.open_project(unclosed)
    assert threads == [False]
    assert seen == ["Checking what was saved last"]
    assert hands.desk.project
    assert hands.desk.project.path == unclosed
    assert "without closing" in hands.desk.messages.last.text
    assert len(words_of(hands.desk.project)) == 12


def test_a_large_project_that_was_not_checked_for_long_is_checked_beside_the_window(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = worked_on(tmp_path / "study")
    monkeypatch.setattr(seal, "LARGE", 0)
    threads: list[bool] = []
    check_pages = opening.check_pages

    def noted(path: Path, tell: Callable[[int, int], bool]) -> None:
        threads.append(threading.current_thread() is threading.main_thread())
        check_pages(path, tell)

    hands = open_window()
    monkeypatch.setattr(opening, "check_pages", noted)
    assert hands.desk.open_project(path)
    assert threads == [False]
    hands.desk.close()
    assert hands.desk.open_project(path)
    assert threads == [False]


def test_that_check_can_be_cancelled(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = worked_on(tmp_path / "study")
    monkeypatch.setattr(seal, "LARGE", 0)
    hands = open_window()
    monkeypatch.setattr(page_check, "quick_check", lambda db, path: db.execute(ENDLESS).fetchall())
    before = hands.desk.project
    answers = Answers("Cancel")
    assert not hands.desk.open_project(path)
    assert answers.seen == ["Checking the project"]
    assert "was cancelled" in hands.desk.messages.last.text
    assert hands.desk.project is before
    monkeypatch.undo()
    with projects.open_existing(path) as project:
        assert words_of(project)


def test_the_check_of_an_unclosed_project_can_be_cancelled(
    open_window: Open, unclosed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(db: object, reached: Callable[[int, int], None]) -> Iterator[str]:
        while True:
            reached(0, 1)
            time.sleep(0.01)
            yield from ()

    hands = open_window()
    before = hands.desk.project
    monkeypatch.setattr(check, "problems", endless)
    answers = Answers("Cancel")
    assert not hands.desk.open_project(unclosed)
    assert answers.seen == ["Checking what was saved last"]
    assert "was cancelled" in hands.desk.messages.last.text
    assert hands.desk.project is before
    assert ended_uncleanly(unclosed)
    monkeypatch.undo()
    with projects.open_existing(unclosed) as project:
        assert len(words_of(project)) == 12


def test_a_held_project_offers_its_backup_to_read(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "held")
    words = backed_up(path)
    hands = open_window()
    with held_elsewhere(path):
        answers = Answers("Read the backup")
        assert hands.desk.open_project(path)
        assert answers.seen == ["This project is open elsewhere"]
        assert hands.desk.project
        assert words_of(hands.desk.project) == words
        assert "to read only" in hands.window.windowTitle()
        hands.window.activateWindow()
        hands.drag("Port strike")
        hands.press("A")
        assert "reading only" in hands.desk.messages.last.text
        assert words_of(hands.desk.project) == words


def test_a_held_project_can_be_left_alone(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "held")
    hands = open_window()
    before = hands.desk.project
    with held_elsewhere(path):
        Answers("Cancel")
        assert not hands.desk.open_project(path)
    assert hands.desk.project is before


def test_a_damaged_project_is_restored_with_one_click(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "damaged")
    words = backed_up(path)
    damage(path)
    broken = path.read_bytes()
    hands = open_window()
    answers = Answers("Restore the backup")
    assert hands.desk.open_project(path)
    assert answers.seen == ["This project is damaged"]
    assert words_of(hands.desk.project) == words
    (aside,) = [one for one in path.parent.iterdir() if one.is_dir()]
    assert (aside / path.name).read_bytes() == broken


def test_a_damaged_project_is_repaired_as_a_copy(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "damaged")
    connection = sqlite3.connect(path)
    connection.execute("DROP INDEX mark_by_article")
    connection.close()
    hands = open_window()
    Answers("Repair a copy")
    assert hands.desk.open_project(path)
    assert hands.desk.project.path.name == "study (repaired).annotator"
    assert len(words_of(hands.desk.project)) == 9


def test_a_risky_place_offers_a_local_copy(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    path = worked_on(tmp_path / "Dropbox")
    hands = open_window()
    answers = Answers("Work on a local copy")
    assert hands.desk.open_project(path)
    assert answers.seen == ["This is not a safe place for a project"]
    assert hands.desk.project.path == tmp_path / "home" / "annotator" / "study.annotator"
    assert len(words_of(hands.desk.project)) == 9


def test_a_risky_place_can_be_taken_all_the_same(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "Dropbox")
    hands = open_window()
    Answers("Open it here")
    assert hands.desk.open_project(path)
    assert hands.desk.project.path == path


def test_a_network_drive_gets_a_rollback_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = worked_on(tmp_path)
    monkeypatch.setattr(place, "network_type", lambda *_: "nfs4")
    with projects.open_existing(path, anywhere=True) as project:
        assert project.db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    monkeypatch.undo()
    with projects.open_existing(path) as project:
        assert project.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_backup_is_restored_from_the_menu(open_window: Open, tmp_path: Path) -> None:
    path = worked_on(tmp_path / "kept")
    words = backed_up(path)
    hands = open_window(path=path)
    hands.drag("Port strike")
    hands.press("A")
    assert words_of(hands.desk.project) != words
    Answers("Restore")
    hands.window.run_by_id("project.restore")
    hands.settle()
    assert words_of(hands.desk.project) == words
    assert "is kept in the folder" in hands.desk.messages.last.text


def test_backups_come_by_themselves(open_window: Open) -> None:
    hands = open_window()
    now = 0.0
    keeping = Safekeeping(hands.desk, lambda: now)
    project = hands.desk.project
    assert project

    def newest() -> str:
        """The newest one; of one hour only that one stays."""
        keeping.wait()
        return next((backup.path.name for backup in backups.of_project(project)), "")

    hands.drag("Port strike")
    hands.press("A")
    hands.desk.settle()
    assert newest() == ""
    now = 400.0
    hands.desk.settle()
    first = newest()
    assert first
    now = 900.0
    hands.desk.settle()
    assert newest() == first, "nothing changed"
    now = 4000.0
    hands.press("C")
    second = newest()
    assert second != first, "work that never rests"
    hands.press("Ctrl+Z")
    path = project.path
    hands.window.close()
    assert backups.at_path(path)[0].path.name not in ("", first, second), "on closing"


def kept_and_marked(open_window: Open) -> tuple[Hands, Project]:
    """Open a window whose project is backed up by itself, and mark something in it."""
    hands = open_window()
    Safekeeping(hands.desk)
    project = hands.desk.project
    assert project
    hands.drag("Port strike")
    hands.press("A")
    return hands, project


def large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every project for a large one."""
    monkeypatch.setattr(backup_making, "SMALL_BYTES", 0)
    monkeypatch.setattr(waiting, "MOMENT_MILLISECONDS", 0)


def test_closing_a_large_project_shows_that_it_is_backed_up(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_ones(monkeypatch)
    hands, project = kept_and_marked(open_window)
    seen: list[str] = []
    look = QTimer()
    look.timeout.connect(
        lambda: seen.extend(
            one.windowTitle() for one in [QApplication.activeModalWidget()] if one is not None
        )
    )
    look.start(1)
    path, words = project.path, words_of(project)
    hands.window.close()
    look.stop()
    assert set(seen) == {f"Closing {path.name}"}
    (made,) = backups.at_path(path)
    assert made.reason == ""
    backups.put_back(path)
    with projects.open_existing(path) as restored:
        assert words_of(restored) == words


def test_closing_without_the_backup(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    large_ones(monkeypatch)
    monkeypatch.setattr(verify, "ASKED_SECONDS", 0.005)
    hands, project = kept_and_marked(open_window)
    path, words = project.path, words_of(project)
    answers = Answers("Cancel")
    hands.window.close()
    assert answers.seen == [f"Closing {path.name}"]
    assert backups.at_path(path) == []
    with projects.open_existing(path) as reopened:
        assert words_of(reopened) == words


OLDER = sorted((Path(__file__).parents[1] / "store" / "data").glob("v*.annotator"))[0]


def test_an_older_project_is_brought_up_to_date_beside_the_window(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_ones(monkeypatch)
    path = Path(shutil.copy(OLDER, tmp_path / "older.annotator"))
    threads: list[bool] = []
    build = schema.build

    def noted(db: Database) -> None:
        threads.append(threading.current_thread() is threading.main_thread())
        build(db)

    hands = open_window()
    monkeypatch.setattr(schema, "build", noted)
    assert hands.desk.open_project(path)
    assert threads == [False]
    assert [one.reason for one in backups.at_path(path)] == ["update"]


def test_an_older_project_stays_as_it_was_when_that_is_cancelled(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_ones(monkeypatch)
    monkeypatch.setattr(verify, "ASKED_SECONDS", 0.005)
    path = Path(shutil.copy(OLDER, tmp_path / "older.annotator"))
    before = path.read_bytes()
    hands = open_window()
    answers = Answers("Cancel")
    assert not hands.desk.open_project(path)
    assert answers.seen == ["Bringing the project up to date"]
    assert "nothing was changed" in hands.desk.messages.last.text
    assert path.read_bytes()[100:] == before[100:]
    assert backups.at_path(path) == []


def test_restoring_can_be_cancelled(
    open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = worked_on(tmp_path / "kept")
    backed_up(path)
    hands = open_window(path=path)
    hands.drag("Port strike")
    hands.press("A")
    words = words_of(hands.desk.project)
    large_ones(monkeypatch)
    monkeypatch.setattr(verify, "ASKED_SECONDS", 0.005)
    answers = Answers("Restore", "Cancel")
    hands.window.run_by_id("project.restore")
    hands.settle()
    assert answers.seen == ["Restore a backup", "Restoring the backup"]
    assert "nothing was restored" in hands.desk.messages.last.text
    assert hands.desk.project
    assert words_of(hands.desk.project) == words


def test_a_backup_in_the_making_gives_way_to_one_before_a_risky_act(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_ones(monkeypatch)
    hands = open_window()
    now = 0.0
    keeping = Safekeeping(hands.desk, lambda: now)
    project = hands.desk.project
    assert project
    hands.drag("Port strike")
    hands.press("A")
    now = 400.0
    hands.desk.settle()
    hands.desk.risking.emit("merge")
    hands.press("C")
    keeping.wait()
    (made,) = backups.of_project(project)
    assert made.reason == "merge"
    hands.window.close()
    assert [one.reason for one in backups.at_path(project.path)] == ["", "merge"]


def test_closing_waits_for_the_backup_that_is_being_made(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_ones(monkeypatch)
    hands, project = kept_and_marked(open_window)
    hands.desk.risking.emit("merge")
    hands.press("C")
    hands.window.close()
    assert [one.reason for one in backups.at_path(project.path)] == ["", "merge"]


def test_a_file_deleted_while_open_is_said_and_saved_elsewhere(open_window: Open) -> None:
    hands, project = kept_and_marked(open_window)
    path, words = project.path, words_of(project)
    path.unlink()
    hands.drag("second week")
    hands.press("A")
    assert "nothing more can be saved" in hands.desk.messages.last.text
    hands.window.close()
    backups.put_back(path)
    with projects.open_existing(path) as restored:
        assert words_of(restored) == words


def test_a_fault_report_can_be_copied(qtbot) -> None:
    dialog = FaultDialog(None, "annotator 1\nKeyError\n  desk.py:1 act", "somewhere")
    qtbot.addWidget(dialog)
    dialog.show()
    copy = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Copy"))
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith("annotator 1")
