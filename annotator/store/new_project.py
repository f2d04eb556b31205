"""A new project file: made aside, and there only when it is whole."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.domain.article import Annotator
from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.identity import Clock, IdMaker
from annotator.store import place, schema
from annotator.store.connection import connect, settle
from annotator.store.journal import Journal
from annotator.store.lock import acquire
from annotator.store.project_file import ProjectFile, with_suffix
from annotator.store.refusals import CannotOpen, sentences


def create(
    path: Path, codebook: Codebook, annotator: str | None, *, clock: Clock, new_id: IdMaker
) -> ProjectFile:
    """Make an empty project with its codebook and first annotator, and open it; never overwrites.

    Raises:
        CannotOpen: something is there already, or the folder cannot be written to.
    """
    path = with_suffix(path)
    if path.exists():
        raise CannotOpen(f"{path.name} is there already: choose another name, or open it.")
    draft = path.with_name(f".{path.name}.{new_id()}.new")
    with sentences(path):
        lock = acquire(path, annotator or "annotator", clock())
    try:
        with sentences(path):
            _build(draft, codebook, annotator, clock, new_id)
            _move_without_overwriting(draft, path)
            risk = place.risk_of(path)
            db = connect(path, on_network=bool(risk and risk.is_network))
    except BaseException:
        draft.unlink(missing_ok=True)
        lock.release()
        raise
    return ProjectFile(path, db, lock, clock, new_id)


def _build(
    draft: Path, codebook: Codebook, annotator: str | None, clock: Clock, new_id: IdMaker
) -> None:
    db = connect(draft)
    try:
        schema.build(db)
        now = clock()
        with db.atomic():
            db.conn.executemany(
                "INSERT INTO project (key, value) VALUES (?, ?)",
                (("id", new_id()), ("created", now)),
            )
        person = Annotator(new_id(), annotator, now) if annotator else None
        journal = Journal(db, clock, new_id)
        with journal.step("New project", None) as ticket:
            if person:
                ticket.write.put(person)
            ticket.write.put(CodebookVersion(1, codebook, person.id if person else None, now))
        settle(db)
    finally:
        db.close()


def _move_without_overwriting(draft: Path, path: Path) -> None:
    if path.exists():
        raise CannotOpen(f"{path.name} is there already: choose another name, or open it.")
    try:
        os.link(draft, path)
        draft.unlink()
    except FileExistsError:
        raise CannotOpen(
            f"{path.name} is there already: choose another name, or open it."
        ) from None
    except OSError:
        draft.rename(path)
