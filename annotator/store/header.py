"""The first hundred bytes of a SQLite file, read without opening it as a database."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LENGTH = 100
_SIGNATURE = b"SQLite format 3\x00"


class Header(NamedTuple):
    """What a file says of itself.

    Attributes:
        is_sqlite: whether it begins as every SQLite file does.
        is_cut_short: whether it ends before its own last page; SQLite would take what is
            missing for zeros and say nothing.
        is_blank: whether nothing but zeros stands at its beginning, or nothing at all.
        said_size: how long it should be in bytes; 0 where it does not tell.
        application_id, user_version: as the program that made it set them.
    """

    is_sqlite: bool
    is_cut_short: bool
    is_blank: bool
    said_size: int
    application_id: int
    user_version: int


def read(path: Path) -> Header:
    """Read the header of a file; raises OSError where that is not possible."""
    with path.open("rb") as file:
        raw = file.read(LENGTH)
        size = file.seek(0, 2)
    return Header(
        is_sqlite=raw.startswith(_SIGNATURE),
        is_cut_short=len(raw) < LENGTH or (size < _said_size(raw) and not _has_log(path)),
        is_blank=not raw.strip(b"\0"),
        said_size=_said_size(raw),
        application_id=int.from_bytes(raw[68:72]),
        user_version=int.from_bytes(raw[60:64]),
    )


def _said_size(raw: bytes) -> int:
    """Return how long the file should be in bytes; 0 where an old SQLite left that out."""
    if raw[24:28] != raw[92:96]:
        return 0
    page = int.from_bytes(raw[16:18])
    return (65536 if page == 1 else page) * int.from_bytes(raw[28:32])


def _has_log(path: Path) -> bool:
    """Tell whether a log beside the file may hold what the file itself does not have yet."""
    logs = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return any(log.exists() and log.stat().st_size for log in logs)
