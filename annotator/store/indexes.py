"""Indexes that a large import does without, and makes in one go when it has brought everything.

Ids lie anywhere in an index: with half a million of them each new row turns a page of its own,
while sorting them all first takes a fraction of the time. SQLite makes and drops indexes within a
transaction like anything else, so that an import that does not come to its end leaves them as they
were. Only indexes by which an import itself looks nothing up are among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.store.connection import Database, pragma

LATER = (
    "mark_by_annotator", "mark_by_actor", "mark_by_layer", "link_by_start", "link_by_end",
    "change_by_record",
)  # fmt: skip

SORTING_KILOBYTES = 4_096
"""Memory in which SQLite sorts the entries of one index."""


def drop(db: Database) -> list[str]:
    """Drop the indexes, within the step that is open; return what makes them again."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE name IN (SELECT value FROM json_each(?))"
    found = db.execute(sql, (json.dumps(LATER),)).fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [str(sql) for _, sql in found]


def make(db: Database, indexes: list[str]) -> Iterator[None]:
    """Make them again, one after the other.

    SQLite sorts in as much memory as it may keep of the file, so that is less meanwhile.
    """
    before = pragma(db, "cache_size")
    db.execute(f"PRAGMA cache_size = -{SORTING_KILOBYTES}")
    try:
        for sql in indexes:
            db.execute(sql)
            yield
    finally:
        db.execute(f"PRAGMA cache_size = {before}")


@contextmanager
def sorting_in_files(db: Database) -> Iterator[None]:
    """Sort in files that nobody else sees, not in memory: a block around the step, for any number of rows.

    SQLite drops all temporary tables for it, so it is not for a project that a window works with.
    """
    before = pragma(db, "temp_store")
    db.execute("PRAGMA temp_store = FILE")
    try:
        yield
    finally:
        db.execute(f"PRAGMA temp_store = {before}")


def size(db: Database) -> int:
    """Return how many bytes the project has."""
    return int(pragma(db, "page_count")) * int(pragma(db, "page_size"))
