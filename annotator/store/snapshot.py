"""A copy of a project to read at leisure, while the project itself goes on being worked in."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.store.connection import Database, refuse_amid_a_step

PIECE_BYTES = 4_000_000

PAGES = 1_000
"""So many pages are copied by SQLite at a time."""


def take(db: Database) -> Path:
    """Copy the project by SQLite's online backup to a temporary file and return its path.

    The connection itself makes the copy, so nobody else's lock is in the way.

    Raises:
        Refused: a step is being written, which may yet be taken back.
        Problem: there is no room for the copy, or the file is too damaged to be copied.
    """
    refuse_amid_a_step(db)
    path = fresh()
    copy = sqlite3.connect(path)
    try:
        # Piece by piece, so that what is read of the project meanwhile does not wait for all of it.
        db.conn.backup(copy, pages=PAGES)
    except sqlite3.Error as error:
        copy.close()
        drop(path)
        raise Problem(
            f"The project could not be copied to be worked on beside ({error}): make room in "
            f"{path.parent}, or check the project (annotator check)."
        ) from error
    copy.close()
    return path


def of_file(source: Path, copy: Path, tell: Callable[[int, int], bool]) -> bool:
    """Copy a project's file byte by byte; return False if ``tell`` said to stop.

    Only for a process that does not have the project open: were it the same one, closing the file
    here would take SQLite's locks from it. See ``stillness``.

    Raises:
        OSError: it cannot be read, or there is no room for the copy.
    """
    total, done = source.stat().st_size, 0
    with source.open("rb") as original, copy.open("wb") as target:
        while piece := original.read(PIECE_BYTES):
            if not tell(done // PIECE_BYTES, total // PIECE_BYTES + 1):
                return False
            target.write(piece)
            done += len(piece)
    return True


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open a snapshot for reading, in whatever thread or process this is called, and remove it afterwards."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA query_only=ON")
        yield Database(connection)
    finally:
        connection.close()
        drop(path)


def fresh() -> Path:
    """Make an empty file for a snapshot and return its path."""
    with tempfile.NamedTemporaryFile(prefix="annotator-", suffix=".snapshot", delete=False) as file:
        return Path(file.name)


def drop(path: Path) -> None:
    """Remove a snapshot, if it is there."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
