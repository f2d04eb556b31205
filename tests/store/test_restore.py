"""A restore that is interrupted anywhere ends with the old project or the backup, whole, and both kept."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.domain.identity import new_id, system_clock
from annotator.services import project as projects
from annotator.store import durable, restore
from annotator.store.project_file import open_project
from annotator.store.refusals import CannotOpen
from tests.support.damage import words_of, worked_on


def with_log(path: Path) -> Path:
    """Leave a log beside a project, as a crash does."""
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"not a log, but it must not be read into the backup" * 100)
    return log


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and another one to stand for its backup."""
    return worked_on(tmp_path, articles=1), worked_on(tmp_path / "b", articles=3)


def test_what_stood_there_is_kept_together(pair: tuple[Path, Path]) -> None:
    project, backup = pair
    old, log = project.read_bytes(), with_log(project)
    aside = restore.restore(project, backup, "Amal", system_clock())
    assert aside is not None
    assert (aside / project.name).read_bytes() == old
    assert (aside / log.name).exists()
    assert not log.exists()
    assert project.read_bytes() == backup.read_bytes()
    with projects.open_existing(project) as opened:
        assert len(words_of(opened)) == 9
    assert sorted(path.name for path in project.parent.iterdir() if path.is_file()) == [
        project.name
    ]


def test_a_project_that_is_gone_can_be_put_back(tmp_path: Path) -> None:
    backup = worked_on(tmp_path / "b")
    target = tmp_path / "gone.annotator"
    assert restore.restore(target, backup, "Amal", system_clock()) is None
    with projects.open_existing(target) as opened:
        assert len(words_of(opened)) == 9


class Interrupted(BaseException):
    """Stands for the plug being pulled."""


@pytest.mark.parametrize("after", range(14))
def test_interrupted_at_any_step_it_is_whole_and_finished_later(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    project, backup = pair
    old = project.read_bytes()
    with_log(project).unlink()
    log = project.with_name(project.name + "-wal")
    log.write_bytes(b"\0" * 32)
    left = after

    def counted(real):
        def step(*arguments, **named):
            nonlocal left
            if str(arguments[0]).endswith(".lock"):
                return real(*arguments, **named)
            left -= 1
            if left == -1:
                raise Interrupted
            return real(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("copy", "link_or_copy", "flush"):
            patch.setattr(durable, name, counted(getattr(durable, name)))
        patch.setattr(Path, "replace", counted(Path.replace))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        with suppress(Interrupted):
            restore.restore(project, backup, "Amal", system_clock())
    lock = project.with_name(f".{project.name}.lock")
    lock.unlink(missing_ok=True)
    with open_project(project, "Amal", clock=system_clock, new_id=new_id) as opened:
        count = opened.db.execute("SELECT count(*) FROM mark").fetchone()[0]
    assert count in (3, 9)
    if count == 9:
        asides = [path for path in project.parent.iterdir() if "set aside" in path.name]
        assert [(aside / project.name).read_bytes() for aside in asides] == [old]


def test_no_room_leaves_the_project_as_it_was(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, backup = pair
    old = project.read_bytes()

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(CannotOpen, match="No space left"):
        restore.restore(project, backup, "Amal", system_clock())
    assert project.read_bytes() == old
    assert [path.name for path in project.parent.iterdir() if path.is_file()] == [project.name]
