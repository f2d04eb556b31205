"""What cannot be opened or made gets one plain sentence, and every file is left as it was."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import Problem
from annotator.domain.identity import new_id, system_clock
from annotator.services import checking, marking, reading
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.store import new_project, schema
from annotator.store.connection import APPLICATION_ID
from annotator.store.lock import HeldElsewhere, lock_path
from annotator.store.project_file import CannotOpen
from tests.support.checkout import ROOT
from tests.support.material import STORY, make_project
from tests.support.permissions import needs_permissions


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed project with a mark in it, alone in its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with make_project(folder, STORY) as project:
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(0, 4)], "actor")
        return project.path


def files(folder: Path) -> dict[str, bytes | None]:
    """Return everything in a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(path: Path, error: type[Problem] = CannotOpen) -> str:
    """Open what cannot be opened; return the sentence, having seen that nothing was touched."""
    before = files(path.parent)
    with pytest.raises(error) as caught:
        projects.open_existing(path, "Amal")
    assert files(path.parent) == before
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


# What is no project


def test_a_closed_project_is_one_file(closed: Path) -> None:
    assert list(files(closed.parent)) == ["study.annotator"]
    with projects.open_existing(closed) as project:
        assert checking.problems(project) == []
    assert list(files(closed.parent)) == ["study.annotator"]


def test_opening_and_closing_leaves_the_same_bytes(closed: Path) -> None:  # G5
    before = files(closed.parent)
    with projects.open_existing(closed, "Somebody new") as project:
        for listed in reading.list_articles(project):
            reading.open_article(project, listed.article.id)
    assert files(closed.parent) == before


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "none.annotator")
    with pytest.raises(CannotOpen, match="does not exist"):
        projects.open_existing(tmp_path / "no folder" / "none.annotator")
    assert files(tmp_path) == {}


def test_the_suffix_may_be_left_out(closed: Path) -> None:
    with projects.open_existing(closed.with_suffix("")) as project:
        assert project.path == closed


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.annotator").mkdir()
    assert "is a folder" in refused(tmp_path / "folder.annotator")


NO_PROJECT = {
    "empty": b"",
    "a text": b"Port strike enters second week\n" * 20,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "only the first sign": b"S",
    "zeros": bytes(8192),
}


@pytest.mark.parametrize("name", NO_PROJECT)
def test_a_file_that_is_no_database(tmp_path: Path, name: str) -> None:
    path = tmp_path / "study.annotator"
    path.write_bytes(NO_PROJECT[name])
    assert "annotator" in refused(path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.annotator"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    other.close()
    assert "another program" in refused(path)


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_project_of_a_newer_version(closed: Path, journal: str) -> None:
    db = sqlite3.connect(closed)
    db.execute(f"PRAGMA journal_mode = {journal}")
    db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    db.close()
    sentence = refused(closed)
    assert "newer annotator" in sentence
    assert "update annotator" in sentence


def test_a_database_that_only_says_it_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "study.annotator"
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("CREATE TABLE x (y)")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
    db.close()
    refused(path)


# Damage


def test_a_file_cut_short_anywhere(closed: Path) -> None:
    raw = closed.read_bytes()
    page = 4096
    lengths = {
        *range(1, 120, 9), *range(page, len(raw), page), *range(page // 2, len(raw), 7 * page),
        len(raw) - page + 1, len(raw) - 1,
    }  # fmt: skip
    for length in sorted(lengths):
        closed.write_bytes(raw[:length])
        sentence = refused(closed)
        assert "damaged" in sentence or "not a project" in sentence, (length, sentence)
    closed.write_bytes(raw)
    projects.open_existing(closed).close()


def test_a_file_with_pages_overwritten(closed: Path) -> None:
    raw = closed.read_bytes()
    opened = 0
    told = set()
    for page in range(1, len(raw) // 4096):
        damaged = raw[: page * 4096] + b"\xa5" * 4096 + raw[(page + 1) * 4096 :]
        closed.write_bytes(damaged)
        try:
            project = projects.open_existing(closed)
        except CannotOpen as problem:
            told.add(str(problem).partition("(")[0])
            continue
        with project:
            assert checking.problems(project), page
        opened += 1
    assert told == {"study.annotator is damaged "}
    assert opened < len(raw) // 4096 // 4


# Permissions


@needs_permissions
def test_a_file_that_may_not_be_read(closed: Path) -> None:
    closed.chmod(0)
    try:
        with pytest.raises(CannotOpen, match=r"cannot be read .*check its permissions"):
            projects.open_existing(closed)
    finally:
        closed.chmod(0o600)
    assert list(files(closed.parent)) == [closed.name]


@needs_permissions
def test_a_file_that_may_not_be_written(closed: Path) -> None:
    closed.chmod(0o400)
    assert "read-only" in refused(closed)


@needs_permissions
def test_a_folder_that_may_not_be_written(closed: Path) -> None:
    closed.parent.chmod(0o500)
    try:
        assert "read-only" in refused(closed)
        with pytest.raises(CannotOpen, match="choose another folder"):
            projects.create(closed.with_name("new"), default_codebook(), "Amal")
    finally:
        closed.parent.chmod(0o700)
    assert list(files(closed.parent)) == [closed.name]


# Somebody else has it

HOLD_OPEN = (
    "import sys; from pathlib import Path; from annotator.services import project;"
    "opened = project.open_existing(Path(sys.argv[1]), 'Bea'); print('open', flush=True);"
    "sys.stdin.read(); opened.close()"
)


@pytest.fixture
def other_process(closed: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the project open until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(closed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout
    assert process.stdin
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_a_project_open_in_another_window(
    closed: Path, other_process: subprocess.Popen[str]
) -> None:  # G6
    with pytest.raises(HeldElsewhere, match=r"another window on this machine \(Bea, since") as held:
        projects.open_existing(closed, "Amal")
    assert held.value.holder
    assert held.value.holder.process == other_process.pid
    other_process.communicate("")
    projects.open_existing(closed, "Amal").close()
    assert list(files(closed.parent)) == [closed.name]


def test_a_lock_left_by_a_dead_process_is_taken_over(
    closed: Path, other_process: subprocess.Popen[str]
) -> None:
    other_process.kill()
    other_process.wait()
    assert lock_path(closed).exists()
    with projects.open_existing(closed, "Amal") as project:
        assert checking.problems(project) == []
    assert list(files(closed.parent)) == [closed.name]


def test_a_database_held_by_another_program(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.connection.BUSY_MILLISECONDS", 50)
    script = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('PRAGMA locking_mode = EXCLUSIVE'); db.execute('BEGIN EXCLUSIVE');"
        "print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(closed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        assert process.stdout.readline() == "open\n"
        with pytest.raises(CannotOpen, match="held by another program"):
            projects.open_existing(closed)
        assert not lock_path(closed).exists()
    finally:
        process.communicate("")
    projects.open_existing(closed).close()


def test_a_project_open_in_this_window_already(closed: Path) -> None:
    with projects.open_existing(closed, "Amal") as project:
        with pytest.raises(HeldElsewhere, match="in this window already"):
            projects.open_existing(closed, "Amal")
        with pytest.raises(CannotOpen, match="is there already"):
            projects.create(closed, default_codebook(), "Amal")
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(5, 11)], "actor")
        assert checking.problems(project) == []


def test_a_lock_of_another_machine_is_never_taken_over(closed: Path) -> None:
    holder = {"name": "Bea", "host": "another-host", "process": 1, "since": "2026-01-02T03:04:05"}
    lock_path(closed).write_text(json.dumps(holder), encoding="utf-8")
    sentence = refused(closed, HeldElsewhere)
    for part in ("another-host", "Bea", "2026-01-02 03:04", lock_path(closed).name):
        assert part in sentence


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '"Bea"', '{"name": "Bea"}', '{"host": 1, "process": "x"}', "\0\0"]
)
def test_a_lock_file_that_names_nobody_and_that_nobody_holds(closed: Path, content: str) -> None:
    lock_path(closed).write_text(content, encoding="utf-8")
    projects.open_existing(closed, "Amal").close()
    assert list(files(closed.parent)) == [closed.name]


def test_the_lock_tells_who_has_it(closed: Path) -> None:
    with projects.open_existing(closed, "أمل"):
        holder = json.loads(lock_path(closed).read_text(encoding="utf-8"))
    assert holder["name"] == "أمل"
    assert (holder["host"], holder["process"]) == (socket.gethostname(), os.getpid())


def test_a_folder_where_the_lock_should_be(closed: Path) -> None:
    lock_path(closed).mkdir()
    refused(closed)


# Making


def test_nothing_is_ever_overwritten(closed: Path) -> None:
    before = files(closed.parent)
    for name in (closed, closed.with_suffix("")):
        with pytest.raises(CannotOpen, match="is there already"):
            projects.create(name, default_codebook(), "Amal")
    assert files(closed.parent) == before


def test_a_project_cannot_be_made_where_no_folder_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in ("none", "file"):
        with pytest.raises(CannotOpen, match="choose another folder"):
            projects.create(tmp_path / folder / "study", default_codebook(), "Amal")
    assert files(tmp_path) == {"file": b"x"}


@pytest.mark.parametrize("calls", range(4))
def test_a_failure_while_making_leaves_nothing(tmp_path: Path, calls: int) -> None:
    left = iter(range(calls))

    def fail_after_some() -> str:
        if next(left, None) is None:
            raise MemoryError
        return new_id()

    with pytest.raises(MemoryError):
        new_project.create(
            tmp_path / "study",
            default_codebook(),
            "Amal",
            clock=system_clock,
            new_id=fail_after_some,
        )
    assert files(tmp_path) == {}


def test_two_names_that_are_one_file(closed: Path) -> None:
    again = closed.parent / "." / closed.name
    with projects.open_existing(closed), pytest.raises(HeldElsewhere):
        projects.open_existing(again)
