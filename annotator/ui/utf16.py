"""Text as Qt keeps it: in UTF-16, where a character beyond U+FFFF is a pair of two."""

from __future__ import annotations

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def in_pairs(text: str) -> str:
    """Return a text with its pairs written out, which Qt takes as it is.

    Given as Python has it, Qt would go through a long text character by character, in one go.
    """
    return _BEYOND.sub(lambda found: _pair(ord(found[0]) - 0x10000), text)


def _pair(place: int) -> str:
    return chr(0xD800 + (place >> 10)) + chr(0xDC00 + (place & 0x3FF))
