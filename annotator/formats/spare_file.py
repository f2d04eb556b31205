"""A temporary file that nobody else sees, for what memory should not hold."""

from __future__ import annotations

import tempfile
import weakref
from typing import IO


def spare_file(owner: object) -> IO[bytes]:
    """Return an empty file for writing and reading that is gone when its owner is, or the process."""
    file = tempfile.TemporaryFile(prefix="annotator-")  # noqa: SIM115  (closed with its owner)
    weakref.finalize(owner, file.close)
    return file
