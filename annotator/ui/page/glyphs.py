"""Where characters stand in a line, from left to right, also where directions mix; in UTF-16 units of the layout."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGlyphRun, QTextLayout, QTextLine

NEAR = 0.6
"""Stretches less than so many pixels apart are one."""


def caret(line: QTextLine, unit: int) -> float:
    """Return where the caret before a unit stands."""
    # PySide gives the place and the (possibly moved) offset as a pair.
    found: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    return found[0]


def extents(
    layout: QTextLayout, line: QTextLine, start: int, end: int, *, mixes: bool
) -> list[tuple[float, float]]:
    """Return the stretches of x that ``[start, end)`` covers in a line.

    Where directions mix, the places of carets do not tell where a letter stands, since at
    a change of direction one caret has two places. Glyphs do.
    """
    if not mixes:
        return [(caret(line, start), caret(line, end))]
    # A mark may end within what is one glyph (a letter without its accent, half a flag): the
    # glyph belongs to whoever has its beginning. An accent alone is a hair line.
    while not layout.isValidCursorPosition(end):
        end += 1
    while start < end and not layout.isValidCursorPosition(start):
        start += 1
    if start == end:
        return [(caret(line, end), caret(line, end))]
    found: list[tuple[float, float]] = []
    boxes = (run.boundingRect() for run in line.glyphRuns(start, end - start))
    for left, right in sorted((box.left(), box.right()) for box in boxes):
        if found and left - found[-1][1] < NEAR:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found or [(caret(line, start), caret(line, end))]


def cell(layout: QTextLayout, line: QTextLine, unit: int, *, mixes: bool) -> tuple[float, float]:
    """Return where a character begins and ends, as it is read: from right to left, the end is left."""
    after = max(layout.nextCursorPosition(unit), unit + 1)
    if mixes:
        runs = line.glyphRuns(unit, after - unit)
        if runs and runs[0].isRightToLeft():
            return _part_of_ligature(layout, line, unit, after) or _edges(runs)
        if runs:
            return _edges(runs)
    return caret(line, unit), caret(line, min(after, _stop(line)))


def _part_of_ligature(
    layout: QTextLayout, line: QTextLine, unit: int, after: int
) -> tuple[float, float] | None:
    """Return where a character is that shares its glyph with the one before or after it: a half of it.

    Of what runs leftwards Qt gives the glyph beside its place where a part of it is asked for.
    """
    before = layout.previousCursorPosition(unit) if unit > line.textStart() else unit
    if _share(line, before, unit, after):
        begin, end = _edges(line.glyphRuns(before, after - before))
        return (begin + end) / 2, end
    beyond = layout.nextCursorPosition(after) if after < _stop(line) else after
    if _share(line, unit, after, beyond):
        begin, end = _edges(line.glyphRuns(unit, beyond - unit))
        return begin, (begin + end) / 2
    return None


def _share(line: QTextLine, start: int, middle: int, end: int) -> bool:
    """Tell whether what is before and after the middle has a glyph in common."""
    if not start < middle < end:
        return False
    one, other = _indexes(line, start, middle), _indexes(line, middle, end)
    if not set(one) & set(other):
        return False
    return len(_indexes(line, start, end)) < len(one) + len(other)


def _indexes(line: QTextLine, start: int, end: int) -> list[int]:
    return [index for run in line.glyphRuns(start, end - start) for index in run.glyphIndexes()]


def _edges(runs: Sequence[QGlyphRun]) -> tuple[float, float]:
    """Return where the first of the glyphs begin and end, as they are read."""
    box = runs[0].boundingRect()
    return (box.right(), box.left()) if runs[0].isRightToLeft() else (box.left(), box.right())


def _stop(line: QTextLine) -> int:
    return line.textStart() + line.textLength()
