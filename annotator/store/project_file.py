"""A project file: opened and closed in one place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.domain.identity import Clock, Id, IdMaker
from annotator.domain.suffix import SUFFIX
from annotator.store import place, schema
from annotator.store.connection import Database, connect, look, settle
from annotator.store.journal import Journal
from annotator.store.lock import ProjectLock, acquire
from annotator.store.page_check import can_be_beside
from annotator.store.recovery import Recovery, ended_uncleanly, recover
from annotator.store.refusals import (
    CannotOpen,
    Damaged,
    RiskyPlace,
    quick_check,
    refuse_foreign,
    refuse_unreadable,
    refuse_what_is_no_project,
    sentences,
)
from annotator.store.restore import finish_restore
from annotator.store.seal import Seals

__all__ = [
    "CannotOpen",
    "Damaged",
    "ProjectFile",
    "RiskyPlace",
    "find",
    "open_project",
    "read",
]


class FileGone(Problem):
    """The file was moved, deleted or replaced while it was open; saving into it would save nothing."""


class ProjectFile:
    """An open project: its only connection, its lock and its journal.

    Attributes:
        recovery: what was found if the project had not been closed properly, else None.
        is_read_only: opened to be looked at; every act is refused.
    """

    def __init__(
        self,
        path: Path,
        db: Database,
        lock: ProjectLock | None,
        clock: Clock,
        new_id: IdMaker,
        recovery: Recovery | None = None,
        seals: Seals | None = None,
        checked: date | None = None,
    ) -> None:
        self.path = path
        self.db = db
        self.clock = clock
        self.new_id = new_id
        self.recovery = recovery
        self.is_read_only = lock is None
        self.journal = Journal(db, clock, new_id, self._make_sure_it_can_be_saved)
        self._lock = lock
        self._seals = seals
        self._checked = checked
        self._file = path.stat()
        self._open = True

    @property
    def id(self) -> Id:
        """The id of the project, the same in every copy of its file."""
        return str(self.db.execute("SELECT value FROM project WHERE key = 'id'").fetchone()[0])

    @property
    def is_in_place(self) -> bool:
        """Tell whether the path still names the file that was opened."""
        try:
            return os.path.samestat(self.path.stat(), self._file)
        except OSError:
            return False

    def settle(self) -> None:
        """Bring the one file up to date on the disk, so that a plain copy of it is complete."""
        if not self.is_read_only:
            with suppress(sqlite3.OperationalError):
                # No room, or the drive is gone: the log beside the file holds every act, and the
                # next opening takes it in.
                settle(self.db)

    def close(self) -> None:
        """Settle, close and let others in; closing twice is fine."""
        if not self._open:
            return
        self._open = False
        try:
            self.settle()
            self.db.close()
            if self._seals and self._checked and not ended_uncleanly(self.path):
                self._seals.put(self.path, self._checked)
        finally:
            self.db.close()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_sure_it_can_be_saved(self) -> None:
        """Asked by the journal before every act."""
        if self.is_read_only:
            raise Problem(
                f"{self.path.name} is open for reading only, so nothing can be changed in it."
            )
        if not self.is_in_place:
            raise FileGone(
                f"{self.path.name} was moved, deleted or replaced by another program while it was open, "
                "and nothing more can be saved into it: put the file back, or make a backup now "
                "(Project menu), which still holds everything, and restore that."
            )


def with_suffix(path: Path) -> Path:
    """Return the path that a new project gets: with our suffix."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def open_project(
    path: Path,
    name: str,
    *,
    clock: Clock,
    new_id: IdMaker,
    anywhere: bool = False,
    updating: Callable[[Database], None] = schema.build,
    seals: Seals | None = None,
    recovering: Callable[[Path], Recovery | None] = recover,
    checking: Callable[[Path], None] | None = None,
) -> ProjectFile:
    """Open a project for this process alone.

    The order keeps the file safe: place, lock, what an unclean end left, connection, what a
    stranger may have put in, damage, and only then an older schema is brought up to date.

    Args:
        path: the file, with or without our suffix.
        name: the person, told to whoever tries to open it meanwhile.
        anywhere: open it on a network share or in a synced folder all the same.
        updating: does what ``schema.build`` does to an older schema, perhaps after a backup.
        seals: where it is remembered which large files are as they were left, and need no check
            of every page. After an unclean end there always is one.
        recovering: does what ``recovery.recover`` does, perhaps beside a window.
        checking: does what ``page_check.check`` does, beside a window, where that is possible.

    Raises:
        CannotOpen: not there, not readable, not ours, or from a newer version.
        RiskyPlace: on a network share or in a synced folder, and not ``anywhere``.
        Damaged: no longer whole.
        lock.HeldElsewhere: open in another window.
    """
    path = find(path)
    finish_restore(path, name, clock())
    refuse_what_is_no_project(path)
    risk = place.risk_of(path)
    if risk and not anywhere:
        raise RiskyPlace(path, risk)
    with sentences(path):
        lock = acquire(path, name, clock())
    try:
        recovery = recovering(path)
        today = date.fromisoformat(clock()[:10])
        checked = seals.checked(path, today) if seals and not recovery else None
        is_checked = bool(checked or (recovery and recovery.is_checked))
        if checking and not is_checked and can_be_beside(path):
            checking(path)
            is_checked = True
        with sentences(path):
            db = connect(path, on_network=bool(risk and risk.is_network))
            try:
                if refuse_foreign(db, path) < schema.SCHEMA_VERSION:
                    updating(db)
                    checked, is_checked = None, bool(recovery and recovery.is_checked)
                if not is_checked:
                    quick_check(db, path)
                refuse_unreadable(db, path)
            except BaseException:
                db.close()
                raise
    except BaseException:
        lock.release()
        raise
    return ProjectFile(path, db, lock, clock, new_id, recovery, seals, checked or today)


def read(path: Path, *, clock: Clock, new_id: IdMaker) -> ProjectFile:
    """Open a complete file that nobody writes to, such as a backup, to be looked at only.

    Raises:
        CannotOpen: as ``open_project`` says; also if it is of an older version.
    """
    refuse_what_is_no_project(path, writing=False)
    with sentences(path):
        db = look(path)
        try:
            if refuse_foreign(db, path) < schema.SCHEMA_VERSION:
                raise CannotOpen(f"{path.name} is of an older version: restore it to use it.")
            quick_check(db, path)
            refuse_unreadable(db, path)
        except BaseException:
            db.close()
            raise
    return ProjectFile(path, db, None, clock, new_id)


def find(path: Path) -> Path:
    """Return the project file meant by a path that may lack our suffix."""
    if not path.exists() and with_suffix(path).exists():
        return with_suffix(path)
    return path
