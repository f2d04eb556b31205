"""Backups of a project: made when something changed, verified before they count, restored in one act.

They lie in the data folder, one folder for each project, and so outlive the folder of the project.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.errors import NotFound, Problem, Refused
from annotator.domain.identity import Clock, Id, system_clock
from annotator.domain.slices import always
from annotator.services import backup_making
from annotator.services.backup_making import Making
from annotator.services.beside import Tell
from annotator.services.project import Project, user_name
from annotator.settings.places import data_folder
from annotator.store import backup as copies
from annotator.store import project_file, restore, verify
from annotator.store.backup import Backup, saving
from annotator.store.connection import Database

__all__ = [
    "Backup", "Making", "Restored", "at_path", "before", "begin", "make", "of_project", "put_back", "told",
]  # fmt: skip

LARGE = 100
"""So many marks deleted at once are a large deletion, before which a backup is made."""

log = logging.getLogger(__name__)

_ABOUT = "about.json"


def folder_of(project: Id) -> Path:
    """Return the folder of a project's backups, by the project's id."""
    return data_folder() / "backups" / project


def of_project(project: Project) -> list[Backup]:
    """Return the verified backups of an open project, newest first."""
    return copies.listed(folder_of(project.file.id))


def at_path(path: Path) -> list[Backup]:
    """Return the verified backups of the project at a path, newest first, even if its file is damaged."""
    wanted = str(project_file.find(path).resolve())
    found: list[Backup] = []
    for about in (data_folder() / "backups").glob(f"*/{_ABOUT}"):
        try:
            paths = json.loads(about.read_text(encoding="utf-8"))["paths"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if wanted in paths:
            found += copies.listed(about.parent)
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def make(project: Project, reason: str = "") -> Backup | None:
    """Make and verify a backup; None if the newest one holds all there is already.

    Args:
        reason: the risky act it is made before, in lower case (“merge”); made in any case then,
            unless the newest one holds the same.

    Raises:
        Problem: no room, no permission, or the copy turned out not to be whole.
    """
    making = begin(project, reason)
    return making.finish() if making else None


def before(project: Project, act: str) -> None:
    """Make a backup before a risky act (“merge”), if anything changed since the last one.

    One that fails does not stand in the way: the act is one step and can be undone.
    """
    try:
        make(project, act)
    except Problem:
        log.info("the backup before %s failed", act)


def begin(project: Project, reason: str = "") -> Making | None:
    """Begin to make a backup of the project as it is now; None if nothing changed since the last one.

    What is done to the project from now on is not in it, also if that is before its end.

    Raises:
        Refused: a step is being written, which may yet be taken back.
        Problem: no room, or no permission.
    """
    path = project.path if project.file.is_in_place else None
    return _begin(project.db, project.file.id, path, project.path, project.file.clock, reason)


def before_migration(db: Database, path: Path, clock: Clock, tell: Tell = always) -> bool:
    """Make a verified backup of a project of an older version, before it is changed.

    Returns:
        False if ``tell`` said to stop.

    Raises:
        Problem: no room, no permission, or the copy turned out not to be whole.
    """
    id = str(db.execute("SELECT value FROM project WHERE key = 'id'").fetchone()[0])
    making = _begin(db, id, path, path, clock, "update")
    return making is None or making.finish(tell) is not None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: which backup stands where, and where that which stood there is kept."""

    project: Path
    backup: Path
    aside: Path | None


def put_back(
    path: Path,
    backup: Path | None = None,
    *,
    clock: Clock = system_clock,
    tell: Tell = always,
) -> Restored:
    """Put a backup where the project is; what was there is kept in a folder beside it.

    Args:
        backup: which one; None takes the newest.
        tell: asked while the backup is verified whether to go on.

    Raises:
        Refused: ``tell`` said to stop; the project is as it was.
        NotFound: there is no such backup.
        Damaged: the backup is not whole; the project is as it was.
        HeldElsewhere: the project is open in another window.
    """
    path = project_file.find(path)
    known = at_path(path)
    if backup is None and not known:
        raise NotFound(f"There is no backup of {path.name} on this machine.")
    source = backup or known[0].path
    if not source.is_file():
        raise NotFound(f"The backup {source} is not there: choose another one.")
    if not verify.verify(source, tell=tell):
        raise Refused("Cancelled: nothing was restored.")
    target = project_file.with_suffix(path) if not path.exists() else path
    aside = restore.restore(target, source, user_name(), clock())
    return Restored(target, source, aside)


def told(backup: Backup) -> str:
    """Return when a backup was made, in local time, and before what."""
    at = backup.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{at}, before: {backup.reason.replace('-', ' ')}" if backup.reason else at


def is_large(project: Project) -> bool:
    """Tell whether a backup of a project takes more than a moment."""
    return project.file.is_in_place and project.path.stat().st_size > backup_making.SMALL_BYTES


def _begin(
    db: Database, id: Id, there: Path | None, path: Path, clock: Clock, reason: str
) -> Making | None:
    """``there`` is the file where it can be copied from; ``path`` is where the project belongs."""
    folder = folder_of(id)
    newest = next(iter(copies.listed(folder)), None)
    with saving(folder):
        if newest and newest.signature == copies.signature_of(db):
            _note_path(folder, path)
            return None
        making = Making(db, there, folder, clock, reason)
        _note_path(folder, path)
        return making


def _note_path(folder: Path, path: Path) -> None:
    """Keep where the project lies, so that its backups are found when its own id cannot be read."""
    about = folder / _ABOUT
    try:
        paths = json.loads(about.read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError, TypeError):
        paths = []
    here = str(path.resolve())
    if here not in paths:
        about.write_text(
            json.dumps({"paths": [*paths, here]}, ensure_ascii=False), encoding="utf-8"
        )
