"""The one way a project file is opened, with every PRAGMA that its safety rests on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

__all__ = ["APPLICATION_ID", "Database", "connect", "pragma", "settle"]

APPLICATION_ID = 0x414E4E4F
"""Marks a SQLite file as ours: “ANNO”."""

BUSY_MILLISECONDS = 5000


def connect(path: Path) -> Database:
    """Open the file for this process alone and return its only connection.

    Exclusive locking shuts every other process out and needs no shared-memory file; with
    a single connection the WAL-reset defect of SQLite before 3.51.3 cannot occur. A
    commit is on the disk before it returns (WAL with ``synchronous=FULL``).

    Raises:
        sqlite3.Error: not a database, damaged, not writable, or held by another process.
    """
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)
    try:
        for pragma in (
            "locking_mode=EXCLUSIVE",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "temp_store=MEMORY",
            "journal_mode=WAL",
            "synchronous=FULL",
            "wal_autocheckpoint=1000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return Database(connection, recursive_triggers=False)


def settle(db: Database) -> None:
    """Move everything from the write-ahead log into the one file, so that a plain copy of it is complete."""
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def pragma(db: Database, name: str) -> int | str:
    """Return the value of a PRAGMA."""
    value: int | str = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
    return value
