"""Whether the journal and the records tell the same story; asked of SQLite, as there may be half a million.

Most records were made once and never changed. So what SQLite can compare as text is compared
there, in the order of the indexes, with nothing sorted or kept; only what differs is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotator.store.connection import Database
from annotator.store.kinds import TABLES
from annotator.store.rows import Table

_GAPS = """
    SELECT step, kind, record FROM (
        SELECT step, kind, record, before,
            lag(after) OVER (PARTITION BY kind, record ORDER BY step, change.number) AS previous
        FROM (SELECT record, kind FROM change GROUP BY record, kind HAVING count(*) > 1)
        JOIN change USING (record, kind) JOIN step ON step.number = change.step
        WHERE step.state = 'done'
    ) WHERE before IS NOT previous
"""
"""Of records that changed more than once."""

_FIRST = """
    SELECT step, kind, record FROM change CROSS JOIN step ON step.number = change.step
    WHERE before IS NOT NULL AND step.state = 'done' AND 1 = (
        SELECT count(*) FROM change AS other
        WHERE other.record = change.record AND other.kind = change.kind)
"""
"""Of records that changed once, and were there before, which the journal knows nothing of."""

_LAST = """
    SELECT after FROM change CROSS JOIN step ON step.number = change.step
    WHERE change.record = {key} AND change.kind = '{kind}' AND step.state = 'done'
    ORDER BY change.step DESC, change.number DESC LIMIT 1
"""


def problems(db: Database) -> Iterator[str]:
    """Yield one sentence for each record that is not as the steps of the journal left it."""
    for gaps in (_GAPS, _FIRST):
        for step, kind, record in db.execute(gaps):
            yield (
                f"The journal has a gap: step {step} found the {kind} {record} other than an "
                "earlier step left it."
            )
    for table in TABLES.values():
        yield from _unlike(db, table)
        yield from _missing(db, table)


def _unlike(db: Database, table: Table[Any]) -> Iterator[str]:
    cells = ", ".join(f"'{name}', {name}" for name in table.columns)
    sql = f"""
        SELECT key, after FROM (
            SELECT key, now, ({_LAST.format(key="key", kind=table.kind)}) AS after FROM (
                SELECT {table.key_sql} AS key, json_object({cells}) AS now FROM {table.kind}))
        WHERE after IS NOT now
    """
    for key, after in db.execute(sql):
        if after is None:
            yield f"The {table.kind} {key} is in no step of the journal."
            continue
        # Numbers and signs may be written in more than one way.
        row = table.row(db, str(key))
        if row is None or json.loads(after) != json.loads(table.to_json(row)):
            yield f"The {table.kind} {key} is not as the journal says it should be."


def _missing(db: Database, table: Table[Any]) -> Iterator[str]:
    sql = f"""
        SELECT record FROM (SELECT DISTINCT record FROM change WHERE kind = '{table.kind}') AS known
        WHERE record NOT IN (SELECT {table.key_sql} FROM {table.kind})
        AND ({_LAST.format(key="known.record", kind=table.kind)}) IS NOT NULL
    """
    for (record,) in db.execute(sql):
        yield f"The {table.kind} {record} is in the journal but not in the project."
