"""Opening a project as a person does: where it lies, who has it, and what to do if it is not whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import new_id, system_clock
from annotator.domain.suffix import SUFFIX
from annotator.services import backups
from annotator.services import project as projects
from annotator.services.project import Project, user_name
from annotator.store import backup as copies
from annotator.store import project_file, schema
from annotator.store.backup import Backup
from annotator.store.connection import CAN_WAIT_ASIDE, Database
from annotator.store.lock import HeldElsewhere
from annotator.store.page_check import check as check_pages
from annotator.store.recovery import Recovery, ended_uncleanly, recover
from annotator.store.refusals import Damaged, RiskyPlace
from annotator.store.seal import LARGE

if TYPE_CHECKING:
    from annotator.services.beside import Tell

__all__ = [
    "Backup",
    "Damaged",
    "HeldElsewhere",
    "Recovery",
    "RiskyPlace",
    "check_pages",
    "look_at",
    "open_project",
    "recover",
]

look_at = projects.look_at


class Stopped(Problem):
    """The project was not opened, as somebody wished."""


def _update(db: Database, path: Path, tell: Tell) -> None:
    """Bring an older schema up to date, after a backup.

    Raises:
        Stopped: ``tell`` said so before anything was changed.
        Problem: there is no room for the backup.
    """
    if not backups.before_migration(db, path, system_clock, tell):
        raise Stopped(f"{path.name} was not opened, and nothing was changed.")
    schema.build(db)


def _at_once(_path: Path, update: Callable[[Tell], None]) -> None:
    update(lambda _done, _total: True)


def open_project(
    path: Path,
    annotator: str | None = None,
    *,
    anywhere: bool = False,
    recovering: Callable[[Path], Recovery | None] = recover,
    checking: Callable[[Path], None] | None = None,
    updating: Callable[[Path, Callable[[Tell], None]], None] = _at_once,
) -> Project:
    """Open a project as ``annotator``; a file of an older version is backed up before it is changed.

    Args:
        recovering: calls ``recover`` after an end without closing, perhaps beside a window.
        checking: calls ``check_pages`` of a large project nobody has checked for days, beside a window.
        updating: is given the path of a project of an older version and what backs it up and brings it
            up to date, and calls that, perhaps beside a window.

    Raises:
        RiskyPlace: on a network share or in a synced folder, and not ``anywhere``.
        HeldElsewhere: open in another window.
        Damaged: no longer whole.
        CannotOpen: anything else, in one sentence.
    """
    path = project_file.find(path)
    # Where SQLite is bound to one thread, this one has to do it.
    update = updating if CAN_WAIT_ASIDE else _at_once
    return projects.open_existing(
        path,
        annotator,
        anywhere=anywhere,
        updating=lambda db: update(path, partial(_update, db, path)),
        recovering=recovering,
        checking=checking,
    )


def takes_long(path: Path) -> bool:
    """Tell whether ``recover`` will check so large a project that a window should not wait for it."""
    return ended_uncleanly(path) and path.stat().st_size >= LARGE


def recovered_sentence(recovery: Recovery) -> str:
    """Return what a person is told after an end without closing."""
    at = recovery.at[11:16]
    sentence = (
        "The program ended without closing this project. All that was saved is here and was checked; "
        f"the last act is “{recovery.last_act}” ({at} UTC)."
    )
    if recovery.set_aside:
        sentence += f" A log beside the project did not belong to it and was renamed {recovery.set_aside.name}."
    return sentence


def local_folder() -> Path:
    """Return where copies of projects from risky places go."""
    return Path.home() / "annotator"


def copy_here(path: Path, folder: Path | None = None) -> Path:
    """Copy a project from a risky place into a folder of this machine, and return the copy.

    Raises:
        Refused: the folder has a file of that name already.
        HeldElsewhere: the project is open in another window.
    """
    path = project_file.find(path)
    folder = folder or local_folder()
    target = folder / project_file.with_suffix(Path(path.name)).name
    if target.exists():
        raise Refused(
            f"{target.name} is in {folder} already: open that one, or rename it before copying again."
        )
    file = project_file.open_project(
        path, user_name(), clock=system_clock, new_id=new_id, anywhere=True
    )
    with file, copies.saving(folder):
        folder.mkdir(parents=True, exist_ok=True)
        copies.write(file.db, target)
    return target


def newest_backup(path: Path) -> Backup | None:
    """Return the newest verified backup of the project at a path, if there is one."""
    return next(iter(backups.at_path(project_file.find(path))), None)


def repaired_name(path: Path) -> Path:
    """Return a free name beside a project for its repaired copy."""
    number = 1
    while (
        target := path.with_name(
            f"{path.stem} (repaired{f' {number}' if number > 1 else ''}){SUFFIX}"
        )
    ).exists():
        number += 1
    return target
