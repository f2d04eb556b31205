"""Temporary files that a killed process of ours left behind: they do not pile up for ever."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

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
