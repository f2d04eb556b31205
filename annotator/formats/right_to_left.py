"""Lines that run from right to left, put from the order they are seen in into the one they are read in.

A PDF says where each letter stands, not in which order the letters are read. So each is taken by its
place, and what the Unicode Bidirectional Algorithm (UAX #9) turned round for the eye is turned
back: numbers and Latin words in a line that runs from right to left, Hebrew and Arabic words in one
that does not. That goes as far as it can be undone: two numbers side by side look alike in either order.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from math import isclose
from unicodedata import bidirectional, normalize

STRONG = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of the scripts that run from right to left."""

_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
"""Letters as they look at one place of a word, and several in one."""
_ARABIC, _RIGHT, _LEFT, _NUMBER, _NEUTRAL = "AL", "R", "L", "N", ""
_DIGITS, _AROUND = ("EN", "AN"), "ET"
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"))
_LAM = "\u0644"
_LAM_ALEF = re.compile(f"{_LAM}[\u0622\u0623\u0625\u0627\u0671]")
_HAIR = 0.01
_ROOM = 0.06
"""A gap of less than this part of a letter's height is none between words."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter and the box in which it stands, in any unit that grows to the right and upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        """Return where the middle of the box is, from left to right."""
        return (self.left + self.right) / 2


def runs_right_to_left(text: str) -> bool:
    """Return whether most letters of a text run from right to left."""
    kinds = [bidirectional(letter) for letter in text]
    return sum(kind in (_RIGHT, _ARABIC) for kind in kinds) > kinds.count(_LEFT)


def whole_lines(lines: Iterable[list[Letter]]) -> Iterator[list[Letter]]:
    """Put lines together that stand side by side, as vowel signs make one line look like several."""
    open_line: list[Letter] = []
    for line in filter(None, lines):
        if open_line and _go_on(open_line, line):
            open_line += line
        else:
            if open_line:
                yield open_line
            open_line = line
    if open_line:
        yield open_line


def in_reading_order(letters: Sequence[Letter], *, from_right: bool) -> str:
    """Return a line as it is read, where the lines around it run from the right or not.

    The letters may come in any order. Only how many spaces are among them counts, not where they
    stand: they go into the widest gaps.
    """
    spaces = sum(one.text.isspace() for one in letters)
    words = _with_ligatures([one for one in letters if not one.text.isspace()])
    seen = sorted(words, key=lambda one: one.middle)
    line = _with_spaces(_with_marks(seen), spaces)
    kinds = _kinds(line)
    from_right = _runs_right(kinds, around=from_right)
    read = "".join(_turned(line, _levels(kinds, from_right=from_right)))
    if from_right:
        read = _faced(read)
    return _FORMS.sub(lambda form: normalize("NFKC", form[0]), read)


def _go_on(one: Sequence[Letter], other: Sequence[Letter]) -> bool:
    """Return whether two lines stand at one height with no more than a letter's room between them."""
    (left, right, bottom, top), (left2, right2, bottom2, top2) = map(_box, (one, other))
    lower = min(top - bottom, top2 - bottom2)
    shared = min(top, top2) - max(bottom, bottom2)
    return shared > lower / 2 and max(left, left2) - min(right, right2) < lower


def _box(line: Sequence[Letter]) -> tuple[float, float, float, float]:
    return (
        min(one.left for one in line),
        max(one.right for one in line),
        min(one.bottom for one in line),
        max(one.top for one in line),
    )


def _with_ligatures(letters: Sequence[Letter]) -> list[Letter]:
    """Put lam and alef together again where they share one shape, which was cut in two by the middle."""
    whole: list[Letter] = []
    for one in letters:
        other = whole[-1] if whole else one
        both = other.text + one.text
        if (_LAM_ALEF.fullmatch(both) or _LAM_ALEF.fullmatch(both[::-1])) and _share_a_shape(
            other, one
        ):
            text = both if both[0] == _LAM else both[::-1]
            left, right = min(other.left, one.left), max(other.right, one.right)
            whole[-1] = replace(one, text=text, left=left, right=right)
        else:
            whole.append(one)
    return whole


def _share_a_shape(one: Letter, other: Letter) -> bool:
    """Return whether two letters stand in the same box, or in the halves of one."""
    left, right = sorted((one, other), key=lambda half: half.left)
    widths = left.right - left.left, right.right - right.left
    starts_at = (left.left, left.right)
    return isclose(*widths, abs_tol=_HAIR) and any(
        isclose(right.left, start, abs_tol=_HAIR) for start in starts_at
    )


def _with_marks(seen: Sequence[Letter]) -> list[list[Letter]]:
    """Return each letter with the vowel signs above and below it."""
    bases = [[one] for one in seen if not _is_sign(one)]
    middles = [base[0].middle for base in bases]
    for one in filter(_is_sign, seen if bases else ()):
        place = bisect(middles, one.middle)
        around = range(max(place - 1, 0), min(place + 1, len(bases)))
        bases[min(around, key=lambda at: abs(middles[at] - one.middle))].append(one)
    return bases


def _is_sign(letter: Letter) -> bool:
    return bidirectional(letter.text[0]) == "NSM"


def _with_spaces(bases: Sequence[Sequence[Letter]], spaces: int) -> list[str]:
    """Return the letters with so many spaces in the widest gaps."""
    gaps = [
        (behind[0].left - before[0].right, number)
        for number, (before, behind) in enumerate(pairwise(bases), 1)
    ]
    wide = (gap for gap in gaps if gap[0] > _ROOM * _height(bases[gap[1]][0]))
    widest = {number for _, number in sorted(wide, reverse=True)[:spaces]}
    line: list[str] = []
    for number, base in enumerate(bases):
        if number in widest:
            line.append(" ")
        line.append("".join(one.text for one in base))
    return line


def _height(letter: Letter) -> float:
    return letter.top - letter.bottom


def _kinds(line: Sequence[str]) -> list[str]:
    """Return what each letter does to the order: right, left, number or nothing of its own."""
    classes = [bidirectional(text[0]) for text in line]
    is_arabic = _ARABIC in classes
    kinds = []
    for number, own in enumerate(classes):
        around = (classes[max(number - 1, 0)], classes[min(number + 1, len(classes) - 1)])
        if own in (_RIGHT, _ARABIC):
            kinds.append(_RIGHT)
        elif own == _LEFT:
            kinds.append(_LEFT)
        elif (
            own in _DIGITS
            or (own == "CS" and all(side in _DIGITS for side in around))
            or (own == "ES" and not is_arabic and all(side in _DIGITS for side in around))
            or (own == _AROUND and not is_arabic and any(side in _DIGITS for side in around))
        ):
            kinds.append(_NUMBER)
        else:
            kinds.append(_NEUTRAL)
    return kinds


def _runs_right(kinds: Sequence[str], *, around: bool) -> bool:
    """Return whether a line runs from the right: as those around it, unless both its ends say otherwise."""
    strong = [kind for kind in kinds if kind in (_RIGHT, _LEFT)]
    ends = [kind == _RIGHT for kind in (strong[:1] + strong[-1:])]
    return any(ends) if around else all(ends)


def _levels(kinds: Sequence[str], *, from_right: bool) -> list[int]:
    """Return how often each letter was turned round for the eye (rules N1, N2, I1 and I2)."""
    levels = []
    setting = [_NEUTRAL if kind == _NUMBER and not from_right else kind for kind in kinds]
    befores = _nearest(setting)
    behinds = _nearest(setting[::-1])[::-1]
    for kind, before, behind in zip(kinds, befores, behinds, strict=True):
        is_within = before == behind == _RIGHT
        if kind == _RIGHT:
            levels.append(1)
        elif from_right:
            is_left = kind or (before == _LEFT and behind in (_LEFT, _NUMBER))
            levels.append(2 if is_left else 1)
        elif kind == _NUMBER:
            levels.append(2 if is_within else 0)
        else:
            levels.append(1 if is_within and not kind else 0)
    return levels


def _nearest(kinds: Sequence[str]) -> list[str]:
    """Return for each letter the kind of the nearest one before it that has one."""
    return list(accumulate(kinds, lambda before, kind: kind or before, initial=_NEUTRAL))[:-1]


def _turned(line: list[str], levels: list[int]) -> list[str]:
    """Turn every run back that was turned round (rule L2, which undoes itself)."""
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        for is_run, run in groupby(levels, key=level.__le__):
            end = start + len(list(run))
            if is_run:
                line[start:end] = reversed(line[start:end])
            start = end
    return line


def _faced(read: str) -> str:
    """Let the brackets of a line face what they hold, as some programs write them the way they look."""
    for opening, closing in _PAIRS:
        parts = re.split(f"[{re.escape(opening + closing)}]", read)
        if len(parts) % 2:
            sides = [(opening, closing)[number % 2] for number in range(len(parts) - 1)]
            read = "".join(part + side for part, side in zip(parts, [*sides, ""], strict=True))
    return read
