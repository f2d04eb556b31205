"""Writing records within one step of the journal: each with what was there before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from annotator.domain.step import MANY_TOLD, Change
from annotator.store.connection import Database
from annotator.store.kinds import TABLES, table_of
from annotator.store.revisions import Revisions
from annotator.store.rows import Row, Table

if TYPE_CHECKING:
    from annotator.domain.step import Record

_NEW_CHANGE = (
    "INSERT INTO change (step, number, kind, record, before, after) VALUES (?, ?, ?, ?, ?, ?)"
)

FEW = 2_000
"""Records are journalled so many at a time, or some more (``Writer.is_behind``)."""

AT_HAND = 200
"""The same of rows that are held until then, of tables that SQLite does not journal itself."""


@dataclass(slots=True)
class _New:
    """New records of one table that are not journalled yet.

    Attributes:
        after: the highest row number before them, where the table has such numbers.
        rows: they themselves, where SQLite does not journal them itself.
    """

    after: int
    count: int = 0
    rows: list[Row] = field(default_factory=list)


class Writer:
    """Writes records within one step and journals what was there before.

    Attributes:
        changes: what was changed so far; empty in a bulk step, which may touch more records than
            memory should hold, and in one that turns out to touch more than ``MANY_TOLD``.
    """

    def __init__(self, db: Database, step: int, revisions: Revisions, *, bulk: bool) -> None:
        self._db = db
        self._step = step
        self._revisions = revisions
        self._bulk = bulk
        self._journalled = 0
        self._waiting: dict[Table[Any], _New] = {}
        self.changes: list[Change] = []

    @property
    def count(self) -> int:
        """How many records were changed so far."""
        return self._journalled + self._unsettled

    @property
    def is_behind(self) -> bool:
        """Tell whether so much is not journalled that ``settle`` is wanted now.

        It is mostly SQLite's work, so another thread can do it while a window goes on. Where nobody
        asks, it is done when there is twice as much.
        """
        return self._is_behind(1)

    def _is_behind(self, times: int) -> bool:
        held = max((len(new.rows) for new in self._waiting.values()), default=0)
        return self._unsettled >= times * FEW or held >= times * AT_HAND

    @property
    def _unsettled(self) -> int:
        return sum(new.count for new in self._waiting.values())

    def put(self, record: Record) -> None:
        """Make or change a record; writing what is there already does nothing."""
        table = table_of(record)
        after = table.encode(record)
        key = table.key_of(after)
        before = table.row(self._db, key)
        if before == after:
            return
        if before is not None or table in self._waiting:
            self.settle()
        table.write(self._db, key, after, before)
        self._note(table.kind, key, before, after)
        self._tell(Change(None if row is None else table.decode(row), record) for row in (before,))

    def put_all(self, records: Iterable[Record]) -> None:
        """Change many records, each as ``put`` would, in a fraction of the time."""
        for table, group in groupby(records, key=table_of):
            made = list(group)
            rows = {table.key_of(row): row for row in map(table.encode, made)}
            there = table.rows_of(self._db, rows) if table.keys == 1 else {}
            if len(there) < len(made):
                # Some are new, or come twice.
                for record in made:
                    self.put(record)
                continue
            changed = {key: row for key, row in rows.items() if there[key] != row}
            if changed:
                self.settle()
                table.update(self._db, ((row, there[key]) for key, row in changed.items()))
                self._note_changed(table, changed, there)
            self._tell(
                Change(table.decode(there[key]), record)
                for key, record in zip(rows, made, strict=True)
                if key in changed
            )

    def add(self, records: Iterable[Record]) -> None:
        """Make records that are known to be new, quickly; fails if one is there already."""
        for table, group in groupby(records, key=table_of):
            made = list(group)
            self.add_rows(table, [table.encode(record) for record in made])
            self._tell(Change(None, record) for record in made)

    def add_rows(self, table: Table[Any], rows: list[Row]) -> None:
        """Make records out of rows; what ``add`` does, for a bulk step that has no use for the records."""
        new = self._waiting.get(table)
        if new is None:
            last = table.last_row(self._db) if table.many else 0
            new = self._waiting[table] = _New(last)
        self._db.conn.executemany(table.insert_sql, rows)
        if table.many or self._bulk:
            self._revisions.changed_many(table.kind, len(rows))
        else:
            self._revisions.changed(table.kind, [table.key_of(row) for row in rows])
        new.count += len(rows)
        if not table.many:
            new.rows += rows
        if self._is_behind(2):
            self.settle()

    def settle(self) -> None:
        """Journal what was made and is not journalled yet, many records with one statement each.

        A statement for a handful of records would take several times as long for each of them.
        It reads what the tables hold, so it comes before any of those records changes again. What
        others refer to comes first, so that doing it again leaves no reference open meanwhile.
        """
        for table in TABLES.values():
            new = self._waiting.pop(table, None)
            if new is None:
                continue
            if table.many:
                places = self._step, self._journalled, new.after, new.after
                self._db.conn.execute(table.journal_sql, places)
                self._journalled += new.count
            else:
                self._note_new(table, new.rows)

    def remove(self, record: Record) -> None:
        """Take a record away; the journal keeps it."""
        table = table_of(record)
        key = table.key_of(table.encode(record))
        before = table.row(self._db, key)
        if before is None:
            return
        self.settle()
        table.write(self._db, key, None)
        self._note(table.kind, key, before, None)
        self._tell(Change(table.decode(row), None) for row in (before,))

    def _tell(self, changes: Iterable[Change]) -> None:
        """Keep changes for whoever shows them, until they are more than are told one by one."""
        if self._bulk:
            return
        self.changes += changes
        if len(self.changes) > MANY_TOLD:
            self._bulk, self.changes = True, []

    def _note_new(self, table: Table[Any], rows: list[Row]) -> None:
        first = self._journalled + 1
        self._db.conn.executemany(
            _NEW_CHANGE,
            (
                (self._step, number, table.kind, table.key_of(row), None, table.to_json(row))
                for number, row in enumerate(rows, first)
            ),
        )
        self._journalled += len(rows)

    def _note_changed(
        self, table: Table[Any], rows: Mapping[str, Row], before: Mapping[str, Row]
    ) -> None:
        first = self._journalled + 1
        self._db.conn.executemany(
            _NEW_CHANGE,
            (
                (
                    self._step,
                    number,
                    table.kind,
                    key,
                    table.to_json(before[key]),
                    table.to_json(row),
                )
                for number, (key, row) in enumerate(rows.items(), first)
            ),
        )
        self._journalled += len(rows)
        self._changed(table.kind, rows.keys())

    def _changed(self, kind: str, keys: Collection[str]) -> None:
        """Tell what changed, unless it is too much for memory to hold."""
        if self._bulk:
            self._revisions.changed_many(kind, len(keys))
        else:
            self._revisions.changed(kind, keys)

    def _note(self, kind: str, key: str, before: Row | None, after: Row | None) -> None:
        self._journalled += 1
        self._changed(kind, (key,))
        table = TABLES[kind]
        self._db.conn.execute(
            _NEW_CHANGE,
            (
                self._step,
                self._journalled,
                kind,
                key,
                None if before is None else table.to_json(before),
                None if after is None else table.to_json(after),
            ),
        )
