"""Ids and time, both passed in so that tests and merges are repeatable."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha1

Id = str
"""A lower-case UUID in its usual 36-character form."""

Clock = Callable[[], str]
"""Gives the present moment as ISO 8601 in UTC with milliseconds, ending in ``Z``."""

IdMaker = Callable[[], Id]
"""Gives a new id at each call."""

_NAMESPACE = bytes.fromhex("8d2f6c1e64a55c0e9d0a3f6f0a6f7b11")
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""The digit after the third hyphen, whose two upper bits say what kind of UUID it is."""

_OUR_FORM = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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
    return _hyphened(f"{value:032x}")


def derived_id(*parts: str) -> Id:
    """Return the one id that belongs to these parts, the same on every machine (UUID version 5).

    Files that bring ids of their own (``a1``, ``e7``) get theirs this way, so importing
    them twice, or in two projects that meet later, gives the same records.
    """
    name = "\x1f".join(parts).encode("utf-8")
    digits = sha1(_NAMESPACE + name, usedforsecurity=False).hexdigest()
    return (
        f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-"
        f"{_VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"
    )


def _hyphened(digits: str) -> Id:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_id(text: object) -> bool:
    """Tell whether ``text`` is a UUID in the form we write."""
    return isinstance(text, str) and _OUR_FORM.fullmatch(text) is not None
