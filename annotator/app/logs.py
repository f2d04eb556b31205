"""The log: counts, ids and kinds of faults, never a word of an article."""

from __future__ import annotations

import logging
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from annotator.settings.places import log_folder

MAX_BYTES, KEPT = 500_000, 3


class LimitedFile(logging.FileHandler):
    """A file that begins anew when it is full; the last few full ones are kept beside it.

    What the library has for this also writes to networks, and reading all that takes longer
    than reading the project.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        super().emit(record)
        if self.stream and self.stream.tell() > MAX_BYTES:
            self.close()
            self._turn()

    def _turn(self) -> None:
        names = [self.baseFilename, *(f"{self.baseFilename}.{n}" for n in range(1, KEPT + 1))]
        for newer, older in reversed(list(pairwise(names))):
            # Where another program holds one of them open, the log goes on in the full file.
            with suppress(OSError):
                Path(newer).replace(older)


def start() -> None:
    """Write log records to a file of limited size; without a folder to write to, go on without."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = LimitedFile(log_folder() / "annotator.log", encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("annotator")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
