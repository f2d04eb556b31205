"""Checking every page of a closed project before it is opened, so that a window can go on meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.store import header, schema, seal
from annotator.store.connection import CACHE_KILOBYTES, look
from annotator.store.interrupting import ended_when
from annotator.store.refusals import quick_check, refuse_foreign, sentences

Tell = Callable[[int, int], bool]
"""Told that the check goes on; returns False to stop."""


class NotChecked(Problem):
    """The check was cancelled; the project stays closed, as it was."""


_CANCELLED = "{} was not opened, as its check was cancelled; it is as it was."


def can_be_beside(path: Path) -> bool:
    """Tell whether a file that is to be checked is large, and all there is to know of it is in it."""
    logs = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    return (
        path.stat().st_size >= seal.LARGE
        and not any(log.exists() and log.stat().st_size for log in logs)
        and header.read(path).user_version == schema.SCHEMA_VERSION
    )


def check(path: Path, tell: Tell) -> None:
    """Make sure that a project which nobody has open is whole; in whatever thread this is called.

    It has a connection of its own, which is closed before the project is opened: a process that
    closes a file loses the locks that SQLite has on it.

    Raises:
        NotChecked: ``tell`` said to stop.
        Damaged: it is not whole.
    """
    stopped = False

    def told() -> bool:
        nonlocal stopped
        stopped = stopped or not tell(0, 0)
        return stopped

    with sentences(path):
        db = look(path)
        try:
            refuse_foreign(db, path)
            db.execute(f"PRAGMA cache_size=-{CACHE_KILOBYTES}")
            with ended_when(db, told):
                quick_check(db, path)
        except sqlite3.OperationalError as error:
            if not stopped:
                raise
            raise NotChecked(_CANCELLED.format(path.name)) from error
        finally:
            db.close()
    if stopped:
        raise NotChecked(_CANCELLED.format(path.name))
