"""A write that fails, at each write of a recorded series of acts.

The statements of the acts are recorded and replayed through a file system of APSW's that fails at
the n-th write; the program then opens what is left.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.services import history, marking, reading
from annotator.services import project as projects
from tests.support.damage import words_of, worked_on
from tests.torture.looking import acts_of
from tests.torture.tally import Tally

Statement = tuple[str, Any]


def run(folder: Path, tries: int) -> Tally:
    """Fail at each write in turn, or at so many of them."""
    import apsw

    tally = Tally("a write that fails")
    folder.mkdir()
    path = worked_on(folder)
    fresh = folder / "fresh"
    shutil.copyfile(path, fresh)
    statements, states = _recorded(path)
    total = _replay(apsw, _again(path, fresh), statements, None)
    step = max(total // tries, 1)
    for number in range(0, total, step):
        _replay(apsw, _again(path, fresh), statements, number)
        tally.tries += 1
        try:
            acts = len(acts_of(path))
            with projects.open_existing(path, "Amal") as project:
                state = (acts, frozenset(words_of(project)))
        except Exception as error:  # noqa: BLE001  (that is what is looked for)
            tally.fault(f"write {number}: {type(error).__name__}: {error}")
            continue
        if state not in states:
            tally.fault(f"write {number}: a state that never was")
        tally.ends["a state that was"] += 1
    return tally


def _again(path: Path, fresh: Path) -> Path:
    shutil.copyfile(fresh, path)
    for end in ("-wal", "-journal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return path


def _recorded(path: Path) -> tuple[list[str], set[tuple[int, frozenset[tuple[str, str]]]]]:
    """Return the writing statements of a series of acts, and each state after an act."""
    statements: list[str] = []
    states = set()
    with projects.open_existing(path, "Amal") as project:
        connection: sqlite3.Connection = project.db.conn
        article = reading.list_articles(project)[0].article
        chance = random.Random(3)

        def note() -> None:
            connection.set_trace_callback(None)
            steps = project.file.journal.history()
            states.add((len(steps), frozenset(words_of(project))))
            connection.set_trace_callback(statements.append)

        note()
        for _ in range(25):
            start = chance.randrange(article.length - 8)
            if chance.random() < 0.25:
                history.undo(project)
            else:
                marking.mark(project, article.id, [(start, start + 8)], "actor")
            note()
        connection.set_trace_callback(None)
    first = ("SELECT", "PRAGMA")
    return [one for one in statements if not one.lstrip().upper().startswith(first)], states


def _replay(apsw: Any, path: Path, statements: list[str], fail_at: int | None) -> int:
    """Run the statements on a file system that fails at one write; return how many writes there were."""
    count = 0

    def write() -> None:
        nonlocal count
        count += 1
        if fail_at is not None and count > fail_at:
            raise apsw.IOError("the disk is broken")

    name = f"broken-{uuid.uuid4()}"
    system = _system(apsw, name, write)
    connection = apsw.Connection(str(path), vfs=name)
    try:
        for setting in (
            "locking_mode=EXCLUSIVE",
            "journal_mode=WAL",
            "synchronous=FULL",
            "wal_autocheckpoint=8",
        ):
            connection.execute(f"PRAGMA {setting}")
        for statement in statements:
            connection.execute(statement)
    except apsw.Error:
        pass
    finally:
        try:
            connection.close()
        except apsw.Error:
            # What a broken disk leaves is what we want to see.
            connection.close(True)
        system.unregister()
    return count


def _system(apsw: Any, name: str, write: Callable[[], None]) -> Any:
    class BrokenFile(apsw.VFSFile):  # type: ignore[misc]
        def __init__(self, filename: Any, flags: Any) -> None:
            super().__init__("", filename, flags)

        def xWrite(self, data: Any, offset: int) -> None:
            write()
            super().xWrite(data, offset)

        def xTruncate(self, size: int) -> None:
            write()
            super().xTruncate(size)

        def xSync(self, flags: int) -> None:
            write()
            super().xSync(flags)

    class Broken(apsw.VFS):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name, "")

        def xOpen(self, filename: Any, flags: Any) -> Any:
            return BrokenFile(filename, flags)

    return Broken()
