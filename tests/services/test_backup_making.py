"""A backup is of one moment, whatever is done while it is made, and leaves nothing where it is given up."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import Problem, Refused
from annotator.services import backup_making, backups, checking, marking
from annotator.services import project as projects
from annotator.services.backups import Making
from annotator.services.project import Project
from annotator.store import backup as copies
from annotator.store import stillness
from annotator.store.connection import AUTOCHECKPOINT_PAGES, pragma
from tests.support.material import STORY, make_project


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project is copied by another process."""
    monkeypatch.setattr(backup_making, "SMALL_BYTES", 0)


def mark(project: Project, start: int = 0) -> None:
    (article,) = project.db.execute("SELECT id FROM article").fetchone()
    marking.mark(project, article, [(start, start + 4)], "actor")


def marks_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as copy:
        return int(copy.execute("SELECT count(*) FROM mark").fetchone()[0])


def begun(project: Project, reason: str = "") -> Making:
    making = backups.begin(project, reason)
    assert making
    return making


def left_of(project: Project) -> list[Path]:
    return [path for path in backups.folder_of(project.file.id).iterdir() if path.suffix != ".json"]


def log_of(project: Project) -> Path:
    return project.path.with_name(f"{project.path.name}-wal")


def moves_again(project: Project) -> bool:
    return (
        not project.db.is_still and pragma(project.db, "wal_autocheckpoint") == AUTOCHECKPOINT_PAGES
    )


def test_what_is_done_meanwhile_is_in_the_project_and_not_in_the_backup(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        making = begun(project)
        before = project.path.stat().st_mtime_ns
        for start in range(1, 40):
            mark(project, start)
        # More than what makes SQLite move the log into the file by itself.
        with project.db.atomic():
            project.db.execute("CREATE TABLE heap (cell)")
            project.db.execute("INSERT INTO heap VALUES (zeroblob(8000000))")
        project.db.execute("DROP TABLE heap")
        project.file.settle()
        assert project.path.stat().st_mtime_ns == before
        assert log_of(project).stat().st_size > 8_000_000
        made = making.finish()
        assert made
        assert marks_in(made.path) == 1
        assert [path.name for path in left_of(project)] == [made.path.name]
        assert moves_again(project)
        project.file.settle()
        assert log_of(project).stat().st_size == 0
        assert project.db.execute("SELECT count(*) FROM mark").fetchone() == (40,)
        assert begun(project).finish(), "something changed since"
        assert backups.begin(project) is None


def test_a_backup_is_one_file_that_can_be_put_back(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        made = begun(project, "merge").finish()
        assert made
        assert made.reason == "merge"
        mark(project, 1)
        path = project.path
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    backups.put_back(path, made.path)
    assert marks_in(path) == 1


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_backup_that_is_given_up_leaves_nothing(tmp_path: Path, is_copied: bool) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        making = begun(project)
        assert making.finish(lambda _done, _total: is_copied and not making.is_copied) is None
        assert left_of(project) == []
        assert moves_again(project)
        begun(project).drop()
        assert left_of(project) == []
        assert moves_again(project)
        assert backups.make(project)


def during_the_copy(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Copy in this process, and act as soon as that is done."""

    def call(write: Callable[..., bool], *about: object, tell: object) -> bool:
        written = write(*about, tell)
        act()
        return written

    monkeypatch.setattr(backup_making.beside, "call", call)


def test_a_project_that_is_closed_meanwhile_is_not_backed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path, STORY)
    mark(project)
    making = begun(project)
    folder = backups.folder_of(project.file.id)
    # Closing moves the log into the file, in the midst of which it may have been copied.
    during_the_copy(monkeypatch, project.close)
    assert making.finish() is None
    assert copies.listed(folder) == []
    assert list(folder.glob("*.draft")) == []


def test_two_at_once_are_both_whole(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        first = begun(project)
        mark(project, 1)
        second = begun(project, "merge")
        assert second.is_copied, "the other one keeps the file as it is"
        mark(project, 2)
        made = second.finish()
        assert made
        assert first.finish()
        assert marks_in(made.path) == 2
        assert moves_again(project)


def test_a_file_that_is_gone_is_copied_from_what_is_open(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        project.path.unlink()
        making = begun(project)
        assert making.is_copied
        made = making.finish()
        assert made
        assert marks_in(made.path) == 1


def test_without_a_log_it_is_copied_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        monkeypatch.setattr(stillness, "pragma", lambda _db, _name: "delete")
        making = begun(project)
        assert making.is_copied
        assert making.finish()


def test_no_room_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        making = begun(project)

        def full() -> None:
            raise OSError(28, "No space left on device")

        during_the_copy(monkeypatch, full)
        with pytest.raises(
            Problem, match=r"could not be made .No space left on device.: make room"
        ):
            making.finish()
        assert left_of(project) == []
        assert moves_again(project)


def test_none_is_begun_while_a_step_is_being_written(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        with project.db.atomic(), pytest.raises(Refused, match="being written"):
            backups.begin(project)
        assert moves_again(project)


KILLED = """
import os, sys
from pathlib import Path
from annotator.services import backup_making, backups, marking, project
backup_making.SMALL_BYTES = 0
with project.open_existing(Path(sys.argv[1])) as open_:
    (article,) = open_.db.execute("SELECT id FROM article").fetchone()
    making = backups.begin(open_)
    for start in range(10, 30):
        marking.mark(open_, article, [(start, start + 4)], "actor")
    os.kill(os.getpid(), 9)
"""


def test_a_process_that_is_killed_meanwhile_loses_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project)
        path = project.path
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with projects.open_existing(path) as reopened:
        assert reopened.db.execute("SELECT count(*) FROM mark").fetchone() == (21,)
        assert checking.problems(reopened) == []
        assert backups.of_project(reopened) == []
        assert backups.make(reopened)
