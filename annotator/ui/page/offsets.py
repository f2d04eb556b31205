"""The one border between code points, in which we count, and UTF-16 units, in which Qt counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

_BLANK = "\u00a0"

_STAND_INS: dict[int, str] = {
    **dict.fromkeys(
        map(ord, "\0\r\u000b\u000c\u001c\u001d\u001e\u001f\u0085\u2028\u2029\ufeff\ufffe\uffff"),
        _BLANK,
    ),
    **dict.fromkeys(range(0xFDD0, 0xFDF0), _BLANK),
    0xFFFC: "\ufffd",
}


def display_copy(text: str) -> str:
    """Return the text for Qt: characters that Qt alters or breaks lines at are replaced one for one.

    The copy has the same number of code points, so offsets hold in both. It is only ever
    drawn; text is never read back from Qt.
    """
    return text.translate(_STAND_INS)


class UnitMap:
    """Maps offsets of one text both ways; characters beyond U+FFFF are two units."""

    __slots__ = ("_astral", "_astral_units", "length", "units")

    def __init__(self, text: str) -> None:
        self._astral: list[int] = (
            [] if text.isascii() else [i for i, sign in enumerate(text) if sign > "\uffff"]
        )
        self._astral_units = [place + number for number, place in enumerate(self._astral)]
        self.length = len(text)
        self.units = len(text) + len(self._astral)

    def to_units(self, offset: int) -> int:
        """Return the UTF-16 offset of a code-point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_points(self, unit: int) -> int:
        """Return the code-point offset of a UTF-16 offset; within a pair, that of its character."""
        before = bisect_right(self._astral_units, unit)
        if before and self._astral_units[before - 1] + 1 == unit:
            return self._astral[before - 1]
        return unit - bisect_left(self._astral_units, unit)
