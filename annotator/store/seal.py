"""Whether a large project file is just as it was left when it was last known to be whole.

Checking every page takes time that grows with the file. A file that was whole when it was opened
and was closed properly is whole, as long as nobody else wrote to it; so what the system says of
the file then is kept, and while it says the same the check is left out, for some days at most.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

LARGE = 32_000_000
"""Smaller files are always checked: it takes less than a tenth of a second."""

DAYS = 7
"""After so many days a file is checked whatever the system says, as disks forget."""

MOST = 50
"""So many files are remembered."""

_STEP = 100
"""The file systems that count finest in steps of so many nanoseconds keep a mark."""


@dataclass(frozen=True, slots=True)
class Seals:
    """What is remembered of closed projects, in a file of the person's own data folder."""

    file: Path

    def checked(self, path: Path, today: date) -> date | None:
        """Return when the file was last checked if it is as it was left since, else None."""
        known = self._read().get(str(path.resolve()))
        try:
            if not known or known["looks"] != _looks(path):
                return None
            day = date.fromisoformat(known["checked"])
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return day if 0 <= (today - day).days < DAYS else None

    def put(self, path: Path, checked: date) -> None:
        """Remember how a file looks that was just closed and is whole; where that fails it is checked again."""
        with suppress(OSError):
            if path.stat().st_size < LARGE or not _mark(path):
                return
            known = self._read()
            known.pop(str(path.resolve()), None)
            known[str(path.resolve())] = {"looks": _looks(path), "checked": checked.isoformat()}
            self.file.parent.mkdir(parents=True, exist_ok=True)
            draft = self.file.with_name(f".{self.file.name}.{secrets.token_hex(8)}.new")
            try:
                draft.write_text(json.dumps(dict(list(known.items())[-MOST:])), encoding="utf-8")
                draft.replace(self.file)
            finally:
                draft.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _looks(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _mark(path: Path) -> bool:
    """Give a file a time of change that nobody else gives it, and tell whether the system kept it.

    Systems count coarsely: what is written in the same moment as our last page would else have
    the same time.
    """
    stat = path.stat()
    moment = (stat.st_mtime_ns // 10**9 - 1) * 10**9 + secrets.randbelow(10**7) * _STEP
    os.utime(path, ns=(stat.st_atime_ns, moment))
    return path.stat().st_mtime_ns == moment and moment % 10**6 != 0
