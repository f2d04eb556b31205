"""What a project has known of a record: every form it had, also those that its owner undid or deleted."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.store import actors
from annotator.store.connection import Database
from annotator.store.kinds import TABLES
from annotator.store.rows import Row

REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "article": (("replaces", "article"),),
    "actor": (("merged_into", "actor"),),
    "mark": (("article", "article"), ("annotator", "annotator"), ("actor", "actor")),
    "link": (
        ("article", "article"),
        ("annotator", "annotator"),
        ("start", "mark"),
        ("end", "mark"),
    ),
    "state": (("article", "article"), ("annotator", "annotator")),
    "suggestion": (("article", "article"), ("annotator", "annotator")),
    "adjudication": (("article", "article"), ("annotator", "annotator")),
    "apart": (("one", "article"), ("other", "article"), ("annotator", "annotator")),
    "release": (("annotator", "annotator"),),
}
"""Which column of a kind names a record of which other kind.

Whom an entry of the actor book belongs to is in a list, which no column names: see ``referred``."""


def rows_by_article(db: Database, kind: str) -> Iterator[Row]:
    """Yield every row of a kind, those of one article together."""
    table = TABLES[kind]
    order = "ORDER BY article" if "article" in table.columns else ""
    yield from db.execute(f"SELECT {table.names} FROM {kind} {order}")


MERGE = "Merge "
"""How the names of steps begin that took another file's records over, and of those that made two actors, or two values, one."""

INTO = " into "
"""What the latter have in their names besides, before a name in quotes or a value; a file may be called so, too."""


def known_rows(db: Database, kind: str, key: str) -> list[Row]:
    """Return every form that a record had in any step that stands, or that its owner undid.

    What was undone of somebody else's, or came from a file, as when a merge is taken back, is as
    if it had never come: it comes again with the next merge, and its owner's file does not lose
    it. Articles and actors are nobody's: there it is the step alone that tells.
    """
    table = TABLES[kind]
    named = "id" if kind == "annotator" else "annotator"
    owner = table.columns.index(named) if named in table.columns else None
    rows = db.execute(
        "SELECT before, after, state <> 'done', annotator, name FROM change "
        "JOIN step ON step.number = change.step WHERE record = ? AND kind = ?",
        (key, kind),
    )
    known: list[Row] = []
    for before, after, is_undone, person, step in rows:
        forms = [table.from_json(text) for text in (before, after) if text is not None]
        came_from_elsewhere = _took_files_over(step, is_new=before is None) or (
            owner is not None and forms[0][owner] != person
        )
        if not (is_undone and came_from_elsewhere):
            known += forms
    return known


def _took_files_over(step: str, *, is_new: bool) -> bool:
    """Tell whether a step merged files, by its name and a change that it made.

    Making two actors, or two values of the codebook, one makes no record, so what is new came from
    a file, whatever its name.
    """
    made_one = any(f"{INTO}{what}" in step for what in ("“", "value "))
    return step.startswith(MERGE) and (is_new or not made_one)


def gone(db: Database, kind: str) -> list[str]:
    """Return the keys of records that were there once and are no longer."""
    table = TABLES[kind]
    keys = " || '/' || ".join(table.columns[: table.keys])
    sql = f"SELECT DISTINCT record FROM change WHERE kind = ? AND record NOT IN (SELECT {keys} FROM {kind})"
    return [str(record) for (record,) in db.execute(sql, (kind,))]


def referred(kind: str, row: Row) -> Iterator[tuple[str, str]]:
    """Yield kind and key of the records that a row names."""
    cells = dict(zip(TABLES[kind].columns, row, strict=True))
    for column, target in REFERENCES.get(kind, ()):
        if cells[column] is not None:
            yield target, str(cells[column])
    if kind == "actor":
        try:
            yield from [(kind, bond.to) for bond in actors.bonds_in(cells["affiliations"])]
        except (ValueError, TypeError):
            return  # A damaged list names nobody; whoever takes such a row from a file proves it.


def referring(db: Database, kind: str, key: str) -> list[tuple[str, str]]:
    """Return kind and key of the records that name this one."""
    found: list[tuple[str, str]] = []
    for other, columns in REFERENCES.items():
        table = TABLES[other]
        keys = " || '/' || ".join(table.columns[: table.keys])
        for column, target in columns:
            if target == kind:
                rows = db.execute(f"SELECT {keys} FROM {other} WHERE {column} = ?", (key,))
                found += [(other, str(record)) for (record,) in rows]
    if kind == "actor":
        sql = "SELECT id FROM actor WHERE instr(affiliations, ?) > 0"
        found += [("actor", str(record)) for (record,) in db.execute(sql, (key,))]
    return found
