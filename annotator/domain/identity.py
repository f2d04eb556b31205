"""Ids and time, both passed in so that tests and merges are repeatable."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

Id = str
"""A lower-case UUID in its usual 36-character form."""

Clock = Callable[[], str]
"""Gives the present moment as ISO 8601 in UTC with milliseconds, ending in ``Z``."""

IdMaker = Callable[[], Id]
"""Gives a new id at each call."""

_NAMESPACE = uuid.UUID("8d2f6c1e-64a5-5c0e-9d0a-3f6f0a6f7b11")


def system_clock() -> str:
    """Return the present moment of this machine."""
    now = datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def new_id() -> Id:
    """Return a new id whose first 48 bits are the time (UUID version 7, RFC 9562 §5.7).

    Neighbours in time are neighbours in an index; 74 random bits keep ids of the same
    millisecond, and of two machines, apart.
    """
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80 | noise
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(*parts: str) -> Id:
    """Return the one id that belongs to these parts, the same on every machine.

    Files that bring ids of their own (``a1``, ``e7``) get theirs this way, so importing
    them twice, or in two projects that meet later, gives the same records.
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def is_id(text: object) -> bool:
    """Tell whether ``text`` is a UUID in the form we write."""
    if not isinstance(text, str) or len(text) != 36:
        return False
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
