"""The log: counts, ids and kinds of faults, never a word of an article."""

from __future__ import annotations

import logging
import logging.handlers
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from annotator import __version__
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


def keep_report(error: BaseException) -> Path:
    """Write a report of a fault of ours and return where it is.

    It names the places in the program, not the values there, which may be article text.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = "\n".join(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
    kinds = []
    here: BaseException | None = error
    while here is not None:
        kinds.append(type(here).__name__)
        here = here.__cause__
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    report = (
        f"annotator {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}\n"
        f"{' from '.join(kinds)}\n{places}\n"
    )
    path = log_folder() / f"fault-{stamp}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError:
        logging.getLogger(__name__).warning("a report could not be written")
    return path
