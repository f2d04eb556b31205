"""A copy of a project to read at leisure, while the project itself goes on being worked in."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.store.connection import Database, refuse_amid_a_step


def take(db: Database) -> Path:
    """Copy the project by SQLite's online backup to a temporary file and return its path.

    The connection itself makes the copy, so nobody else's lock is in the way.

    Raises:
        Refused: a step is being written, which may yet be taken back.
    """
    refuse_amid_a_step(db)
    with tempfile.NamedTemporaryFile(prefix="annotator-", suffix=".snapshot", delete=False) as file:
        path = Path(file.name)
    copy = sqlite3.connect(path)
    try:
        db.conn.backup(copy)
    finally:
        copy.close()
    return path


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open a snapshot for reading, in whatever thread this is called, and remove it afterwards."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    try:
        yield Database(connection)
    finally:
        connection.close()
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
