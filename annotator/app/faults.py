"""Reports of faults of our own: kept on this machine, offered at the next start, never with article text."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from annotator import __version__
from annotator.settings.places import log_folder

KEPT = 20
"""How many reports are kept; the oldest go."""

SEEN = ".seen"

log = logging.getLogger(__name__)


def keep_report(error: BaseException) -> Path:
    """Write a report of a fault and return where it is.

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
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = log_folder() / f"fault-{stamp}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{about()}\n{' from '.join(kinds)}\n{places}\n", encoding="utf-8")
        _thin(path.parent)
    except OSError:
        log.warning("a report could not be written")
    return path


def about() -> str:
    """Return which program on which system."""
    import platform

    return (
        f"annotator {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}"
    )


def watch(tell: Callable[[Path], None]) -> Callable[[], None]:
    """Keep a report of every fault from now on, also of those that end the process at once.

    Args:
        tell: called with the report of a fault that the program outlives.

    Returns:
        What ends the watching, at an orderly end.
    """
    before = sys.excepthook

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        log.error("a fault of our own: %s", kind.__name__)
        tell(keep_report(error))

    sys.excepthook = caught
    file = _crash_file()
    if file:
        faulthandler.enable(file)

    def end() -> None:
        sys.excepthook = before
        if file:
            faulthandler.disable()
            file.close()
            Path(file.name).unlink(missing_ok=True)

    return end


def waiting() -> list[Path]:
    """Return the reports that were not offered yet, newest first; a crash of before becomes one."""
    folder = log_folder()
    if not folder.is_dir():
        return []
    for crash in folder.glob("crash-*.txt"):
        _turn_into_report(crash)
    return sorted(folder.glob("fault-*.txt"), reverse=True)


def set_seen(report: Path) -> None:
    """Do not offer a report again."""
    try:
        report.replace(report.with_name(report.name + SEEN))
    except OSError:
        log.warning("a report could not be renamed")


def _crash_file() -> IO[str] | None:
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        return (log_folder() / f"crash-{os.getpid()}.txt").open("w", encoding="utf-8")
    except OSError:
        return None


def _turn_into_report(crash: Path) -> None:
    """Keep what a process that was ended at once left; that of one still running stays."""
    try:
        if _is_running(int(crash.stem.partition("-")[2])):
            return
        said = crash.read_text(encoding="utf-8", errors="replace").strip()
        if said:
            stamp = datetime.fromtimestamp(crash.stat().st_mtime, UTC).strftime("%Y%m%dT%H%M%S%f")
            lines = [line for line in said.splitlines() if not line.startswith("Extension modules")]
            report = crash.with_name(f"fault-{stamp}.txt")
            report.write_text(f"{about()}\n" + "\n".join(lines) + "\n", encoding="utf-8")
        crash.unlink()
    except (OSError, ValueError):
        log.warning("a crash file could not be read")


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        # A file that is open in another process cannot be removed there, so nothing is lost by trying.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _thin(folder: Path) -> None:
    for old in sorted(folder.glob(f"fault-*.txt{SEEN}"))[:-KEPT]:
        old.unlink(missing_ok=True)
    for old in sorted(folder.glob("fault-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
