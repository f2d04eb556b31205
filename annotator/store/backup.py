"""Copies of a project in another folder: complete, verified, and thinned out with age."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.domain.suffix import SUFFIX
from annotator.domain.text import sha256_of
from annotator.store import durable, snapshot
from annotator.store.connection import Database, look, refuse_amid_a_step

HOURS, DAYS, WEEKS = 12, 14, 8
"""How many hours, days and weeks keep their newest backup."""

DRAFT = ".draft"
"""The end of a copy that has not been verified; it counts for nothing."""

_SECOND = "%Y%m%dT%H%M%S"
_NAME = re.compile(
    r"(\d{8}T\d{6})(\d{3})?Z-([0-9a-f]{12})(?:-([a-z-]+))?(?:\.\d+)?" + re.escape(SUFFIX)
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of a project.

    Attributes:
        at: when it was made.
        signature: what the project held, as ``signature_of`` tells.
        reason: what it was made before (“merge”), or "" for one made as time went by.
    """

    path: Path
    at: datetime
    signature: str
    reason: str = ""


@contextmanager
def saving(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while a backup is written into a sentence; earlier ones stay as they are."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise Problem(
            f"The backup could not be made ({why}): make room on the disk, or check that "
            f"{folder} can be written to."
        ) from error


def signature_of(db: Database) -> str:
    """Return twelve signs that differ whenever an act, an undo or a redo came between."""
    found = db.execute(
        "SELECT max(number), count(*), group_concat(number || state) FILTER (WHERE state <> 'done') FROM step"
    ).fetchone()
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]


def draft(db: Database, folder: Path, at: datetime, reason: str = "") -> Path:
    """Copy the project by SQLite's online backup and return the copy, which is yet to be verified.

    Raises:
        sqlite3.Error, OSError: no room, or no permission; nothing stays behind.
    """
    unverified = place(db, folder, at, reason)
    write(db, unverified)
    return unverified


def place(db: Database, folder: Path, at: datetime, reason: str = "") -> Path:
    """Return where a copy of the project as it is now goes until it is verified."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{_stamp(at)}-{signature_of(db)}" + (f"-{reason}" if reason else "")
    path = next(
        path
        for number in count()
        if not (path := folder / f"{stem}{f'.{number}' if number else ''}{SUFFIX}").exists()
    )
    unverified = path.with_name(path.name + DRAFT)
    unverified.unlink(missing_ok=True)
    return unverified


def write(db: Database, target: Path) -> None:
    """Write a complete copy of an open project to a new file and wait until it is on the disk.

    Raises:
        Refused: a step is being written, which may yet be taken back.
        sqlite3.Error, OSError: no room, or no permission; nothing stays behind.
    """
    refuse_amid_a_step(db)
    copy = sqlite3.connect(target)
    try:
        # Piece by piece, so that who reads the project meanwhile does not wait for all of it.
        db.conn.backup(copy, pages=snapshot.PAGES)
        _finish(copy, target)
    except BaseException:
        copy.close()
        target.unlink(missing_ok=True)
        raise


def write_still(source: Path, target: Path, tell: Callable[[int, int], bool]) -> bool:
    """Do what ``write`` does of a file that is kept as it is (``stillness``), in a process that does not have it open.

    Returns:
        False if ``tell`` said to stop; nothing stays behind then.

    Raises:
        sqlite3.Error, OSError: no room, or no permission; nothing stays behind.
    """
    try:
        if not snapshot.of_file(source, target, tell):
            target.unlink(missing_ok=True)
            return False
        _finish(sqlite3.connect(target), target)
    except BaseException:
        snapshot.drop(target)
        raise
    return True


def _finish(copy: sqlite3.Connection, target: Path) -> None:
    """Close a copy so that it needs no log beside it, wherever it is carried, and wait for the disk."""
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
    durable.flush(target)
    durable.flush(target.parent)


def text_in(path: Path, sha256: str) -> str | None:
    """Return the text of that hash from a backup, if it has it whole."""
    try:
        db = look(path)
        try:
            row = db.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        finally:
            db.close()
    except sqlite3.Error:
        return None
    return str(row[0]) if row and sha256_of(str(row[0])) == sha256 else None


def accept(unverified: Path) -> Backup:
    """Let a copy that was verified count as a backup."""
    path = unverified.with_name(unverified.name.removesuffix(DRAFT))
    unverified.replace(path)
    durable.flush(path.parent)
    return Backup(path, *_parts_of(path))


def listed(folder: Path) -> list[Backup]:
    """Return the verified backups in a folder, newest first."""
    if not folder.is_dir():
        return []
    found = [
        Backup(path, *_parts_of(path)) for path in folder.iterdir() if _NAME.fullmatch(path.name)
    ]
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def _parts_of(path: Path) -> tuple[datetime, str, str]:
    match = _NAME.fullmatch(path.name)
    if not match:
        raise ValueError(path.name)
    at = datetime.strptime(match[1], _SECOND).replace(tzinfo=UTC)
    return at + timedelta(milliseconds=int(match[2] or 0)), match[3], match[4] or ""


def _stamp(at: datetime) -> str:
    """Return a moment to the millisecond: of two backups within one second the later one is the newer."""
    at = at.astimezone(UTC)
    return f"{at.strftime(_SECOND)}{at.microsecond // 1000:03d}Z"


def thin(folder: Path, now: datetime) -> list[Backup]:
    """Remove the backups that ``kept`` does not choose, and drafts left by a crash; return what went."""
    backups = listed(folder)
    chosen = kept([(backup.at, backup.reason) for backup in backups], now)
    gone = [backup for number, backup in enumerate(backups) if number not in chosen]
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    for leftover in folder.glob(f"*{DRAFT}*"):
        if now.timestamp() - leftover.stat().st_mtime > timedelta(days=1).total_seconds():
            leftover.unlink(missing_ok=True)
    return gone


def kept(backups: Sequence[tuple[datetime, str]], now: datetime) -> set[int]:
    """Choose which backups stay: the newest of each of the last hours, days and weeks.

    Those made before a risky act stay as long as daily ones do. The newest always stays, and so
    does one from the future: a clock that went back must not cost a backup.

    Args:
        backups: when each was made, and before what act ("" for none), in any order.

    Returns:
        The places in ``backups`` of those that stay.
    """
    chosen = {
        place
        for place, (at, reason) in enumerate(backups)
        if at > now or (reason and now - at <= timedelta(days=DAYS))
    }
    order = sorted(range(len(backups)), key=lambda place: backups[place], reverse=True)
    chosen.update(order[:1])
    for step, slots in (
        (timedelta(hours=1), HOURS),
        (timedelta(days=1), DAYS),
        (timedelta(weeks=1), WEEKS),
    ):
        chosen.update(_newest_of_each(order, backups, now, step, slots))
    return chosen


def _newest_of_each(
    order: Iterable[int],
    backups: Sequence[tuple[datetime, str]],
    now: datetime,
    step: timedelta,
    slots: int,
) -> Iterator[int]:
    """Yield the newest backup of each of the last ``slots`` steps of time that has one.

    Slots are cut on the calendar, not counted from now; else a backup would slide from one slot
    into the next, and only the newest would ever grow old.
    """
    seen: set[int] = set()
    epoch = datetime(2000, 1, 3, tzinfo=UTC)  # a Monday
    for place in order:
        slot = (backups[place][0] - epoch) // step
        if slot not in seen and (now - epoch) // step - slot < slots:
            seen.add(slot)
            yield place
