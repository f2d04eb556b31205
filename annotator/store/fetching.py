"""Having the pages of records brought from the disk before they are taken away or written.

They lie anywhere in a large file, and a busy disk lets somebody wait for each of them. So another
thread than that of the window waits, for two thousand records at a time: what is then done with
them finds their pages in memory. Each statement is a short one, since nobody else can use the
connection meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from annotator.domain.slices import batches, go_on
from annotator.store.connection import Database
from annotator.store.kinds import TABLES
from annotator.store.knowledge import REFERENCES

AHEAD = 2_000
"""The pages of so many records are fetched in one go."""

FOUND_BY_INDEX = ("article", "actor", "mark", "link")
"""Kinds of which acts change thousands; what refers to one of them is found by an index."""

_WANTED = "json_each(?) AS wanted"


def fetch(db: Database, records: Iterable[tuple[str, str]]) -> None:
    """Read the pages that the records of these kinds and keys lie on, and those of what refers to them.

    It ends early where nobody wants it any more (``slices.go_on``).
    """
    keys: dict[str, list[str]] = {}
    for kind, key in records:
        if kind in FOUND_BY_INDEX:
            keys.setdefault(kind, []).append(key)
    for kind, own in keys.items():
        looks = list(looks_at(kind))
        for some in batches(own):
            for sql in looks:
                if not go_on():
                    return
                db.execute(sql, (json.dumps(list(some)),)).fetchone()


def looks_at(kind: str) -> Iterator[str]:
    """Yield the statements that read these pages; each takes a list of keys as JSON."""
    key, other = TABLES[kind].columns[:2]
    # A length cannot be told without the row itself.
    yield (
        f"SELECT total(length({kind}.{other})) FROM {_WANTED} "
        f"CROSS JOIN {kind} ON {kind}.{key} = wanted.value"
    )
    for referring, columns in REFERENCES.items():
        for column, named in columns:
            if named == kind:
                yield (
                    f"SELECT total(EXISTS (SELECT 1 FROM {referring} "
                    f"WHERE {referring}.{column} = wanted.value)) FROM {_WANTED}"
                )
