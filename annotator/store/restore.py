"""Putting a backup in the place of a project; what stood there is kept, and any crash can be finished.

The copy of the backup is first written beside the project under a name of its own (``marker``). From
then on the restore is decided: whoever opens the project next finishes it if we die on the way. The
database and its log are set aside together, since a log left behind would be replayed into the backup.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from annotator.store import durable
from annotator.store.lock import acquire
from annotator.store.refusals import sentences

_BESIDE = ("-wal", "-shm", "-journal")


def restore(project: Path, backup: Path, name: str, now: str) -> Path | None:
    """Put a copy of a verified backup where the project is.

    Args:
        project: where the project is, or was.
        backup: a complete file; it stays where it is.
        name: the person, told to whoever tries to open the project meanwhile.
        now: the time, for the lock.

    Returns:
        The folder in which what stood there is kept, or None if nothing did.

    Raises:
        CannotOpen: no room, or no permission; the project is as it was.
        lock.HeldElsewhere: the project is open.
    """
    with sentences(project):
        lock = acquire(project, name, now)
        try:
            draft = project.with_name(f".{project.name}.restore-draft")
            durable.copy(backup, draft)
            draft.replace(marker(project))
            return _finish(project)
        finally:
            lock.release()


def finish_restore(project: Path, name: str, now: str) -> None:
    """Finish a restore that was decided but interrupted; does nothing if there is none."""
    if not marker(project).exists():
        return
    with sentences(project):
        lock = acquire(project, name, now)
        try:
            if marker(project).exists():
                _finish(project)
        finally:
            lock.release()


def marker(project: Path) -> Path:
    """Return the name under which a decided restore waits beside the project."""
    return project.with_name(f".{project.name}.restoring")


def _finish(project: Path) -> Path | None:
    waiting = marker(project)
    stamp = datetime.fromtimestamp(waiting.stat().st_mtime, UTC).strftime("%Y-%m-%d %H.%M.%S")
    aside = project.with_name(f"{project.stem} (set aside {stamp})")
    parts = [project, *(project.with_name(project.name + end) for end in _BESIDE)]
    for part in parts:
        if part.exists() and not (aside / part.name).exists():
            aside.mkdir(exist_ok=True)
            durable.link_or_copy(part, aside / part.name)
    if aside.exists():
        durable.flush(aside)
    durable.flush(project.parent)
    for part in parts[1:]:
        part.unlink(missing_ok=True)
    waiting.replace(project)
    durable.flush(project.parent)
    return aside if aside.exists() else None
