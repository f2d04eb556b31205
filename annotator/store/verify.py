"""Proving a backup in a process of its own, as whoever restores it will open it.

``python -m annotator.store.verify FILE`` prints what the file holds as JSON and ends with 0; if the
file cannot be relied upon it prints why and ends with 1.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.domain import own_process
from annotator.domain.cells import compact
from annotator.domain.errors import Problem
from annotator.domain.text import sha256_of
from annotator.store import check
from annotator.store.backup import signature_of
from annotator.store.connection import Database, look, pragma
from annotator.store.refusals import Damaged, refuse_foreign

SECONDS = 300
"""A file of a gigabyte is read in less; what takes longer is not going to end."""

ASKED_SECONDS = 0.1
"""So often somebody is asked whether the file is still to be looked through."""

NUMBERED = ("article", "mark", "link", "actor", "suggestion", "step")

Contents = dict[str, int | str]


def contents_of(db: Database) -> Contents:
    """Return what tells a project at one moment from others and from itself at another.

    Found in an instant, however large it is: its id, its acts, and the last rows of its tables.
    """
    (project,) = db.execute("SELECT value FROM project WHERE key = 'id'").fetchone()
    last = {
        name: int(db.execute(f"SELECT coalesce(max(rowid), 0) FROM {name}").fetchone()[0])
        for name in NUMBERED
    }
    return {"project": str(project), "acts": signature_of(db), **last}


def verify(
    path: Path,
    wanted: Contents | None = None,
    tell: Callable[[int, int], bool] = lambda _done, _total: True,
) -> bool:
    """Open a file in a fresh process and look through all of it.

    Args:
        wanted: what the original held; the copy must hold the same.
        tell: asked from time to time whether to go on.

    Returns:
        False if ``tell`` said to stop: then nothing is known of the file.

    Raises:
        Damaged: the file cannot be relied upon.
    """
    ended = _looked_through(path, tell)
    if ended is None:
        return False
    code, said = ended
    if code != 0:
        # What a crash of the interpreter printed is of no use to the annotator.
        lines = said.decode("utf-8", "replace").strip().splitlines()
        raise Damaged(
            f"The backup {path.name} is not whole ({lines[-1] if lines else 'no answer'})."
        )
    if wanted is not None and json.loads(said) != wanted:
        raise Damaged(f"The backup {path.name} does not hold what the project does.")
    return True


def _looked_through(path: Path, tell: Callable[[int, int], bool]) -> tuple[int, bytes] | None:
    """Return how the process ended and what it said; None if ``tell`` said to stop."""
    if not tell(0, 0):
        return None
    deadline = time.monotonic() + SECONDS
    with subprocess.Popen(  # noqa: S603  (our own program, no shell)
        [sys.executable, "-m", "annotator.store.verify", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=own_process.environment(),
    ) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=ASKED_SECONDS)
            except subprocess.TimeoutExpired:
                is_wanted = tell(0, 0)
                if is_wanted and time.monotonic() < deadline:
                    continue
                process.kill()
                process.communicate()
                if not is_wanted:
                    return None
                raise Damaged(f"The backup {path.name} could not be read to its end.") from None
            return process.returncode, said


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
