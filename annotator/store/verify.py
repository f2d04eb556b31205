"""Proving a backup in a process of its own, as whoever restores it will open it.

``python -m annotator.store.verify FILE`` prints what the file holds as JSON and ends with 0; if the
file cannot be relied upon it prints why and ends with 1.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.domain import own_process
from annotator.domain.cells import compact
from annotator.domain.errors import Problem
from annotator.domain.text import sha256_of
from annotator.store import check
from annotator.store.connection import Database, look, pragma
from annotator.store.refusals import Damaged, refuse_foreign

SECONDS = 300
"""A file of a gigabyte is read in less; what takes longer is not going to end."""

COUNTED = ("article", "mark", "link", "actor", "state", "suggestion", "step", "change")

Contents = dict[str, int]


def contents_of(db: Database) -> Contents:
    """Return how many rows each table has."""
    return {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in COUNTED}


def verify(path: Path, wanted: Contents | None = None) -> None:
    """Open a file in a fresh process and look through all of it.

    Args:
        wanted: what the original held; the copy must hold the same.

    Raises:
        Damaged: the file cannot be relied upon.
    """
    try:
        run = subprocess.run(  # noqa: S603  (our own program, no shell)
            [sys.executable, "-m", "annotator.store.verify", str(path)],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=own_process.environment(),
        )
    except subprocess.TimeoutExpired:
        raise Damaged(f"The backup {path.name} could not be read to its end.") from None
    if run.returncode != 0:
        # What a crash of the interpreter printed is of no use to the annotator.
        said = run.stdout.decode("utf-8", "replace").strip().splitlines()
        raise Damaged(f"The backup {path.name} is not whole ({said[-1] if said else 'no answer'}).")
    if wanted is not None and json.loads(run.stdout) != wanted:
        raise Damaged(f"The backup {path.name} does not hold what the project does.")


def main(arguments: Sequence[str]) -> int:
    """Look through one file."""
    try:
        db = look(Path(arguments[0]))
        try:
            refuse_foreign(db, Path(arguments[0]))
            if (found := pragma(db, "integrity_check(1)")) != "ok":
                raise Damaged(str(found))
            for sentence in check.sqlite_problems(db):
                raise Damaged(sentence)
            for sha256, body in db.execute("SELECT sha256, body FROM text"):
                if sha256_of(body) != sha256:
                    raise Damaged(f"The text {sha256[:12]} is not the one that was imported.")
            sys.stdout.write(compact(contents_of(db)))
        finally:
            db.close()
    except (Problem, sqlite3.Error, OSError, ValueError) as error:
        sys.stdout.write(" ".join(str(error).split()))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
