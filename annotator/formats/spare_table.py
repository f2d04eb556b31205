"""A table in a temporary file that nobody else sees, for what memory should not hold and is looked for by name.

The file is SQLite's own: it has no name, is made when memory for some hundred kilobytes is full, and
is gone with its owner or with the process. On Linux and macOS it is where ``SQLITE_TMPDIR`` or
``TMPDIR`` says, else in ``/var/tmp``, which is on a disk where ``/tmp`` may be memory.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import weakref
from collections.abc import Iterator
from typing import Any

CACHE_KILOBYTES = 512
"""So much of the table is in memory."""

SETTINGS = (
    # Nobody will ever read what a process that ended left of it.
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
)


class SpareTable:
    """One or more tables that belong to an owner, written in one transaction that never ends.

    It may be used from any thread, by one at a time.
    """

    def __init__(self, owner: object, *statements: str) -> None:
        """Make the tables with some statements; they are gone when ``owner`` is. Raises like ``write``."""
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(owner, self._connection.close)
        cache = f"PRAGMA cache_size = -{CACHE_KILOBYTES}"
        for statement in (cache, *SETTINGS, "BEGIN", *statements):
            self.write(statement)

    def write(self, statement: str, *values: object) -> bool:
        """Run a statement; tell whether it changed anything.

        Raises:
            OSError: the disk is full, or the file cannot be made or written.
        """
        try:
            return self._connection.execute(statement, values).rowcount > 0
        except sqlite3.OperationalError as error:
            raise _told(error) from error

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds, row by row; raises like ``write``."""
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.OperationalError as error:
            raise _told(error) from error

    def has(self, query: str, *values: object) -> bool:
        """Tell whether a query finds anything; raises like ``write``."""
        return next(self.rows(query, *values), None) is not None


def key_of(name: str) -> bytes:
    """Return a name as it stands in a table: file names may have halves of characters in them."""
    return name.encode("utf-8", "surrogatepass")


def name_of(key: bytes) -> str:
    """Return the name that a key was made from."""
    return key.decode("utf-8", "surrogatepass")


def _told(error: sqlite3.OperationalError) -> OSError:
    """Return what an ordinary file would have said."""
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return OSError(errno.EIO, f"a temporary file: {error}")
