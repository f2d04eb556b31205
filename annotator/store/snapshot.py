"""A copy of a project to read at leisure, while the project itself goes on being worked in."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.domain.slices import Slices
from annotator.store import schema
from annotator.store.connection import Database, refuse_amid_a_step

ROWS = 100
"""So many rows are copied between two frames of the screen."""

TEXTS = 10
"""Texts are longer than other rows."""

PIECE_BYTES = 4_000_000

PAGES = 1_000
"""So many pages are copied by SQLite at a time."""

LEFT_OUT = ("sqlite_", "text_words", "shingle", "step", "change")
"""Tables that hold the history and what is made anew from the texts: the largest part, and nothing to count."""


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


def settled(db: Database) -> bool:
    """Bring everything into the project's one file; tell whether a plain copy of it is complete now.

    It stays so until something is written.

    Raises:
        Refused: a step is being written, which may yet be taken back.
    """
    refuse_amid_a_step(db)
    try:
        busy, left, moved = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:  # somebody is in the midst of reading
        return False
    return not busy and bool(left == moved)


def of_file(source: Path, copy: Path, tell: Callable[[int, int], bool]) -> bool:
    """Copy a project's file byte by byte; return False if ``tell`` said to stop.

    Only for a process that does not have the project open: were it the same one, closing the file
    here would take SQLite's locks from it. See ``settled``.

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


def slices(db: Database) -> Slices[Path]:
    """Copy the records of the project, without its history, a few rows at a time; return the path of the copy.

    Nothing may be written meanwhile. What is given up leaves no file.

    Raises:
        Refused: a step is being written, which may yet be taken back.
    """
    refuse_amid_a_step(db)
    path = fresh()
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        # A copy that is not whole is thrown away, so nothing of it has to be safe.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        copy.execute("BEGIN")
        for name, sql in db.execute(_TABLES).fetchall():
            if not name.startswith(LEFT_OUT):
                copy.execute(sql)
                yield from _copied(db, copy, name)
        copy.execute("COMMIT")
    except BaseException:
        copy.close()
        drop(path)
        raise
    copy.close()
    return path


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open a snapshot for reading, in whatever thread or process this is called, and remove it afterwards."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _index(connection)
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


def _copied(db: Database, copy: sqlite3.Connection, table: str) -> Iterator[None]:
    rows = db.execute(f"SELECT * FROM {table}")
    places = ", ".join("?" for _ in rows.description)
    insert = f"INSERT INTO {table} VALUES ({places})"
    while some := rows.fetchmany(TEXTS if table == "text" else ROWS):
        copy.executemany(insert, some)
        yield


def _index(copy: sqlite3.Connection) -> None:
    """Make what things are looked up by; a copy made row by row comes without."""
    there = {name for (name,) in copy.execute("SELECT type || ' ' || name FROM sqlite_schema")}
    for name, sql in schema.expected(schema.SCHEMA_VERSION).items():
        table = sql.partition(" ON ")[2].partition(" ")[0]
        if name.startswith("index ") and name not in there and f"table {table}" in there:
            copy.execute(sql)


_TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
