"""A copy of the project to work on beside the window: whole, gone afterwards, and no lock is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from multiprocessing import Pipe
from pathlib import Path

import pytest

from annotator.domain.errors import Problem
from annotator.domain.mark import View
from annotator.services import aside, beside, marking, reading
from annotator.services.aside import Aside
from annotator.services.beside import Tell
from annotator.services.project import Project
from annotator.store import marks, snapshot, stillness
from annotator.store.connection import Database
from tests.support.material import STORY, make_project


def marks_in(copy: Path, more: int, tell: Tell) -> int:
    """Count marks; what is done beside the window is a function of a module."""
    tell(1, 1)
    with snapshot.reading(copy) as db:
        return marks.count(db, View.ANNOTATOR) + more


def touch(path: Path, tell: Tell) -> bool:
    path.touch()
    return True


def always(_done: int, _total: int) -> bool:
    return True


def mark(project: Project, start: int) -> None:
    article = reading.list_articles(project)[0].article
    marking.mark(project, article.id, [(start, start + 3)], "actor")


def seen_by_another_process(path: Path) -> str:
    """Return what becomes of reading the project elsewhere."""
    read = (
        f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('SELECT * FROM mark')"
    )
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=False)
    return done.stderr


@pytest.fixture(params=[aside.SMALL_BYTES, 0], ids=["small", "large"])
def is_large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(aside, "SMALL_BYTES", request.param)
    return request.param == 0


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that copies are made in."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_it_works_on_the_project_as_it_was_copied(
    tmp_path: Path, copies: Path, is_large: bool
) -> None:
    with make_project(tmp_path, STORY) as project:
        mark(project, 0)
        work = Aside(project, marks_in, 10)
        assert work.is_copied != is_large
        work.copy(always)
        assert work.is_copied
        mark(project, 4)
        assert work.work(always) == 11
        assert "locked" in seen_by_another_process(project.path)
    assert list(copies.iterdir()) == []


def test_while_somebody_reads_the_copy_is_made_at_once(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    with make_project(tmp_path, STORY) as project:
        mark(project, 0)
        mark(project, 4)
        rows = project.db.conn.execute("SELECT id FROM mark")
        next(rows)
        work = Aside(project, marks_in, 0)
        assert work(always) == 2
        rows.close()
    assert list(copies.iterdir()) == []


@pytest.mark.usefixtures("is_large")
def test_given_up_before_the_work_it_leaves_nothing(tmp_path: Path, copies: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        work = Aside(project, marks_in, 0)
        work.copy(always)
        assert len(list(copies.iterdir())) == 1
        work.drop()
    assert list(copies.iterdir()) == []


def test_a_large_project_is_settled_in_the_thread_that_copies_it(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    settled: list[threading.Thread] = []
    settle = stillness.settled

    def noted(db: Database) -> bool:
        settled.append(threading.current_thread())
        return settle(db)

    monkeypatch.setattr(stillness, "settled", noted)
    with make_project(tmp_path, STORY) as project:
        mark(project, 0)
        work = Aside(project, marks_in, 0)
        assert settled == []
        copying = threading.Thread(target=work.copy, args=(always,))
        copying.start()
        copying.join()
        assert settled == [copying]
        assert work.work(always) == 1
    assert list(copies.iterdir()) == []


def test_cancelled_while_it_is_copied(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    with make_project(tmp_path, STORY) as project:
        work = Aside(project, marks_in, 0)
        with pytest.raises(aside.Stopped, match="nothing was written"):
            work.copy(lambda done, total: False)
        mark(project, 0)
    assert list(copies.iterdir()) == []


def test_a_file_that_cannot_be_copied_is_told_in_a_sentence(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    with make_project(tmp_path, STORY) as project:
        work = Aside(project, marks_in, 0)
        work._whole = tmp_path / "gone.annotator"
        with pytest.raises(Problem, match="could not be copied"):
            work.copy(always)
    assert list(copies.iterdir()) == []


def test_what_is_unwanted_never_begins_even_if_its_process_is_there_at_once() -> None:
    here, there = Pipe()
    there.send("ready")
    assert not beside._started(here, lambda done, total: False)
    assert not there.poll(), "nothing told it to begin"
    here.close()
    there.close()


def test_what_is_cancelled_while_its_process_starts_never_begins(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pytest.raises(beside.Unstarted, match="nothing was changed"):
        beside.call(touch, begun, tell=lambda done, total: False)
    assert not begun.exists()
    assert beside.call(touch, begun, tell=always)
    assert begun.exists()


def test_cancelled_before_the_work_began_the_copy_is_gone(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    with make_project(tmp_path, STORY) as project:
        work = Aside(project, marks_in, 0)
        work.copy(always)
        with pytest.raises(beside.Unstarted):
            work.work(lambda done, total: False)
    assert list(copies.iterdir()) == []


def killed(copy: Path, tell: Tell) -> int:
    """Begin to read the copy, and come to a sudden end."""
    with snapshot.reading(copy):
        os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_work_that_comes_to_a_sudden_end_leaves_no_copy(
    tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    with make_project(tmp_path, STORY) as project:
        work = Aside(project, killed)
        with pytest.raises(Problem, match="sudden end"):
            work(always)
    assert list(copies.iterdir()) == []
