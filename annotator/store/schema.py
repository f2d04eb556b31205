"""The schema of a project file: which version it has, how it is built, and what does not belong to it."""

from __future__ import annotations

import sqlite3
from functools import cache
from hashlib import sha256

from annotator.store import migrations
from annotator.store.connection import APPLICATION_ID, Database

RELEASES = (
    "m001_first_schema",
    "m002_adjudication",
    "m003_search",
    "m004_copies_and_releases",
    "m005_search_as_you_type",
    "m006_what_refers_to_a_record",
    "m007_search_with_filters",
)
"""The migration that made each version of the schema, from version 1 on."""

SCHEMA_VERSION = len(RELEASES)
"""Kept as ``user_version``; a file with a higher one was made by a newer annotator."""


STATISTICS = "table sqlite_stat"
"""How the tables begin that SQLite keeps for itself to plan by."""

PRINTS = {7: "57cc82b02772b85bf0cbd4bcaca2127d98751a21a6997567826adcbb57c497d4"}
"""What ``fingerprint`` gives of an untouched file, so that opening one need not make another to compare."""


def build(db: Database) -> None:
    """Bring an empty or older file to the present schema: all of it, or nothing of it."""
    with db.atomic():
        migrations.ALL.apply(db.tables)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def describe(db: Database) -> dict[str, str]:
    """Return every table, index, trigger and view of the file with the SQL that made it.

    The tables that SQLite keeps the words in are its own, and look different from one version of
    SQLite to the next; of those only the name is told.
    """
    rows = db.execute("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema")
    return {
        name: "" if name.startswith("table text_words_") else " ".join(sql.split())
        for name, sql in rows
    }


def fingerprint(db: Database) -> str:
    """Return one short word for the whole schema of a file; SQLite's own statistics are no part of it."""
    parts = sorted(part for part in describe(db).items() if not part[0].startswith(STATISTICS))
    return sha256(repr(parts).encode()).hexdigest()


def is_untouched(db: Database, version: int) -> bool:
    """Tell whether the schema is known to be as we made it; if not, ``faults`` has to look."""
    return fingerprint(db) == PRINTS.get(version)


@cache
def expected(version: int) -> dict[str, str]:
    """Return what ``describe`` gives of an untouched file of a version."""
    fresh = Database(sqlite3.connect(":memory:", isolation_level=None))
    try:
        migrations.ALL.apply(fresh.tables, stop_before=RELEASES[version : version + 1])
        return describe(fresh)
    finally:
        fresh.close()


def strangers(db: Database, version: int) -> list[str]:
    """Return what the file has beyond our schema, such as a trigger or a view of somebody else's.

    SQLite's own statistics tables are none of those.
    """
    known = expected(version)
    return sorted(
        name for name in describe(db) if name not in known and not name.startswith(STATISTICS)
    )


def faults(db: Database, version: int) -> list[str]:
    """Return one sentence for each part of the schema that is missing, foreign, or not as we made it."""
    known, found = expected(version), describe(db)
    return [
        *(f"The {name} is missing from the file." for name in sorted(known.keys() - found.keys())),
        *(f"The file has a {name} that annotator did not make." for name in strangers(db, version)),
        *(
            f"The {name} is not as annotator made it."
            for name in sorted(known.keys() & found.keys())
            if known[name] != found[name]
        ),
    ]
