"""After an end without closing: what the log holds is brought back, and a foreign log does no harm."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.identity import new_id, system_clock
from annotator.services import checking, marking
from annotator.services import project as projects
from annotator.store import check, recovery, schema
from annotator.store.connection import Database
from annotator.store.project_file import open_project
from annotator.store.recovery import ended_uncleanly, log_of
from annotator.store.refusals import Damaged
from tests.support.damage import words_of, worked_on
from tests.support.endless import ENDLESS

DATA = Path(__file__).parent / "data"


def killed(path: Path, acts: int) -> tuple[bytes, bytes]:
    """Work on a project and return its file and log as they are before it is closed."""
    with projects.open_existing(path) as project:
        article = project.db.execute("SELECT id FROM article ORDER BY id").fetchone()[0]
        for place in range(acts):
            marking.mark(project, article, [(6 + place % 6, 12 + place)], "actor")
        # Our own reading of the file lets other processes in, which does not matter here.
        return path.read_bytes(), log_of(path).read_bytes()


def put(path: Path, file: bytes, log: bytes) -> None:
    path.write_bytes(file)
    log_of(path).write_bytes(log)


def test_a_clean_end_leaves_nothing_to_recover(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    assert not ended_uncleanly(path)
    with projects.open_existing(path) as project:
        assert project.file.recovery is None


def test_acts_that_are_only_in_the_log_come_back(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    file, log = killed(path, 3)
    put(path, file, log)
    assert ended_uncleanly(path)
    with projects.open_existing(path) as project:
        assert project.file.recovery is not None
        assert project.file.recovery.last_act.startswith("Mark actor")
        assert len(words_of(project)) == 12
    assert not ended_uncleanly(path)


def test_the_check_can_be_cancelled_before_each_of_its_parts(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    file, log = killed(path, 3)
    put(path, file, log)
    asked: list[tuple[int, int]] = []

    def count(done: int, total: int) -> bool:
        asked.append((done, total))
        return True

    assert recovery.recover(path, count)
    parts = asked[-1][1]
    assert parts > 3
    for last in range(parts):
        put(path, file, log)

        def tell(done: int, total: int, last: int = last) -> bool:
            return done < last

        with pytest.raises(recovery.GivenUp, match="was cancelled"):
            recovery.recover(path, tell)
        assert (path.read_bytes(), log_of(path).read_bytes()) == (file, log)


def test_the_check_can_be_cancelled_within_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(db: Database) -> Iterator[str]:
        yield from db.execute(ENDLESS).fetchall()

    monkeypatch.setattr(check, "_PARTS", (endless,))
    path = worked_on(tmp_path)
    file, log = killed(path, 3)
    put(path, file, log)
    asked: list[int] = []

    def tell(done: int, total: int) -> bool:
        asked.append(total)
        return asked.count(1) < 4

    with pytest.raises(recovery.GivenUp, match="was cancelled"):
        recovery.recover(path, tell)
    assert asked.count(1) == 4
    assert (path.read_bytes(), log_of(path).read_bytes()) == (file, log)


def test_a_log_that_was_found_whole_is_taken_in_at_once(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    put(path, *killed(path, 3))
    found = recovery.recover(path)
    assert found
    assert found.is_checked
    assert not ended_uncleanly(path)
    with projects.open_existing(path) as project:
        assert project.file.recovery is None
        assert len(words_of(project)) == 12


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_torn_log_gives_a_prefix_of_whole_acts(tmp_path: Path, part: float) -> None:
    path = worked_on(tmp_path)
    file, log = killed(path, 8)
    put(path, file, log[: int(len(log) * part)])
    with projects.open_existing(path) as project:
        steps = project.db.execute("SELECT count(*) FROM step WHERE name LIKE 'Mark actor%'")
        marks = len(words_of(project)) - 9
        assert 0 <= marks <= 8
        assert steps.fetchone()[0] - 3 == marks


def test_an_old_log_beside_a_newer_file_does_it_no_harm(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    file, log = killed(path, 2)
    other = worked_on(tmp_path / "other", articles=6)
    raw = other.read_bytes()
    put(path, raw, log)
    with projects.open_existing(path) as project:
        assert len(words_of(project)) == 18
        recovery = project.file.recovery
    aside = [one for one in tmp_path.iterdir() if "set-aside" in one.name]
    assert recovery is not None
    assert recovery.set_aside == aside[0]
    assert aside[0].read_bytes() == log
    assert len(file) < len(raw)


def test_a_damaged_file_with_a_log_is_left_as_it_is(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    file, log = killed(path, 2)
    raw = bytearray(file)
    raw[8192:40960] = bytes(40960 - 8192)
    put(path, bytes(raw), log[:32] + b"\xee" * (len(log) - 32))
    with pytest.raises(Damaged, match="left as it is"):
        open_project(path, "Amal", clock=system_clock, new_id=new_id)
    assert path.read_bytes() == bytes(raw)
    assert not path.with_name(f".{path.name}.lock").exists()


def test_no_room_to_try_the_log_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = worked_on(tmp_path)
    put(path, *killed(path, 1))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "_copy", full)
        with pytest.raises(Exception, match="No space left"):
            projects.open_existing(path)
    with projects.open_existing(path) as project:
        assert len(words_of(project)) == 10


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
def test_a_project_of_an_earlier_version_that_was_not_closed_is_brought_up(
    tmp_path: Path, version: int
) -> None:
    """An earlier program was killed, and this one opens what it left: the file and its log."""
    there, path = tmp_path / "there", tmp_path / "study.annotator"
    there.mkdir()
    shutil.copyfile(DATA / f"v{version}.annotator", there / path.name)
    db = sqlite3.connect(there / path.name, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("UPDATE mark SET note = note || ' '")
    db.execute("UPDATE mark SET note = rtrim(note)")
    for name in (path.name, f"{path.name}-wal"):
        shutil.copyfile(there / name, tmp_path / name)
    db.close()
    assert ended_uncleanly(path)
    with projects.open_existing(path) as project:
        assert checking.problems(project) == []
