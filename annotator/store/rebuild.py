"""Writing a repaired project: its records, the history it had, and a step that says what the repair changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.identity import Clock, IdMaker
from annotator.store import articles, check, schema
from annotator.store.connection import Database, connect, settle
from annotator.store.kinds import TABLES
from annotator.store.refusals import Damaged
from annotator.store.rows import Cell, Row
from annotator.store.salvage import Salvage

UNDO_FLOOR = "undo_floor"
"""The fact of a project that says up to which step nothing can be undone."""

Rows = dict[str, dict[str, Row]]

_STEP = "INSERT INTO step (number, id, name, annotator, at, state, article) VALUES (?, ?, ?, ?, ?, ?, ?)"
_CHANGE = "INSERT INTO change (step, number, kind, record, before, after) VALUES (?, ?, ?, ?, ?, ?)"


def rebuild(
    draft: Path,
    found: Salvage,
    chosen: Rows,
    bodies: dict[str, str],
    clock: Clock,
    new_id: IdMaker,
) -> bool:
    """Write a new project file; tell whether its history can still be undone.

    Raises:
        Damaged: what was chosen does not make a whole project.
    """
    db = connect(draft)
    try:
        schema.build(db)
        with db.atomic():
            _write_records(db, chosen, bodies)
            whole = found.journal_is_whole()
            floor = _write_journal(db, found, chosen, clock, new_id, whole=whole)
            facts = {
                "id": found.facts.get("id") or new_id(),
                "created": found.facts.get("created") or clock(),
                UNDO_FLOOR: str(floor),
            }
            db.conn.executemany("INSERT INTO project (key, value) VALUES (?, ?)", facts.items())
        wrong = next(check.problems(db), None)
        if wrong:
            raise Damaged(f"The project could not be made whole ({wrong}): open a backup of it.")
        settle(db)
    except sqlite3.Error as error:
        raise Damaged(
            f"The project could not be made whole ({error}): open a backup of it."
        ) from error
    finally:
        db.close()
    return whole


def _write_records(db: Database, chosen: Rows, bodies: dict[str, str]) -> None:
    for sha256, body in bodies.items():
        articles.keep_text(db, sha256, body)
    for kind, rows in chosen.items():
        db.conn.executemany(TABLES[kind].insert_sql, rows.values())


def _write_journal(
    db: Database, found: Salvage, chosen: Rows, clock: Clock, new_id: IdMaker, *, whole: bool
) -> int:
    """Write the old journal and the step of the repair; return the undo floor.

    Where the old journal has gaps its steps can be read but no longer undone: they count as
    dropped, and the step of the repair brings in every record anew.
    """
    db.conn.executemany(_STEP, _steps(found, new_id, whole=whole))
    db.conn.executemany(_CHANGE, _changes(found))
    changes = list(_differences(_last_of_done(found) if whole else {}, chosen))
    if not changes:
        floor = found.facts.get(UNDO_FLOOR, "")
        return int(floor) if floor.isdigit() else 1
    number = max([*found.steps, *(step for step, _ in found.changes)], default=0) + 1
    db.execute(_STEP, (number, new_id(), "Repair the project", None, clock(), "done", None))
    db.conn.executemany(_CHANGE, ((number, place, *one) for place, one in enumerate(changes, 1)))
    return number


def _steps(found: Salvage, new_id: IdMaker, *, whole: bool) -> Iterator[Row]:
    used: set[str] = set()
    for _, row in sorted(found.steps.items()):
        number, id, name, annotator, at, state, article = row
        if not whole or state not in ("done", "undone", "dropped"):
            state = "dropped"
        key = str(id) if str(id) not in used else new_id()
        used.add(key)
        yield number, key, _text(name) or "Step", _text(annotator), str(at), state, _text(article)
    for number in sorted({step for step, _ in found.changes} - set(found.steps)):
        yield number, new_id(), "A step whose name was lost", None, "", "dropped", None


def _changes(found: Salvage) -> Iterator[Row]:
    for (step, number), row in sorted(found.changes.items()):
        if row[4] is not None or row[5] is not None:
            yield step, number, str(row[2]), str(row[3]), _text(row[4]), _text(row[5])


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _last_of_done(found: Salvage) -> dict[tuple[str, str], str | None]:
    last: dict[tuple[str, str], str | None] = {}
    for (step, _), row in sorted(found.changes.items()):
        if found.steps[step][5] == "done":
            last[str(row[2]), str(row[3])] = None if row[5] is None else str(row[5])
    return last


def _differences(
    before: dict[tuple[str, str], str | None], chosen: Rows
) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield what leads from the end of the old journal to what was chosen."""
    for kind, rows in chosen.items():
        for key, row in rows.items():
            after = TABLES[kind].to_json(row)
            old = before.get((kind, key))
            if old is None or json.loads(old) != json.loads(after):
                yield kind, key, old, after
    for (kind, key), old in before.items():
        if old is not None and key not in chosen.get(kind, {}):
            yield kind, key, old, None
