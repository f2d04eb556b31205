"""Facts about the project file that are no records: no act makes them, and no undo takes them back."""

from __future__ import annotations

from annotator.store.connection import Database


def fact(db: Database, key: str) -> str | None:
    """Return a fact, or None if nothing is known."""
    row = db.execute("SELECT value FROM project WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def remember(db: Database, key: str, value: str) -> None:
    """Keep a fact, within the transaction that is open."""
    db.execute(
        "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
