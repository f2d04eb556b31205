"""The one way a project file is opened, with every PRAGMA that its safety rests on."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import Refused

if TYPE_CHECKING:
    from annotator.store.tables import Tables

__all__ = [
    "APPLICATION_ID",
    "Database",
    "connect",
    "limit",
    "look",
    "pragma",
    "refuse_amid_a_step",
    "settle",
]

APPLICATION_ID = 0x414E4E4F
"""Marks a SQLite file as ours: “ANNO”."""

BUSY_MILLISECONDS = 5000

CACHE_KILOBYTES = 16_384
"""Room for the pages of indexes: ids lie anywhere in them, and what does not fit is written twice."""

MAX_CELL_BYTES = 64_000_000
"""An article has at most 20 MB, and nothing else comes near; a stranger's file may claim more."""

CAN_WAIT_ASIDE = sqlite3.threadsafety == 3
"""Whether SQLite lets another thread wait for the end of a transaction (see ``slices.SAVING``)."""

AUTOCHECKPOINT_PAGES = 1_000
"""A commit that leaves a longer log moves it into the file."""

MAX_SQL_BYTES = 1_000_000
"""Our longest statement, a table of the schema, has less than 2,000."""


class Database:
    """A connection to a project file.

    What reads and writes records needs no more than this. Tables are made and changed by
    sqlite-utils, which is read from disk when that is to be done: opening a project that is
    up to date takes half the time without it.

    Attributes:
        conn: the connection itself. Nothing begins a transaction on it but ``atomic``.
        is_still: the file is being copied, so nothing is moved into it from the log (``stillness``).
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.is_still = False

    @cached_property
    def tables(self) -> Tables:
        """What makes and changes tables, over the same connection."""
        from annotator.store.tables import Tables

        return Tables(self.conn, recursive_triggers=False)

    def execute(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> sqlite3.Cursor:
        """Run a statement and return its rows."""
        return self.conn.execute(sql, parameters)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Keep all that is written in the block, or nothing of it if it ends with an error.

        A block within a block is a part of it that can fail alone.
        """
        name = f"part_{secrets.token_hex(8)}" if self.conn.in_transaction else ""
        self.conn.execute(f"SAVEPOINT {name}" if name else "BEGIN")
        try:
            yield
            self.conn.execute(f"RELEASE {name}" if name else "COMMIT")
        except BaseException:
            # Some errors end the transaction by themselves; then nothing is left to take back.
            if self.conn.in_transaction:
                if name:
                    self.conn.execute(f"ROLLBACK TO {name}")
                    self.conn.execute(f"RELEASE {name}")
                else:
                    self.conn.rollback()
            raise

    def close(self) -> None:
        """Close the connection, which moves the log into the file; closing twice is fine."""
        self.is_still = False
        self.conn.close()


def connect(path: Path, *, on_network: bool = False) -> Database:
    """Open the file for this process alone and return its only connection.

    Exclusive locking shuts every other process out and needs no shared-memory file; with
    a single connection the WAL-reset defect of SQLite before 3.51.3 cannot occur. A
    commit is on the disk before it returns (WAL with ``synchronous=FULL``). A write-ahead
    log cannot be relied upon on a network share: there a rollback journal is kept instead.

    Raises:
        sqlite3.Error: not a database, damaged, not writable, or held by another process.
    """
    connection = sqlite3.connect(
        path,
        timeout=BUSY_MILLISECONDS / 1000,
        isolation_level=None,
        check_same_thread=not CAN_WAIT_ASIDE,
    )
    try:
        limit(connection)
        for pragma in (
            "locking_mode=EXCLUSIVE",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "temp_store=MEMORY",
            f"cache_size=-{CACHE_KILOBYTES}",
            f"journal_mode={'DELETE' if on_network else 'WAL'}",
            f"synchronous={'EXTRA' if on_network else 'FULL'}",
            f"wal_autocheckpoint={AUTOCHECKPOINT_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def look(path: Path) -> Database:
    """Open a complete file that nobody writes to (a backup), for reading only; nothing appears beside it.

    Raises:
        sqlite3.Error: not a database, or damaged.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        limit(connection)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def limit(connection: sqlite3.Connection) -> None:
    """Bound what a file made by a stranger can ask for; no other database can be attached."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 10)


def settle(db: Database) -> None:
    """Move everything from the write-ahead log into the one file, so that a plain copy of it is complete.

    While a step is being written there is nothing to settle yet; while the file is being copied it
    has to wait.
    """
    if not db.conn.in_transaction and not db.is_still:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def let_go_of_the_disk(db: Database) -> None:
    """Let what is thrown away afterwards wait for no disk, and have nothing to do when it is closed.

    Python lets no other thread go on while a connection is closed: where the disk is busy, removing
    the log stopped a window for more than a tenth of a second.
    """
    for setting in ("synchronous=OFF", "journal_mode=MEMORY"):
        db.conn.execute(f"PRAGMA {setting}")


def refuse_amid_a_step(db: Database) -> None:
    """Raise Refused while a long step, such as an import, is being written.

    Another act would be lost with it if it is cancelled, and a copy would hold half of it.
    """
    if db.conn.in_transaction:
        raise Refused("An import or a merge is being written: wait for it, or cancel it first.")


def pragma(db: Database, name: str) -> int | str:
    """Return the value of a PRAGMA."""
    value: int | str = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
    return value
