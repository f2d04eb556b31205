"""A project file: made, opened and closed in one place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from annotator.domain.article import Annotator
from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.errors import Problem
from annotator.domain.identity import Clock, Id, IdMaker
from annotator.store import annotators, codebooks, header, schema
from annotator.store.connection import APPLICATION_ID, connect, pragma, settle
from annotator.store.journal import Journal
from annotator.store.lock import ProjectLock, acquire

SUFFIX = ".annotator"


class CannotOpen(Problem):
    """A file that cannot be opened as a project; the sentence says why and what to do."""


class ProjectFile:
    """An open project: its only connection, its lock and its journal."""

    def __init__(
        self, path: Path, db: Database, lock: ProjectLock, clock: Clock, new_id: IdMaker
    ) -> None:
        self.path = path
        self.db = db
        self.clock = clock
        self.new_id = new_id
        self.journal = Journal(db, clock, new_id)
        self._lock = lock
        self._open = True

    @property
    def id(self) -> Id:
        """The id of the project, the same in every copy of its file."""
        return str(self.db.execute("SELECT value FROM project WHERE key = 'id'").fetchone()[0])

    def settle(self) -> None:
        """Bring the one file up to date on the disk, so that a plain copy of it is complete."""
        settle(self.db)

    def close(self) -> None:
        """Settle, close and let others in; closing twice is fine."""
        if not self._open:
            return
        self._open = False
        try:
            settle(self.db)
        finally:
            self.db.close()
            self._lock.release()

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def with_suffix(path: Path) -> Path:
    """Return the path that a new project gets: with our suffix."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


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
    with _sentences(path):
        lock = acquire(path, annotator or "annotator", clock())
    try:
        with _sentences(path):
            _build(draft, codebook, annotator, clock, new_id)
            _move_without_overwriting(draft, path)
            db = connect(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        lock.release()
        raise
    return ProjectFile(path, db, lock, clock, new_id)


def open_project(path: Path, name: str, *, clock: Clock, new_id: IdMaker) -> ProjectFile:
    """Open a project for this process alone.

    Args:
        path: the file, with or without our suffix.
        name: the person, told to whoever tries to open it meanwhile.

    Raises:
        CannotOpen: not there, not readable, not ours, from a newer version, or damaged.
        lock.HeldElsewhere: open in another window.
    """
    path = find(path)
    _refuse_what_is_no_project(path)
    with _sentences(path):
        lock = acquire(path, name, clock())
    try:
        with _sentences(path):
            db = connect(path)
            try:
                version = int(pragma(db, "user_version"))
                _refuse_newer(version, path)
                if version < schema.SCHEMA_VERSION:
                    schema.build(db)
                _quick_check(db, path)
            except BaseException:
                db.close()
                raise
    except BaseException:
        lock.release()
        raise
    return ProjectFile(path, db, lock, clock, new_id)


def find(path: Path) -> Path:
    """Return the project file meant by a path that may lack our suffix."""
    if not path.exists() and with_suffix(path).exists():
        return with_suffix(path)
    return path


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


def _refuse_what_is_no_project(path: Path) -> None:
    if path.is_dir():
        raise CannotOpen(
            f"{path.name} is a folder, not a project: choose a file ending in {SUFFIX}."
        )
    try:
        found = header.read(path)
    except FileNotFoundError:
        raise CannotOpen(f"{path} does not exist: check the name, or make a new project.") from None
    except OSError as error:
        raise CannotOpen(
            f"{path} cannot be read ({error.strerror}): check its permissions."
        ) from None
    if not found.is_sqlite:
        raise CannotOpen(f"{path.name} is not a project: choose a file ending in {SUFFIX}.")
    if found.is_cut_short:
        raise CannotOpen(f"{path.name} is damaged (its end is missing): open a backup of it.")
    if found.application_id != APPLICATION_ID:
        raise CannotOpen(
            f"{path.name} is a database of another program, not a project of annotator."
        )
    _refuse_newer(found.user_version, path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise CannotOpen(
            f"{path.name} or its folder is read-only, and work could not be saved: "
            "copy it to a folder of your own and open the copy."
        )


def _refuse_newer(version: int, path: Path) -> None:
    """Asked before opening, which may change the file, and after, when a log was taken in."""
    if version > schema.SCHEMA_VERSION:
        raise CannotOpen(
            f"{path.name} was made by a newer annotator (project format {version}, this one knows "
            f"{schema.SCHEMA_VERSION}): update annotator to open it."
        )


def _quick_check(db: Database, path: Path) -> None:
    result = pragma(db, "quick_check(1)")
    if result != "ok":
        raise CannotOpen(
            f"{path.name} is damaged ({result}): open a backup, or run “annotator check --repair” on it."
        )
    codebooks.latest(db)
    annotators.all(db)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what the system and SQLite say into a sentence that names the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CannotOpen(
                f"{path.name} is held by another program: close it there first."
            ) from error
        raise CannotOpen(
            f"{path.name} cannot be opened ({error}): check the disk and the folder."
        ) from error
    except sqlite3.DatabaseError as error:
        raise CannotOpen(f"{path.name} is damaged ({error}): open a backup of it.") from error
    except StopIteration as error:
        raise CannotOpen(
            f"{path.name} is damaged (it has no codebook): open a backup of it."
        ) from error
    except OSError as error:
        raise CannotOpen(
            f"{path.name} cannot be opened or made in {path.parent.name or path.parent} "
            f"({error.strerror}): choose another folder."
        ) from error
