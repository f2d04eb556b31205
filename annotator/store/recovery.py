"""After an end without closing: proving on a copy what the write-ahead log brings back.

SQLite itself replays the log on opening. What it cannot know is whether the log belongs to the file
beside it: a backup put in place by hand next to an old log would be overwritten by it. So the pair
is tried on a copy first, and the original stays untouched until one way of reading it is whole.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import Problem
from annotator.store import check
from annotator.store.connection import connect
from annotator.store.interrupting import ended_when
from annotator.store.refusals import WAY_ON, Damaged, refuse_foreign, sentences

_LOG_HEADER = 32
"""A log of this many bytes or fewer holds no frame."""


class Recovery(NamedTuple):
    """What was found after an end without closing.

    Attributes:
        last_act: name of the newest act in the project.
        at: when it was done, UTC in ISO 8601.
        set_aside: where a log that did not belong to the project was moved, if there was one.
    """

    last_act: str
    at: str
    set_aside: Path | None = None

    @property
    def is_checked(self) -> bool:
        """Whether all of it was found whole; what is not for this version to judge was not."""
        return bool(self.at)


PIECE_BYTES = 4_000_000

Tell = Callable[[int, int], bool]
"""Told how many parts of the check are done and how many there are; returns False to stop."""


class GivenUp(Problem):
    """The check after an end without closing was cancelled; the project stays closed, as it was."""


def log_of(project: Path) -> Path:
    """Return where the write-ahead log of a project stands while it is open."""
    return project.with_name(f"{project.name}-wal")


def ended_uncleanly(project: Path) -> bool:
    """Tell whether a log with something in it was left beside the project."""
    with suppress(FileNotFoundError):
        return log_of(project).stat().st_size > _LOG_HEADER
    return False


def recover(project: Path, tell: Tell | None = None) -> Recovery | None:
    """Make sure that opening a project now gives a whole one; None after a clean end.

    Raises:
        GivenUp: ``tell`` said to stop.
        Damaged: neither with its log nor without it the file is whole; it was not touched.
    """
    if not ended_uncleanly(project):
        return None

    reached = _Reached(project, tell)
    with sentences(project), tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        scratch = Path(folder) / "project"
        _copy(project, scratch, reached)
        _copy(log_of(project), log_of(scratch), reached)
        found = _whole(scratch, reached)
        if found:
            if found.is_checked:
                _take_in_log(project)
            return found
        for leftover in Path(folder).iterdir():
            leftover.unlink()
        _copy(project, scratch, reached)
        found = _whole(scratch, reached)
        if found:
            return Recovery(found.last_act, found.at, _set_log_aside(project))
    raise Damaged(
        f"{project.name} was not closed properly and is damaged; it was left as it is. {WAY_ON}"
    )


class _Reached:
    """Tells how far the check is, also in the midst of a part of it, and ends it when it is to stop."""

    def __init__(self, project: Path, tell: Tell | None) -> None:
        self._project = project
        self._tell = tell
        self._state = 0, 0
        self._is_unwanted = False

    def __call__(self, done: int, total: int) -> None:
        self._state = done, total
        self.go_on()

    def go_on(self) -> None:
        """Raise GivenUp if the check is to stop."""
        if self.is_unwanted():
            raise GivenUp(
                f"{self._project.name} was not opened, as the check of what was saved last was "
                "cancelled; it is as it was."
            )

    def is_unwanted(self) -> bool:
        """Tell whether the check is to stop; asked by another thread, too, while SQLite works."""
        if self._tell and not self._is_unwanted:
            self._is_unwanted = not self._tell(*self._state)
        return self._is_unwanted


def _copy(source: Path, target: Path, reached: _Reached) -> None:
    with source.open("rb") as original, target.open("wb") as copy:
        while piece := original.read(PIECE_BYTES):
            reached.go_on()
            copy.write(piece)


def _whole(scratch: Path, reached: _Reached) -> Recovery | None:
    """Open a copy and check all of it; None if anything is wrong."""
    try:
        db = connect(scratch)
    except sqlite3.Error:
        return None
    try:
        with ended_when(db, reached.is_unwanted):
            refuse_foreign(db, scratch)
            if next(check.problems(db, reached), None) is not None:
                reached.go_on()
                return None
        name, at = db.execute("SELECT name, at FROM step ORDER BY number DESC LIMIT 1").fetchone()
        return Recovery(str(name), str(at))
    except GivenUp:
        raise
    except Damaged:
        return None
    except Problem:
        # From a newer version or a stranger: not for us to judge; opening says so.
        return Recovery("", "")
    except (sqlite3.Error, ValueError, TypeError):
        reached.go_on()
        return None
    finally:
        db.close()


def _take_in_log(project: Path) -> None:
    """Let SQLite replay a log that was found whole, as opening would: here a window need not wait for it."""
    with suppress(sqlite3.Error):  # opening will say what is wrong
        connect(project).close()


def _set_log_aside(project: Path) -> Path:
    log = log_of(project)
    number = 1
    while (aside := log.with_name(f"{log.name}.set-aside-{number}")).exists():
        number += 1
    log.rename(aside)
    return aside
