"""Another project file, read without touching it: what is merged from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.identity import Clock, IdMaker
from annotator.store.lock import HeldElsewhere, acquire
from annotator.store.project_file import CannotOpen, ProjectFile, find, open_project


@contextmanager
def reading(path: Path, name: str, *, clock: Clock, new_id: IdMaker) -> Iterator[ProjectFile]:
    """Open a copy of another project, brought to the present form, and throw it away afterwards.

    The file itself is only read, so it may lie in a folder that nothing can be written to, or
    be of an older annotator.

    Raises:
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
        with open_project(copy, name, clock=clock, new_id=new_id, anywhere=True) as file:
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
                shutil.copyfile(part, copy.with_name(part.name))
    except OSError as error:
        raise CannotOpen(
            f"{path} cannot be read ({error.strerror}): check its permissions."
        ) from error
    finally:
        if lock:
            lock.release()
