"""Taking a record away does not look through all others to find what refers to it."""

from __future__ import annotations

from pathlib import Path

from annotator.services import project as projects
from annotator.services.codebooks import default_codebook

REMOVED = frozenset(("article", "actor", "mark", "text", "step"))
"""Records that acts, or taking them back, remove by the thousand."""


def test_what_refers_to_a_record_is_found_by_an_index(tmp_path: Path) -> None:
    with projects.create(tmp_path / "study", default_codebook(), "Amal") as project:
        db = project.db
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        references = [
            (table, str(key[3]))
            for (table,) in tables
            for key in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            if key[2] in REMOVED
        ]
        assert {("article", "replaces"), ("link", "end"), ("apart", "other")} <= set(references)
        plans = {
            (table, column): " ".join(
                row[3]
                for row in db.execute(
                    f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = ?", ("x",)
                )
            )
            for table, column in references
        }
    assert [where for where, plan in plans.items() if not plan.startswith("SEARCH")] == []
