"""Why a file cannot be opened as a project, each in one sentence that says what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.domain.suffix import SUFFIX
from annotator.store import annotators, codebooks, header, schema
from annotator.store.connection import APPLICATION_ID, Database, pragma
from annotator.store.place import Risk


class CannotOpen(Problem):
    """A file that cannot be opened as a project; the sentence says why and what to do."""


class Damaged(CannotOpen):
    """A project whose file is no longer whole: a backup, or a repaired copy, is the way on."""


class RiskyPlace(CannotOpen):
    """A project that lies where writing to it is not safe.

    Attributes:
        risk: what is unsafe there.
    """

    def __init__(self, path: Path, risk: Risk) -> None:
        super().__init__(
            f"{path.name} is not opened where it is. {risk.sentence} Copy it to a folder that is only "
            "on this machine, or open it there all the same (on the command line with --here)."
        )
        self.risk = risk


def refuse_what_is_no_project(path: Path, *, writing: bool = True) -> None:
    """Look at the first bytes of a file and its permissions, without opening it as a database.

    Raises:
        CannotOpen: not there, not readable, not ours; with ``writing`` also if read-only.
    """
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
        if path.suffix == SUFFIX and found.is_blank:
            raise Damaged(f"{path.name} is empty or overwritten with zeros: open a backup of it.")
        raise CannotOpen(f"{path.name} is not a project: choose a file ending in {SUFFIX}.")
    if found.application_id != APPLICATION_ID:
        raise CannotOpen(
            f"{path.name} is a database of another program, not a project of annotator."
        )
    if found.is_cut_short:
        raise Damaged(f"{path.name} is damaged (its end is missing). {WAY_ON}")
    _refuse_newer(found.user_version, path)
    if writing and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise CannotOpen(
            f"{path.name} or its folder is read-only, and work could not be saved: "
            "copy it to a folder of your own and open the copy."
        )


def refuse_foreign(db: Database, path: Path) -> int:
    """Return the version of the schema; nothing a stranger put into the file has run before this.

    Raises:
        CannotOpen: from a newer version, or with triggers, views or tables that are not ours.
        Damaged: parts of our own schema are missing or changed.
    """
    version = int(pragma(db, "user_version"))
    _refuse_newer(version, path)
    if schema.is_untouched(db, version):
        return version
    foreign = schema.strangers(db, version)
    if foreign:
        raise CannotOpen(
            f"{path.name} has a {foreign[0]} in it that annotator did not make, and is not opened: "
            "“annotator check --repair” makes a copy with the marks alone."
        )
    faults = schema.faults(db, version)
    if faults:
        raise Damaged(f"{path.name} is damaged. {faults[0]} {WAY_ON}")
    return version


def _refuse_newer(version: int, path: Path) -> None:
    """Asked before opening, which may change the file, and after, when a log was taken in."""
    if version > schema.SCHEMA_VERSION:
        raise CannotOpen(
            f"{path.name} was made by a newer annotator (project format {version}, this one knows "
            f"{schema.SCHEMA_VERSION}): update annotator to open it."
        )


def quick_check(db: Database, path: Path) -> None:
    """Make sure that pages, indexes and references are in order; it takes longer the larger the file is.

    Raises:
        Damaged: they are not.
    """
    result = pragma(db, "quick_check(1)")
    if result != "ok":
        raise Damaged(f"{path.name} is damaged ({_one_line(str(result))}). {WAY_ON}")
    for table, *_ in db.execute("PRAGMA foreign_key_check"):
        raise Damaged(f"{path.name} is damaged (a {table} names something missing). {WAY_ON}")


def refuse_unreadable(db: Database, path: Path) -> None:
    """Make sure that codebook and annotators can be read.

    Raises:
        Damaged: they cannot.
    """
    try:
        codebooks.latest(db)
        annotators.all(db)
    except Problem as problem:
        raise Damaged(
            f"{path.name} is damaged (its codebook or annotators cannot be read). {WAY_ON}"
        ) from problem


WAY_ON = "Open a backup of it, or run “annotator check --repair” on it."


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what the system and SQLite say into a sentence that names the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CannotOpen(
                f"{path.name} is held by another program: close it there first."
            ) from error
        if "decode" in str(error):
            raise Damaged(f"{path.name} is damaged (a text is not UTF-8). {WAY_ON}") from error
        raise CannotOpen(
            f"{path.name} cannot be opened ({error}): check the disk and the folder."
        ) from error
    except (sqlite3.DatabaseError, sqlite3.DataError) as error:
        raise Damaged(f"{path.name} is damaged ({_one_line(str(error))}). {WAY_ON}") from error
    except StopIteration as error:
        raise Damaged(f"{path.name} is damaged (it has no codebook). {WAY_ON}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Damaged(
            f"{path.name} is damaged (its codebook or annotators cannot be read). {WAY_ON}"
        ) from error
    except OSError as error:
        raise CannotOpen(
            f"{path.name} cannot be opened or made in {path.parent.name or path.parent} "
            f"({error.strerror}): choose another folder."
        ) from error


def _one_line(words: str) -> str:
    return " ".join(words.split())[:120]
