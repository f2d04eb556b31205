"""Temporary files: those of a killed process do not pile up for ever, and those that find no room are told of."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.domain.errors import Problem

PREFIX = "annotator-"
"""How the names of all our temporary files and folders begin."""

KEPT_SECONDS = 7 * 24 * 3600
"""No work of ours takes so long: what nobody touched since then belongs to nobody."""


def sweep() -> None:
    """Remove what is old; what cannot be removed, since it is somebody else's or open, stays."""
    oldest = time.time() - KEPT_SECONDS
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                if path.lstat().st_mtime >= oldest:
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


@contextmanager
def needed(so: str) -> Iterator[None]:
    """Do what needs temporary files, and no other file that it would not tell of itself.

    Raises:
        Problem: they cannot be written, ``so`` this came of it.
    """
    try:
        yield
    except OSError as error:
        raise Problem(
            f"{so}, for temporary files could not be written ({error.strerror}): "
            "make room on the disk and try again."
        ) from error
