"""The journal: acts are steps, each one transaction, with every record before and after.

Doing, undoing and redoing change records through the same function, ``Table.write``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Clock, Id, IdMaker
from annotator.domain.slices import BATCH, READING, SAVING, Slices, whole
from annotator.domain.step import MANY_TOLD, Change, Outcome, Step, StepState
from annotator.store import fetching, kinds, step_writer
from annotator.store.connection import CAN_WAIT_ASIDE, Database, refuse_amid_a_step
from annotator.store.revisions import Revisions
from annotator.store.rows import Row, Table

_STEP_COLUMNS = "number, id, name, annotator, at, state, article"
_FLOOR = "coalesce((SELECT CAST(value AS INTEGER) FROM project WHERE key = 'undo_floor'), 1)"
"""Nothing up to this step is undone: the step that made the project, or the one that repaired it."""


class _NothingChanged(Exception):
    """Rolls an empty step back, so that it leaves no trace."""


class Ticket:
    """What ``Journal.step`` hands out: the writer while the step runs, its outcome afterwards."""

    def __init__(self, writer: step_writer.Writer) -> None:
        self.write = writer
        self.outcome = Outcome(None)


class Journal:
    """All steps of a project, in the order they were done.

    Attributes:
        revisions: what changed since opening, so that what was computed from records can be
            kept until they change.
        saved: a number that grows whenever an act, an undo or a redo was saved.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        new_id: IdMaker,
        make_sure: Callable[[], None] = lambda: None,
    ) -> None:
        """``make_sure`` is called before each act and raises a Problem where nothing can be saved."""
        self.revisions = Revisions()
        self.saved = 0
        self._db = db
        self._clock = clock
        self._new_id = new_id
        self._make_sure = make_sure

    @contextmanager
    def step(
        self, name: str, annotator: Id | None, article: Id | None = None, *, bulk: bool = False
    ) -> Iterator[Ticket]:
        """Run one act: all of it is on the disk when the block ends, or nothing of it.

        Steps that the same annotator had undone can no longer be redone afterwards. A
        block that changes nothing leaves no step.

        Raises:
            Refused: the act would break a rule that the file itself holds, or another step is
                being written.
        """
        self._make_sure()
        refuse_amid_a_step(self._db)
        number = 1 + (self._db.conn.execute("SELECT max(number) FROM step").fetchone()[0] or 0)
        ticket = Ticket(step_writer.Writer(self._db, number, self.revisions, bulk=bulk))
        step = Step(number, self._new_id(), name, annotator, self._clock(), StepState.DONE, article)
        try:
            with self._whole():
                self._begin(step)
                yield ticket
                ticket.write.settle()
                if not ticket.write.count:
                    raise _NothingChanged
                self._drop_undone(annotator)
        except _NothingChanged:
            return
        self.saved += 1
        ticket.outcome = Outcome(step, tuple(ticket.write.changes))

    def next_undo(self, annotator: Id | None) -> Step | None:
        """Return the step that ``undo`` would take back, or None; ``annotator`` None means anybody's.

        The first step, which made the project, stays.
        """
        return self._one("state = 'done'", annotator, "DESC")

    def next_redo(self, annotator: Id | None) -> Step | None:
        """Return the step that ``redo`` would do again, or None."""
        return self._one("state = 'undone'", annotator, "ASC")

    def undo(self, step: Step) -> Outcome:
        """Take a step back.

        Raises:
            Refused: later work changed the same records; nothing is changed then.
        """
        return whole(self.turn(step, StepState.UNDONE))

    def redo(self, step: Step) -> Outcome:
        """Do an undone step again; raises like ``undo``."""
        return whole(self.turn(step, StepState.DONE))

    def history(self, limit: int = -1, record: str | None = None) -> list[Step]:
        """Return steps, newest first; only those that touched ``record`` if one is named."""
        where = "WHERE number IN (SELECT step FROM change WHERE record = ?)" if record else ""
        parameters: tuple[str | int, ...] = (record, limit) if record else (limit,)
        rows = self._db.execute(
            f"SELECT {_STEP_COLUMNS} FROM step {where} ORDER BY number DESC LIMIT ?", parameters
        )
        return [_step(row) for row in rows]

    def is_long(self, step: int, least: int) -> bool:
        """Tell whether a step touched so many records or more, without counting them all."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM change WHERE step = ? LIMIT ?)"
        return bool(self._db.execute(sql, (step, least)).fetchone()[0] >= least)

    def _begin(self, step: Step) -> None:
        """Write the step before its changes, which name it.

        While a reference is open, SQLite looks through every table that could refer to a new
        record, whenever one is made.
        """
        self._db.conn.execute(
            f"INSERT INTO step ({_STEP_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                step.number,
                step.id,
                step.name,
                step.annotator,
                step.at,
                step.state,
                step.article,
            ),
        )

    def turn(self, step: Step, state: StepState) -> Slices[Outcome]:
        """Take a step back (``UNDONE``) or do it again, slice by slice, as one transaction.

        It yields after each change: one alone may take some time where its pages come from the disk.
        Those of a long step are fetched by another thread first, two thousand records at a time. Who
        closes it before its end leaves all as it was.
        """
        self._make_sure()
        refuse_amid_a_step(self._db)
        undoing = state is StepState.UNDONE
        order = "DESC" if undoing else "ASC"
        changes: list[Change] = []
        turned = 0
        with self._whole():
            rows = self._db.conn.execute(
                f"SELECT kind, record, before, after FROM change WHERE step = ? ORDER BY number {order}",
                (step.number,),
            )
            is_long = CAN_WAIT_ASIDE and self._size(step.number) >= fetching.AHEAD
            some = yield from self._next_changes(rows, is_long=is_long)
            while some:
                for kind, key, before, after in some:
                    table, current, wanted = self._turn_one(
                        step, kind, key, *((after, before) if undoing else (before, after))
                    )
                    turned += 1
                    if turned <= MANY_TOLD:
                        changes.append(
                            Change(
                                None if current is None else table.decode(current),
                                None if wanted is None else table.decode(wanted),
                            )
                        )
                    elif changes:
                        changes = []
                    yield
                some = yield from self._next_changes(rows, is_long=is_long)
            self._db.conn.execute(
                "UPDATE step SET state = ? WHERE number = ?", (state, step.number)
            )
            if CAN_WAIT_ASIDE:
                yield SAVING
        self.saved += 1
        return Outcome(step, tuple(changes))

    def _size(self, step: int) -> int:
        """Return how many records a step touched: they are numbered."""
        sql = "SELECT coalesce(max(number), 0) FROM change WHERE step = ?"
        return int(self._db.execute(sql, (step,)).fetchone()[0])

    def _next_changes(self, rows: sqlite3.Cursor, *, is_long: bool) -> Slices[list[Any]]:
        """Return the next changes of a step; of a long one another thread waits for all that they need."""
        if not is_long:
            return rows.fetchmany(BATCH)
        yield READING
        some = rows.fetchmany(fetching.AHEAD)
        fetching.fetch(self._db, ((kind, key) for kind, key, _, _ in some))
        # What follows is the window's again.
        yield
        return some

    def _turn_one(
        self, step: Step, kind: str, key: str, here: str | None, there: str | None
    ) -> tuple[Table[Any], Row | None, Row | None]:
        """Write what a record was before or after a step; return its table, and both rows of it."""
        table = kinds.TABLES[kind]
        current = table.row(self._db, key)
        expected = None if here is None else table.from_json(here)
        if current != expected:
            raise Refused(
                f"“{step.name}” cannot be undone or redone: a later act changed the same {kind}. "
                "Undo that one first."
            )
        wanted = None if there is None else table.from_json(there)
        table.write(self._db, key, wanted, current)
        self.revisions.changed(kind, (key,))
        return table, current, wanted

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Run a block as one transaction; rules that the file holds come back as a sentence."""
        before = self.revisions.now()
        try:
            with self._db.atomic():
                yield
        except BaseException as error:
            # Somebody may have read records that there are not, while it went on.
            self.revisions.taken_back(before)
            if isinstance(error, sqlite3.IntegrityError):
                raise Refused(
                    f"Nothing was changed, because other work builds on it ({error})."
                ) from error
            if isinstance(error, sqlite3.OperationalError):
                raise Problem(
                    f"This could not be saved and nothing was changed ({error}): make room on the disk, "
                    "or check that the folder can be written to, and try again."
                ) from error
            raise

    def _drop_undone(self, annotator: Id | None) -> None:
        self._db.conn.execute(
            "UPDATE step SET state = 'dropped' WHERE state = 'undone' AND annotator IS ?",
            (annotator,),
        )

    def _one(self, where: str, annotator: Id | None, order: str) -> Step | None:
        mine = "AND (annotator IS NULL OR annotator = ?)" if annotator else ""
        row = self._db.execute(
            f"SELECT {_STEP_COLUMNS} FROM step WHERE {where} AND number > {_FLOOR} {mine} "
            f"ORDER BY number {order} LIMIT 1",
            (annotator,) if annotator else (),
        ).fetchone()
        return None if row is None else _step(row)


def _step(row: tuple[str | int | None, ...]) -> Step:
    number, id, name, annotator, at, state, article = row
    return Step(
        number=int(str(number)),
        id=str(id),
        name=str(name),
        annotator=None if annotator is None else str(annotator),
        at=str(at),
        state=StepState(str(state)),
        article=None if article is None else str(article),
    )
