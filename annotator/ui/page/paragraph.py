"""One paragraph set in lines, and the rectangles of any stretch of it."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.ui.page import glyphs
from annotator.ui.page.offsets import UnitMap, display_copy
from annotator.ui.page.setting import Setting

EMPTY_LINE = 0.42
"""An empty line is room between paragraphs, not a line of its own."""

_LARGER_SCRIPTS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
    "(?:[^\\S\n]?[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc])*"
)
"""Hebrew and Arabic, whose letters are small beside Latin ones of the same size."""


class Edge(NamedTuple):
    """Where a mark begins or ends: x, the rectangle of that line, and +1 if text runs rightwards."""

    x: float
    line: QRectF
    direction: int


class Paragraph:
    """A laid-out paragraph; offsets are code points within it, places are pixels within it.

    Every line has the same height and its base line at the same place in it, whatever faces
    it needs: nothing jumps, and there is room for the lanes below the words.

    Attributes:
        mixes: whether any of it runs from right to left.
    """

    def __init__(
        self, text: str, setting: Setting, *, headline: bool = False, rtl: bool = False
    ) -> None:
        self.units = UnitMap(text)
        self.is_rtl = rtl
        self.mixes = rtl or _has_right_to_left(text)
        self.size = setting.headline_size if headline else setting.size
        self.line_height = setting.headline_line if headline else setting.line
        if not text:
            self.line_height = round(setting.line * EMPTY_LINE)
        shown = display_copy(text)
        font = setting.headline if headline else setting.body
        self.layout = QTextLayout(shown, font)
        if self.mixes:
            self._enlarge(shown, setting, headline=headline)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        if rtl:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        metrics = QFontMetricsF(font)
        room = self.line_height - metrics.ascent() - metrics.descent()
        self._base = room / 2 + metrics.ascent()
        self._ascent, self._descent = metrics.ascent(), metrics.descent()
        self.lines: list[QTextLine] = []
        self._starts: list[int] = []
        self._set(setting.width)

    def _enlarge(self, shown: str, setting: Setting, *, headline: bool) -> None:
        ranges = []
        look = QTextCharFormat()
        look.setFont(setting.headline_larger if headline else setting.larger)
        for match in _LARGER_SCRIPTS.finditer(shown):
            found = QTextLayout.FormatRange()
            found.start = self.units.to_units(match.start())
            found.length = self.units.to_units(match.end()) - found.start
            found.format = look
            ranges.append(found)
        self.layout.setFormats(ranges)

    def _set(self, width: float) -> None:
        self.layout.beginLayout()
        top = 0.0
        while True:
            line = self.layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, round(top + self._base) - line.ascent()))
            self.lines.append(line)
            self._starts.append(line.textStart())
            top += self.line_height
        self.layout.endLayout()
        self.height = max(top, self.line_height)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that an offset stands in."""
        return self._line_of_unit(self.units.to_units(offset))

    def line_at(self, y: float) -> int:
        """Return the number of the line at a height, or of the nearest one."""
        return max(0, min(int(y // self.line_height), len(self.lines) - 1))

    def lines_of(self, start: int, end: int) -> range:
        """Return the numbers of the lines that ``[start, end)`` lies in."""
        first, last = self.units.to_units(start), self.units.to_units(end)
        if first >= last or not self.lines:
            return range(0)
        return range(self._line_of_unit(first), self._line_of_unit(last - 1) + 1)

    def baseline(self, rect: QRectF) -> float:
        """Return the base line of the line that a rectangle lies in."""
        return self.base_of(self.line_at(rect.center().y()))

    def base_of(self, line: int) -> float:
        """Return the base line of a line by its number."""
        return round(line * self.line_height + self._base)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles that ``[start, end)`` covers: one a line, more where directions mix."""
        lines = self.lines_of(start, end)
        return [rect for line in lines for rect in self.rects_on(line, start, end)]

    def rects_on(self, line: int, start: int, end: int) -> list[QRectF]:
        """Return the rectangles that ``[start, end)`` covers on one line."""
        shown = self.lines[line]
        begin = shown.textStart()
        first = max(self.units.to_units(start), begin)
        last = min(self.units.to_units(end), begin + shown.textLength())
        if first >= last:
            return []
        top, height = self.base_of(line) - self._ascent, self._ascent + self._descent
        return [
            QRectF(left, top, max(right - left, 1), height)
            for left, right in glyphs.extents(self.layout, shown, first, last, mixes=self.mixes)
        ]

    def edges(self, start: int, end: int) -> tuple[Edge, Edge] | None:
        """Return where the stretch begins and where it ends, as it is read; None if it is not shown."""
        opening, closing = self.opening(start), self.closing(max(end, start + 1))
        return None if opening is None or closing is None else (opening, closing)

    def opening(self, start: int) -> Edge | None:
        """Return where a stretch that starts here begins, as it is read."""
        cell = self.cell(start)
        if cell is None:
            return None
        first, is_rtl = cell
        return Edge(first.right() if is_rtl else first.left(), first, -1 if is_rtl else 1)

    def closing(self, end: int) -> Edge | None:
        """Return where a stretch that has this end stops, as it is read."""
        cell = self.cell(end - 1)
        if cell is None:
            return None
        last, is_rtl = cell
        return Edge(last.left() if is_rtl else last.right(), last, -1 if is_rtl else 1)

    def cell(self, offset: int) -> tuple[QRectF, bool] | None:
        """Return the rectangle of the character at an offset, and whether it runs leftwards."""
        if not self.lines or offset >= self.units.length:
            return None
        unit = self.units.to_units(offset)
        while unit > 0 and not self.layout.isValidCursorPosition(unit):
            unit -= 1
        number = self._line_of_unit(unit)
        begin, after = glyphs.cell(self.layout, self.lines[number], unit, mixes=self.mixes)
        top = self.base_of(number) - self._ascent
        rect = QRectF(min(begin, after), top, abs(after - begin), self._ascent + self._descent)
        return rect, after < begin

    def offset_at(self, point: QPointF, *, nearest: bool = True) -> int:
        """Return the offset nearest to a point (``nearest`` False: of the character under it)."""
        if not self.lines:
            return 0
        number = int(max(0, min(point.y() // self.line_height, len(self.lines) - 1)))
        line = self.lines[number]
        if self.mixes:
            unit = self._unit_at(line, point.x(), nearest=nearest)
        else:
            kind = (
                QTextLine.CursorPosition.CursorBetweenCharacters
                if nearest
                else QTextLine.CursorPosition.CursorOnCharacter
            )
            unit = line.xToCursor(point.x(), kind)
        stop = line.textStart() + line.textLength()
        if nearest and number < len(self.lines) - 1 and unit >= stop:
            unit = self.layout.previousCursorPosition(stop)
        return self.units.to_points(unit)

    def caret(self, offset: int) -> QRectF:
        """Return the rectangle of the caret at an offset."""
        height = self._ascent + self._descent
        if not self.lines:
            return QRectF(-1, 0, 2, min(height, self.line_height))
        number = self.line_of(offset)
        x = glyphs.caret(self.lines[number], self.units.to_units(offset))
        top = self.base_of(number) - self._ascent
        return QRectF(round(x) - 1, top, 2, height)

    def _line_of_unit(self, unit: int) -> int:
        return max(bisect_right(self._starts, unit) - 1, 0)

    def _unit_at(self, line: QTextLine, x: float, *, nearest: bool) -> int:
        """Return the unit under x where directions mix.

        Qt's own answer is off by the width of the blank that hangs at the end of a line that runs
        leftwards; the glyphs stand where they are seen.
        """
        stop = line.textStart() + line.textLength()
        best, least = line.textStart(), math.inf
        unit = line.textStart()
        while unit < stop:
            begin, end = glyphs.cell(self.layout, line, unit, mixes=self.mixes)
            after = max(self.layout.nextCursorPosition(unit), unit + 1)
            left, right = min(begin, end), max(begin, end)
            away = max(left - x, x - right, 0.0)
            if away < least:
                closer_to_end = nearest and abs(x - end) < abs(x - begin)
                best, least = (after if closer_to_end else unit), away
            unit = after
        return best


def runs_leftwards(text: str) -> bool | None:
    """Tell the direction of a paragraph by its first strong character (Unicode bidi, rule P2), if it has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return None


def _has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(
        unicodedata.bidirectional(sign) in ("R", "AL", "AN", "RLE", "RLO", "RLI") for sign in text
    )
