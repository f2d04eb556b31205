"""How a record becomes a row of its table and back; one small class for all kinds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from annotator.domain.cells import compact
from annotator.store.connection import Database

R = TypeVar("R")

Cell = str | int | float | None
Row = tuple[Cell, ...]


_READER = json.JSONDecoder()
"""Made once: making one takes longer than most of what is read."""


def parsed(text: str) -> Any:
    """Return what ``compact`` wrote; raise ValueError if it is not that and nothing else."""
    found, end = _READER.raw_decode(text)
    if end != len(text):
        raise ValueError(f"after {end} characters of JSON there is more")
    return found


def grouped(rows: list[Any], cell: int) -> dict[Any, list[Any]]:
    """Return rows by one of their cells; they come ordered by it."""
    if rows and rows[0][cell] == rows[-1][cell]:
        return {rows[0][cell]: rows}
    return {key: list(own) for key, own in groupby(rows, itemgetter(cell))}


LOOKED_AT = 5_000
"""So many rows are looked at for a condition in one slice."""


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table that holds one kind of record.

    Attributes:
        kind: name of the table, and of the kind of record in the journal.
        columns: in the order of ``encode``; the first ``keys`` of them are the primary key.
        many: whether records come by the ten thousand, so that SQLite itself journals new ones;
            such a table has row numbers, one key, and no fractions.
    """

    kind: str
    columns: tuple[str, ...]
    encode: Callable[[R], Row]
    decode: Callable[[Row], R]
    keys: int = 1
    many: bool = False

    @cached_property
    def names(self) -> str:
        """The columns as SQL."""
        return ", ".join(self.columns)

    @cached_property
    def _where(self) -> str:
        return " AND ".join(f"{name} = ?" for name in self.columns[: self.keys])

    @cached_property
    def key_sql(self) -> str:
        """The key of a row as the journal has it, as SQL."""
        return " || '/' || ".join(self.columns[: self.keys]) + " || ''"

    @cached_property
    def insert_sql(self) -> str:
        """SQL that adds a row and fails if its key is taken."""
        return (
            f"INSERT INTO {self.kind} ({self.names}) VALUES ({', '.join('?' * len(self.columns))})"
        )

    @cached_property
    def journal_sql(self) -> str:
        """SQL that journals the rows after a row number: takes step, number before, row number twice."""
        cells = ", ".join(f"'{name}', {name}" for name in self.columns)
        return (
            "INSERT INTO change (step, number, kind, record, before, after) "
            f"SELECT ?, ? + rowid - ?, '{self.kind}', {self.columns[0]}, NULL, json_object({cells}) "
            f"FROM {self.kind} WHERE rowid > ? ORDER BY rowid"
        )

    def last_row(self, db: Database) -> int:
        """Return the highest row number; 0 of an empty table.

        It is about how many records there are, as far as few were removed, and is known at once;
        to count them, all of an index has to come from the disk.
        """
        number = db.conn.execute(f"SELECT max(rowid) FROM {self.kind}").fetchone()[0]
        return int(number or 0)

    def key_of(self, row: Row) -> str:
        """Return what names the row in the journal."""
        return "/".join(str(cell) for cell in row[: self.keys])

    def row(self, db: Database, key: str) -> Row | None:
        """Return the row of that key, or None."""
        found: Row | None = db.execute(
            f"SELECT {self.names} FROM {self.kind} WHERE {self._where}",
            key.split("/", self.keys - 1),
        ).fetchone()
        return found

    def known(self, db: Database, keys: Iterable[str]) -> set[str]:
        """Return those of these keys that have a row (tables with a key of one column)."""
        key = self.columns[0]
        sql = f"SELECT {key} FROM {self.kind} WHERE {key} IN (SELECT value FROM json_each(?))"
        return {str(row[0]) for row in db.execute(sql, (json.dumps(list(keys)),))}

    def rows_of(self, db: Database, keys: Iterable[str]) -> dict[str, Row]:
        """Return the rows of those of these keys that have one (tables with a key of one column)."""
        ends = f"WHERE {self.columns[0]} IN (SELECT value FROM json_each(?))"
        return {self.key_of(row): row for row in self.rows(db, ends, (json.dumps(list(keys)),))}

    def with_keys(self, db: Database, keys: Iterable[str]) -> list[R]:
        """Return the records of those of these keys that have one (tables with a key of one column)."""
        return [self.decode(row) for row in self.rows_of(db, keys).values()]

    def get(self, db: Database, key: str) -> R | None:
        """Return the record of that key, or None."""
        row = self.row(db, key)
        return None if row is None else self.decode(row)

    def select(
        self, db: Database, rest: str = "", parameters: tuple[Cell, ...] = ()
    ) -> Iterator[R]:
        """Yield the records that the end of a SELECT (``WHERE … ORDER BY …``) asks for."""
        decode = self.decode
        for row in self.rows(db, rest, parameters):
            yield decode(row)

    def rows(
        self, db: Database, rest: str = "", parameters: tuple[Cell, ...] = ()
    ) -> Iterable[Row]:
        """Return the same as rows that ``decode`` takes."""
        return db.execute(f"SELECT {self.names} FROM {self.kind} {rest}", parameters)

    def numbers(
        self, db: Database, where: str, parameters: tuple[Cell, ...] = ()
    ) -> Iterator[list[int]]:
        """Yield the row numbers of the records that meet a condition, some rows of the table after others.

        Row numbers hold while nothing is removed (tables that have them).
        """
        for some in self.bits(db, f"{self.kind}.rowid", where, parameters):
            yield [number for (number,) in some]

    def bits(
        self,
        db: Database,
        what: str,
        where: str,
        parameters: tuple[Cell, ...],
        rest: str = "",
        share: int | None = None,
    ) -> Iterator[list[Any]]:
        """Yield what a SELECT gives, some rows of the table after others (tables that have row numbers).

        Args:
            rest: the end of the SELECT, such as ``GROUP BY …``; it is done within each bit.
            share: so many rows are looked at for one bit, where it is not ``LOOKED_AT``.
        """
        reached = 0
        piece = f"SELECT max(rowid) FROM (SELECT rowid FROM {self.kind} WHERE rowid > ? ORDER BY rowid LIMIT ?)"
        found = f"SELECT {what} FROM {self.kind} NOT INDEXED WHERE {self.kind}.rowid > ? AND {self.kind}.rowid <= ?"
        while last := db.execute(piece, (reached, share or LOOKED_AT)).fetchone()[0]:
            sql = f"{found} AND ({where}) {rest}"
            yield db.execute(sql, (reached, last, *parameters)).fetchall()
            reached = last

    def numbered(self, db: Database, numbers: Sequence[int]) -> list[R]:
        """Return the records in rows of these numbers."""
        where = "WHERE rowid IN (SELECT value FROM json_each(?))"
        return list(self.select(db, where, (json.dumps(list(numbers)),)))

    def write(self, db: Database, key: str, row: Row | None, before: Row | None = None) -> None:
        """Make the table hold this row under the key, or none: the one way records change.

        Args:
            before: what it holds there now, where that is known: only the columns that differ are
                written then, so that indexes and references of the others are left alone.
        """
        if row is None:
            db.execute(
                f"DELETE FROM {self.kind} WHERE {self._where}", key.split("/", self.keys - 1)
            )
            return
        if before is None:
            updates = ", ".join(f"{name} = excluded.{name}" for name in self.columns[self.keys :])
            conflict = ", ".join(self.columns[: self.keys])
            db.execute(f"{self.insert_sql} ON CONFLICT ({conflict}) DO UPDATE SET {updates}", row)
            return
        self.update(db, [(row, before)])

    def update(self, db: Database, rows: Iterable[tuple[Row, Row]]) -> None:
        """Make the table hold the first row of each pair where it holds the second one now.

        Only the columns that differ are written, so that indexes and references of the others are
        left alone; what many have to change alike is one statement.
        """
        alike: dict[tuple[str, ...], list[Row]] = {}
        for row, before in rows:
            cells = zip(self.columns, row, before, strict=True)
            changed = {name: cell for name, cell, old in cells if cell != old}
            if changed:
                alike.setdefault(tuple(changed), []).append((*changed.values(), *row[: self.keys]))
        for names, parameters in alike.items():
            updates = ", ".join(f"{name} = ?" for name in names)
            sql = f"UPDATE {self.kind} SET {updates} WHERE {self._where}"
            db.conn.executemany(sql, parameters)

    def to_json(self, row: Row) -> str:
        """Return the row as the journal keeps it."""
        return compact(dict(zip(self.columns, row, strict=True)))

    def from_json(self, text: str) -> Row:
        """Return the row that the journal kept."""
        values = json.loads(text)
        return tuple(values[name] for name in self.columns)
