"""Reading what can still be read of a damaged project, row by row; nothing is written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.text import sha256_of
from annotator.store import schema
from annotator.store.connection import Database, limit
from annotator.store.kinds import TABLES
from annotator.store.rows import Cell, Row

LEAPS = 40
"""How many times reading goes on behind a damaged place before it gives the rest up."""

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""SQLite quotes the damage in its message, and Python then cannot decode the message."""

_STEP = ("number", "id", "name", "annotator", "at", "state", "article")
_CHANGE = ("step", "number", "kind", "record", "before", "after")


@dataclass
class Salvage:
    """What was read.

    Attributes:
        texts: bodies by their SHA-256, only those that still have it.
        records: rows by kind and key, as the tables have them.
        steps: rows of the journal by number; ``changes`` by step and number.
        facts: what the file says about itself.
        gaps: one sentence for each table that could not be read to its end.
    """

    texts: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, Row]] = field(default_factory=dict)
    steps: dict[int, Row] = field(default_factory=dict)
    changes: dict[tuple[int, int], Row] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)

    def replayed(self) -> dict[str, dict[str, dict[str, Any] | None]]:
        """Return each record as the journal left it, by kind and key; None where it was taken away."""
        found: dict[str, dict[str, dict[str, Any] | None]] = {kind: {} for kind in TABLES}
        for (step, _), row in sorted(self.changes.items()):
            if step in self.steps and self.steps[step][5] != "done":
                continue
            kind, key, after = str(row[2]), str(row[3]), row[5]
            if kind in found:
                value = _object(after)
                if value is not None or after is None:
                    found[kind][key] = value
        return found

    def journal_is_whole(self) -> bool:
        """Tell whether every change has its step and finds what the one before it left."""
        if any("step" in gap or "change" in gap for gap in self.gaps):
            return False
        last: dict[tuple[str, str], Cell] = {}
        for (step, _), (_, _, kind, record, before, after) in sorted(self.changes.items()):
            if step not in self.steps:
                return False
            if (before is None and after is None) or not (_readable(before) and _readable(after)):
                return False
            if self.steps[step][5] == "done":
                at = (str(kind), str(record))
                if last.get(at) != before:
                    return False
                last[at] = after
        counted = {step for step, _ in self.changes}
        return all(number in counted for number in self.steps)


def salvage(path: Path) -> Salvage:
    """Read what can be read of a file; it must not be open elsewhere.

    Raises:
        sqlite3.Error: nothing can be read at all.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    # A byte that went wrong must not hide the rest of its row; texts are proved by their hash.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        limit(connection)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        return _read(Database(connection))
    finally:
        connection.close()


def _read(db: Database) -> Salvage:
    found = Salvage()
    ours = _tables(db)
    for key, value in _rows(db, ours, found, "project", ("key", "value"), "key"):
        found.facts[str(key)] = str(value)
    for sha256, body in _rows(db, ours, found, "text", ("sha256", "body"), "rowid"):
        if isinstance(body, str) and body and sha256_of(body) == sha256:
            found.texts[str(sha256)] = body
    for kind, table in TABLES.items():
        order = "rowid" if table.keys == 1 else ", ".join(table.columns[: table.keys])
        found.records[kind] = {
            table.key_of(row): row for row in _rows(db, ours, found, kind, table.columns, order)
        }
    for row in _rows(db, ours, found, "step", _STEP, "number"):
        if isinstance(row[0], int):
            found.steps[row[0]] = row
    for row in _rows(db, ours, found, "change", _CHANGE, "step, number"):
        if isinstance(row[0], int) and isinstance(row[1], int):
            found.changes[row[0], row[1]] = row
    return found


def _tables(db: Database) -> set[str]:
    """Return the names of real tables; a view or a virtual table under one of our names is not read."""
    try:
        rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    except UNREADABLE:
        return set()
    return {
        str(name)
        for name, sql in rows
        if "VIRTUAL" not in str(sql).upper().split("(", maxsplit=1)[0]
    }


def _version(db: Database) -> int:
    """Return the version of the schema; what cannot be one counts as the present one."""
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
    except UNREADABLE:
        return schema.SCHEMA_VERSION
    return version if 0 < version < schema.SCHEMA_VERSION else schema.SCHEMA_VERSION


def _rows(
    db: Database,
    ours: set[str],
    found: Salvage,
    table: str,
    columns: Sequence[str],
    order: str,
) -> Iterator[Row]:
    """Yield the rows of a table, from both ends towards what cannot be read."""
    if table not in ours:
        if f"table {table}" in schema.expected(_version(db)):
            found.gaps.append(f"The table “{table}” could not be read.")
        return
    names = ", ".join(f'"{name}"' for name in columns)
    broken = False
    for direction in ("", " DESC"):
        ordered = ", ".join(part + direction for part in order.split(", "))
        try:
            yield from db.execute(f"SELECT {names} FROM {table} NOT INDEXED ORDER BY {ordered}")
        except UNREADABLE:
            broken = True
            continue
        break
    if broken:
        found.gaps.append(f"The table “{table}” could not be read to its end.")
        if order in ("rowid", "number"):
            yield from _behind_damage(db, table, names, order)


def _behind_damage(db: Database, table: str, names: str, order: str) -> Iterator[Row]:
    """Yield rows that can be reached by their number although pages before them cannot be read."""
    try:
        first, last = db.execute(f"SELECT min({order}), max({order}) FROM {table}").fetchone()
    except UNREADABLE:
        return
    if first is None:
        return
    leap = max((last - first) // LEAPS, 1)
    for start in range(first, last + 1, leap):
        try:
            yield from db.execute(
                f"SELECT {names} FROM {table} NOT INDEXED "
                f"WHERE {order} BETWEEN ? AND ? ORDER BY {order}",
                (start, start + leap - 1),
            )
        except UNREADABLE:
            continue


def _readable(text: Cell) -> bool:
    return text is None or _object(text) is not None


def _object(text: Cell) -> dict[str, Any] | None:
    try:
        value = json.loads(str(text)) if text is not None else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
