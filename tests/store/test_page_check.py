"""A large project is checked before it is opened, over a connection that leaves nothing behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.identity import new_id
from annotator.services import project as projects
from annotator.store import page_check, project_file, schema, seal
from annotator.store.refusals import Damaged
from annotator.store.seal import Seals
from tests.support.damage import worked_on
from tests.support.endless import ENDLESS

NOON = "2026-03-02T12:00:00.000Z"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed project that is taken for a large one."""
    path = worked_on(tmp_path / "study")
    monkeypatch.setattr(seal, "LARGE", 0)
    return path


def opened(
    path: Path, checking: Callable[[Path], None], seals: Seals | None = None
) -> project_file.ProjectFile:
    """Open a project with a check of its pages before."""
    return project_file.open_project(
        path, "Amal", clock=lambda: NOON, new_id=new_id, seals=seals, checking=checking
    )


def unbroken(path: Path) -> None:
    """Check a project to the end."""
    page_check.check(path, lambda done, total: True)


def test_a_large_project_is_checked_once_before_it_opens(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def checked(path: Path) -> None:
        with sqlite3.connect(path, timeout=0) as other:  # nobody has it open yet
            assert other.execute("SELECT count(*) FROM article").fetchone()[0]
        other.close()
        seen.append(path)

    def twice(db: object, path: Path) -> None:
        raise AssertionError("it was checked again")

    monkeypatch.setattr(project_file, "quick_check", twice)
    seals = Seals(tmp_path / "whole.json")
    for _ in range(2):
        opened(study, checked, seals).close()
    assert seen == [study]


def test_a_small_one_is_checked_while_it_is_opened(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "LARGE", study.stat().st_size + 1)
    opened(study, lambda path: pytest.fail("it is small")).close()


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_what_a_log_adds_is_not_left_out_of_the_check(study: Path, end: str) -> None:
    assert page_check.can_be_beside(study)
    study.with_name(study.name + end).write_bytes(b"something")
    assert not page_check.can_be_beside(study)


def test_an_older_project_is_checked_when_it_was_brought_up_to_date(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    assert not page_check.can_be_beside(study)


def test_damage_is_found_and_nothing_is_touched(study: Path) -> None:
    raw = bytearray(study.read_bytes())
    raw[4096 : len(raw) // 2] = b"\x5a" * (len(raw) // 2 - 4096)
    study.write_bytes(raw)
    with pytest.raises(Damaged):
        unbroken(study)
    with pytest.raises(Damaged):
        opened(study, unbroken)
    assert study.read_bytes() == bytes(raw)
    assert [one.name for one in study.parent.iterdir() if one.name.startswith(study.name)] == [
        study.name
    ]


def test_a_check_can_be_cancelled(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = study.read_bytes()
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < 3

    monkeypatch.setattr(page_check, "quick_check", lambda db, path: db.execute(ENDLESS).fetchall())
    with pytest.raises(page_check.NotChecked, match="was not opened"):
        page_check.check(study, tell)
    assert len(told) == 3
    with pytest.raises(page_check.NotChecked):
        opened(study, lambda path: page_check.check(path, lambda done, total: False))
    assert study.read_bytes() == before
    with projects.open_existing(study) as project:
        assert project.db.execute("SELECT count(*) FROM mark").fetchone()[0]
