"""A large file that nobody touched since it was closed is not checked page by page again; any other is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from annotator.domain.identity import new_id
from annotator.services.codebooks import default_codebook
from annotator.store import check, new_project, project_file, seal
from annotator.store.connection import Database
from annotator.store.project_file import Damaged, ProjectFile
from annotator.store.seal import Seals

NOON = "2026-03-02T12:00:00.000Z"


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of these tests count as large."""
    monkeypatch.setattr(seal, "LARGE", 0)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of the files that were checked page by page."""
    seen: list[Path] = []
    check = project_file.quick_check

    def noted(db: object, path: Path) -> None:
        seen.append(path)
        check(db, path)  # type: ignore[arg-type]

    monkeypatch.setattr(project_file, "quick_check", noted)
    return seen


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., ProjectFile]:
    """Return what opens the project."""
    path = tmp_path / "study.annotator"
    clock = lambda: NOON  # noqa: E731
    new_project.create(path, default_codebook(), "Amal", clock=clock, new_id=new_id).close()

    def work(now: str = NOON) -> ProjectFile:
        return project_file.open_project(
            path, "Amal", clock=lambda: now, new_id=new_id, seals=Seals(tmp_path / "own" / "w.json")
        )

    return work


def test_what_was_left_alone_is_not_checked_again(
    opened: Callable[..., ProjectFile], checks: list[Path]
) -> None:
    for _ in range(3):
        opened().close()
    assert len(checks) == 1


def test_what_we_wrote_ourselves_needs_no_check(
    opened: Callable[..., ProjectFile], checks: list[Path]
) -> None:
    for number in range(3):
        with opened() as file, file.journal.step("A fact", None):
            file.db.execute("INSERT INTO project (key, value) VALUES (?, 'x')", (f"fact {number}",))
    assert len(checks) == 1


@pytest.mark.parametrize("keeps_time", [False, True])
def test_what_somebody_else_wrote_is_checked(
    opened: Callable[..., ProjectFile], *, keeps_time: bool
) -> None:
    with opened() as file:
        path = file.path
    before = path.stat()
    whole = path.read_bytes()
    with path.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\x07" * 4096)
    if keeps_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(Damaged):
        opened()
    path.write_bytes(whole)
    opened().close()


def test_each_week_it_is_checked_whatever_happened(
    opened: Callable[..., ProjectFile], checks: list[Path]
) -> None:
    first = date.fromisoformat(NOON[:10])
    for days in (0, seal.DAYS - 1, seal.DAYS, seal.DAYS + 1):
        opened(f"{first + timedelta(days)}{NOON[10:]}").close()
    assert len(checks) == 2
    opened(f"{first - timedelta(1)}{NOON[10:]}").close()
    assert len(checks) == 3


def test_after_an_unclean_end_all_of_it_is_checked_once(
    opened: Callable[..., ProjectFile], checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened().close()
    proved: list[Database] = []

    def noted(db: Database, reached: Callable[[int, int], None]) -> Iterator[str]:
        proved.append(db)
        return problems(db, reached)

    problems = check.problems
    monkeypatch.setattr(check, "problems", noted)
    copied = {}
    with opened() as file:
        file.db.execute("INSERT INTO project (key, value) VALUES ('more', 'x')")
        log = file.path.with_name(f"{file.path.name}-wal")
        copied = {path: path.read_bytes() for path in (file.path, log)}
        times = file.path.stat()
    for path, raw in copied.items():
        path.write_bytes(raw)
    os.utime(file.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with opened() as again:
        assert again.recovery
        assert again.recovery.is_checked
    assert (len(proved), len(checks)) == (1, 1)


def test_a_spoilt_memory_only_costs_a_check(
    opened: Callable[..., ProjectFile], checks: list[Path], tmp_path: Path
) -> None:
    for said in ("{", "[]", "{}"):
        opened().close()
        (tmp_path / "own" / "w.json").write_text(said, encoding="utf-8")
    opened().close()
    assert len(checks) == 4


def test_small_files_are_always_checked(
    opened: Callable[..., ProjectFile], checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "LARGE", 32_000_000)
    for _ in range(2):
        opened().close()
    assert len(checks) == 2
