"""Offsets of other tools, in whatever unit they count, as code points of the frozen text.

Only here and in the formats that need it does anything but a code point exist.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from enum import StrEnum

from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent

_CLUSTER = re.compile(
    "\r\n"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d[^\\w\\s])*",
    re.DOTALL,
)
"""What a reader sees as one character, in the scripts and emoji that news is written in."""


class Unit(StrEnum):
    """What an offset counts."""

    CODE_POINT = "codepoint"
    UTF16 = "utf16"
    GRAPHEME = "grapheme"


class Ruler:
    """Turns offsets of one unit into code points of a text and back."""

    def __init__(self, text: str, unit: Unit = Unit.CODE_POINT) -> None:
        self._length = len(text)
        self._bounds = _BOUNDS[unit](text)

    def to_points(self, offset: int) -> int:
        """Return the code point at which an offset stands.

        Raises:
            BadInput: outside the text, or inside a character.
        """
        if self._bounds is None:
            if 0 <= offset <= self._length:
                return offset
        else:
            point = bisect_left(self._bounds, offset)
            if point < len(self._bounds) and self._bounds[point] == offset:
                return point
            if 0 <= offset <= self._bounds[-1]:
                raise BadInput(f"has the offset {offset}, which is in the middle of a character")
        raise BadInput(
            f"has the offset {offset}, which lies outside the text ({self._length} characters)"
        )

    def from_points(self, point: int) -> int:
        """Return the offset, in the unit, of a code point."""
        return point if self._bounds is None else self._bounds[point]


def fitting_unit(
    text: str, quotes: Iterable[tuple[int, int, str]], candidates: Iterable[Unit]
) -> Unit | None:
    """Return the first unit under which most words stand where they are said to stand.

    None if no words fit under any unit, or none are given.
    """
    said = list(quotes)
    best, most = None, 0
    for unit in candidates:
        fits = fitting(text, unit, said)
        if fits > most:
            best, most = unit, fits
    return best


def fitting(text: str, unit: Unit, quotes: Iterable[tuple[int, int, str]]) -> int:
    """Return how many of the words stand where they are said to stand."""
    ruler = Ruler(text, unit)
    return sum(_fits(text, ruler, *quote) for quote in quotes)


def best_reading(texts: list[str], quotes: list[tuple[int, int, str]]) -> tuple[str, Unit]:
    """Return the reading of a text, and the unit, under which most of the words stand where they should."""
    best, most = (texts[0], Unit.CODE_POINT), -1
    for text in dict.fromkeys(texts):
        for unit in (Unit.CODE_POINT, Unit.UTF16):
            fits = fitting(text, unit, quotes)
            if fits > most:
                best, most = (text, unit), fits
    return best


def is_ambiguous(text: str, offsets: Iterable[Extent], units: tuple[Unit, Unit]) -> bool:
    """Tell whether two units would put any of these extents at different places."""
    first, second = (Ruler(text, unit) for unit in units)
    for extent in offsets:
        for offset in extent:
            if _try(first, offset) != _try(second, offset):
                return True
    return False


def after_freezing(text: str) -> Callable[[int], int]:
    r"""Return the map from code points of a text as it came to those of its frozen form.

    A leading byte-order mark is dropped there and ``\r\n`` becomes ``\n``.
    """
    gone = [0] if text.startswith("\ufeff") else []
    gone += [match.start() for match in re.finditer("\r\n", text)]
    if not gone:
        return lambda point: point
    return lambda point: point - bisect_left(gone, point)


def _fits(text: str, ruler: Ruler, start: int, end: int, words: str) -> bool:
    try:
        return text[ruler.to_points(start) : ruler.to_points(end)] == words
    except BadInput:
        return False


def _try(ruler: Ruler, offset: int) -> int | None:
    try:
        return ruler.to_points(offset)
    except BadInput:
        return None


def _utf16_bounds(text: str) -> array[int] | None:
    if text.isascii() or max(text) < "\U00010000":
        return None
    bounds = array("L", [0])
    position = 0
    for character in text:
        position += 2 if character >= "\U00010000" else 1
        bounds.append(position)
    return bounds


def _grapheme_bounds(text: str) -> array[int] | None:
    """Return for each code point the number of its cluster; looking from the left finds the first."""
    if text.isascii() and "\r\n" not in text:
        return None
    bounds = array("L")
    for number, match in enumerate(_CLUSTER.finditer(text)):
        bounds.extend([number] * len(match.group()))
    bounds.append(bounds[-1] + 1 if bounds else 0)
    return bounds


_BOUNDS: dict[Unit, Callable[[str], array[int] | None]] = {
    Unit.CODE_POINT: lambda text: None,
    Unit.UTF16: _utf16_bounds,
    Unit.GRAPHEME: _grapheme_bounds,
}
