"""Reading tables of another program's SQLite file, which is never written to and never trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.domain.errors import BadInput
from annotator.store.connection import look

_HEAD = b"SQLite format 3\x00"


def rows(path: Path, table: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table, by column name.

    Views are no tables here: a view of a stranger's file could run anything that SQL can.

    Raises:
        BadInput: no SQLite file, damaged, or without that table.
    """
    with path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            raise BadInput("is no SQLite file")
    try:
        connection = look(path).conn
    except sqlite3.Error as error:
        raise BadInput(f"is no database that can be read ({error})") from None
    try:
        known = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()[0]
        if not known:
            raise BadInput(f"has no table {table}")
        quoted = table.replace('"', '""')
        cursor = connection.execute(f'SELECT * FROM "{quoted}"')
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
    except sqlite3.Error as error:
        raise BadInput(f"is a damaged database ({error})") from None
    finally:
        connection.close()
