"""Where a caret may rest: between characters as a reader sees them, never inside one.

What a reader takes for one character may be many code points: a letter with its accents, a
flag, a family emoji, a Korean syllable. The rules are those of Unicode's extended grapheme
clusters (UAX #29), in the words of ``unicodedata``. Offsets are code points.
"""

from __future__ import annotations

import unicodedata

_ZWJ, _ZWNJ = "\u200d", "\u200c"
_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
)
_PICTURES_AMONG_PUNCTUATION = frozenset("\u203c\u2049\u3030")
_VIRAMA = 9
"""Canonical combining class of the signs that join two consonants of India's scripts."""


def is_boundary(text: str, offset: int) -> bool:
    """Tell whether a caret may rest at ``offset``."""
    if not 0 < offset < len(text):
        return 0 <= offset <= len(text)
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if _is_control(before) or _is_control(after):
        return True
    return not (
        _extends(after)
        or before in _PREPENDED
        or (before == _ZWJ and _is_picture(after) and _ends_picture(text, offset - 1))
        or (_is_flag_letter(after) and _flag_letters_before(text, offset) % 2 == 1)
        or _joins_syllable(before, after)
        or _joins_consonants(text, offset)
    )


def floor(text: str, offset: int) -> int:
    """Return ``offset``, or the start of the character it lies within; kept inside the text."""
    offset = max(0, min(offset, len(text)))
    while not is_boundary(text, offset):
        offset -= 1
    return offset


def ceiling(text: str, offset: int) -> int:
    """Return ``offset``, or the end of the character it lies within; kept inside the text."""
    offset = max(0, min(offset, len(text)))
    while not is_boundary(text, offset):
        offset += 1
    return offset


def following(text: str, offset: int) -> int:
    """Return the next place a caret may rest, or the end of the text."""
    return ceiling(text, offset + 1)


def preceding(text: str, offset: int) -> int:
    """Return the previous place a caret may rest, or 0."""
    return floor(text, offset - 1)


def _is_control(sign: str) -> bool:
    if sign in (_ZWJ, _ZWNJ) or sign in _PREPENDED or "\U000e0020" <= sign <= "\U000e007f":
        return False
    return unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _extends(sign: str) -> bool:
    if unicodedata.category(sign) in ("Mn", "Me", "Mc") or sign in (_ZWJ, _ZWNJ):
        return True
    return (
        "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
        or sign in ("\uff9e", "\uff9f", "\u0e33", "\u0eb3")
    )


def _is_picture(sign: str) -> bool:
    if sign in _PICTURES_AMONG_PUNCTUATION:
        return True
    category = unicodedata.category(sign)
    # An emoji newer than Python's tables is unassigned to it.
    return category in ("So", "Sm") or (category == "Cn" and sign > "\U0001f000")


def _ends_picture(text: str, joiner: int) -> bool:
    """Tell whether an emoji, with its modifiers, stands before the joiner."""
    place = joiner - 1
    while place > 0 and _extends(text[place]) and text[place] != _ZWJ:
        place -= 1
    return place >= 0 and _is_picture(text[place])


def _is_flag_letter(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flag_letters_before(text: str, offset: int) -> int:
    first = offset
    while first > 0 and _is_flag_letter(text[first - 1]):
        first -= 1
    return offset - first


def _joins_syllable(before: str, after: str) -> bool:
    """Tell whether two Korean letters or syllables are one block."""
    first, second = _hangul(before), _hangul(after)
    return (
        (first == "L" and second in ("L", "V", "LV", "LVT"))
        or (first in ("LV", "V") and second in ("V", "T"))
        or (first in ("LVT", "T") and second == "T")
    )


def _hangul(sign: str) -> str:
    if "\u1100" <= sign <= "\u115f" or "\ua960" <= sign <= "\ua97c":
        return "L"
    if "\u1160" <= sign <= "\u11a7" or "\ud7b0" <= sign <= "\ud7c6":
        return "V"
    if "\u11a8" <= sign <= "\u11ff" or "\ud7cb" <= sign <= "\ud7fb":
        return "T"
    if "\uac00" <= sign <= "\ud7a3":
        return "LV" if (ord(sign) - 0xAC00) % 28 == 0 else "LVT"
    return ""


def _joins_consonants(text: str, offset: int) -> bool:
    """Tell whether a virama ties the consonant at ``offset`` to the one before it."""
    if not "\u0900" <= text[offset] <= "\u0d7f" or unicodedata.category(text[offset]) != "Lo":
        return False
    if "\u0b80" <= text[offset] <= "\u0bff":  # Tamil shows the virama, it joins nothing
        return False
    place, tied = offset - 1, False
    while place > 0 and _extends(text[place]):
        tied = tied or unicodedata.combining(text[place]) == _VIRAMA
        place -= 1
    return tied and unicodedata.category(text[place]) == "Lo"
