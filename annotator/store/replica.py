"""Other files of a project: those it is handed out in, and those it is merged from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.codebook import CodebookVersion
from annotator.domain.errors import Problem
from annotator.domain.identity import Clock, Id, IdMaker
from annotator.domain.slices import SAVING, Slices, go_on
from annotator.store import articles, page_check
from annotator.store.connection import CAN_WAIT_ASIDE, let_go_of_the_disk
from annotator.store.lock import HeldElsewhere, acquire
from annotator.store.new_project import create
from annotator.store.project_file import CannotOpen, ProjectFile, find, open_project
from annotator.store.recovery import recover

if TYPE_CHECKING:
    from annotator.domain.step import Record

AT_ONCE = 20
"""So many records are written between two slices."""

PIECE_BYTES = 4_000_000


class NotRead(Problem):
    """Reading the other file was cancelled."""


@contextmanager
def reading(path: Path, name: str, *, clock: Clock, new_id: IdMaker) -> Iterator[ProjectFile]:
    """Open a copy of another project, brought to the present form, and throw it away afterwards.

    The file itself is only read, so it may lie in a folder that nothing can be written to, or
    be of an older annotator. Cancelled in the midst of it (``slices.go_on``) it ends soon.

    Raises:
        NotRead, recovery.GivenUp, page_check.NotChecked: it was cancelled.
        CannotOpen: not there, not readable, not ours, from a newer version, or damaged.
        lock.HeldElsewhere: somebody has it open, so it may be unfinished.
    """
    path = find(path)
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder) / path.name
        if path.is_file():
            _copy_while_nobody_writes(path, copy, name, clock)
        else:
            copy = path
        with open_project(
            copy,
            name,
            clock=clock,
            new_id=new_id,
            anywhere=True,
            recovering=partial(recover, tell=go_on),
            checking=partial(page_check.check, tell=go_on),
        ) as file:
            let_go_of_the_disk(file.db)
            yield file


def _copy_while_nobody_writes(path: Path, copy: Path, name: str, clock: Clock) -> None:
    try:
        lock = acquire(path, name, clock())
    except HeldElsewhere:
        raise
    except OSError:
        lock = None  # A folder that cannot be written to: nobody else works in it either.
    try:
        for part in (path, path.with_name(f"{path.name}-wal")):
            if part.exists():
                _copy(part, copy.with_name(part.name))
    except OSError as error:
        raise CannotOpen(
            f"{path} cannot be read ({error.strerror}): check its permissions."
        ) from error
    finally:
        if lock:
            lock.release()


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as original, target.open("wb") as copy:
        while piece := original.read(PIECE_BYTES):
            if not go_on():
                raise NotRead(f"Cancelled: {source.name} was not read to its end.")
            copy.write(piece)


def make_slices(
    path: Path,
    project: Id,
    books: Sequence[CodebookVersion],
    texts: Iterable[tuple[str, str]],
    records: Iterable[Record],
    *,
    clock: Clock,
    new_id: IdMaker,
) -> Slices[None]:
    """Make a file with a part of a project, under the same project id; never overwrites.

    Its journal begins with one step that has all of it, so nothing can be read there that was
    not handed out.

    Args:
        books: all codebook versions, oldest first.
        texts: hash and body of each text that the articles among ``records`` need.

    Raises:
        CannotOpen: something is there already, or the folder cannot be written to.
    """
    with create(path, books[0].codebook, None, clock=clock, new_id=new_id) as file:
        file.db.execute("UPDATE project SET value = ? WHERE key = 'id'", (project,))
        yield
        with file.journal.step("Handed out", None, bulk=True) as ticket:
            for sha256, body in texts:
                articles.keep_text(file.db, sha256, body)
                yield
            for number, record in enumerate(chain(books, records)):
                ticket.write.put(record)
                if number % AT_ONCE == 0:
                    yield
            if CAN_WAIT_ASIDE:
                yield SAVING
