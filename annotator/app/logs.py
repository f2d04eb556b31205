"""The log: counts, ids and kinds of faults, never a word of an article."""

from __future__ import annotations

import logging
import logging.handlers

from annotator.settings.places import log_folder

MAX_BYTES, KEPT = 500_000, 3


def start() -> None:
    """Write log records to a file of limited size; without a folder to write to, go on without."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_folder() / "annotator.log",
            maxBytes=MAX_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("annotator")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
