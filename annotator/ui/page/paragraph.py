"""One paragraph set in lines, and the rectangles of any stretch of it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine, QTextOption

from annotator.ui.page.offsets import UnitMap, display_copy
from annotator.ui.page.setting import Setting

EMPTY_LINE = 0.42
"""An empty line is room between paragraphs, not a line of its own."""


class Paragraph:
    """A laid-out paragraph; offsets are code points within it, places are pixels within it."""

    def __init__(self, text: str, setting: Setting, *, headline: bool = False) -> None:
        self.units = UnitMap(text)
        self.is_rtl = _is_rtl(text)
        self._has_rtl = self.is_rtl or _has_rtl(text)
        self._line_height = setting.headline_line if headline else setting.line
        if not text:
            self._line_height = round(setting.line * EMPTY_LINE)
        self.layout = QTextLayout(
            display_copy(text), setting.headline if headline else setting.body
        )
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if self.is_rtl else Qt.LayoutDirection.LeftToRight
        )
        if self.is_rtl:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self.lines: list[QTextLine] = []
        self._starts: list[int] = []
        # Base lines stand at the same distance, whatever fallback faces a line needs.
        metrics = QFontMetricsF(self.layout.font())
        self._base = (self._line_height + metrics.ascent() - metrics.descent()) / 2
        self._set(setting.width)

    def _set(self, width: float) -> None:
        self.layout.beginLayout()
        top = 0.0
        while True:
            line = self.layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + self._base - line.ascent()))
            self.lines.append(line)
            self._starts.append(line.textStart())
            top += self._line_height
        self.layout.endLayout()
        self.height = max(top, self._line_height)

    @property
    def line_height(self) -> float:
        """Distance from one line to the next."""
        return self._line_height

    def line_of(self, offset: int) -> int:
        """Return the number of the line that an offset stands in."""
        line = self.layout.lineForTextPosition(self.units.to_units(offset))
        return line.lineNumber() if line.isValid() else max(len(self.lines) - 1, 0)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles that ``[start, end)`` covers: one a line, more where directions mix."""
        first, last = self.units.to_units(start), self.units.to_units(end)
        found: list[QRectF] = []
        for line in self.lines[self.line_of(start) :]:
            begin, stop = line.textStart(), line.textStart() + line.textLength()
            if begin >= last:
                break
            a, b = max(first, begin), min(last, stop)
            if a < b:
                found += self._line_rects(line, a, b)
        return found

    def baseline(self, rect: QRectF) -> float:
        """Return the base line of the line that a rectangle of ``rects`` lies in."""
        line = self.lines[min(int(rect.center().y() // self._line_height), len(self.lines) - 1)]
        return line.y() + line.ascent()

    def offset_at(self, point: QPointF, *, nearest: bool = True) -> int:
        """Return the offset nearest to a point (``nearest`` False: of the character under it)."""
        if not self.lines:
            return 0
        number = int(max(0, min(point.y() // self._line_height, len(self.lines) - 1)))
        line = self.lines[number]
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

    def next_offset(self, offset: int) -> int:
        """Return the next place a caret may rest, never within a cluster."""
        return self.units.to_points(self.layout.nextCursorPosition(self.units.to_units(offset)))

    def previous_offset(self, offset: int) -> int:
        """Return the previous place a caret may rest, never within a cluster."""
        return self.units.to_points(self.layout.previousCursorPosition(self.units.to_units(offset)))

    def valid_offset(self, offset: int) -> int:
        """Return the offset itself, or the end of the cluster it lies in."""
        unit = self.units.to_units(offset)
        return offset if self.layout.isValidCursorPosition(unit) else self.next_offset(offset)

    def caret(self, offset: int) -> QRectF:
        """Return the rectangle of the caret at an offset."""
        if not self.lines:
            return QRectF(0, 0, 2, self._line_height)
        line = self.lines[self.line_of(offset)]
        x = _x(line, self.units.to_units(offset))
        return QRectF(x - 1, line.y(), 2, line.height())

    def _line_rects(self, line: QTextLine, start: int, end: int) -> list[QRectF]:
        top, height = line.y(), line.height()
        if not self._has_rtl:
            left, right = _x(line, start), _x(line, end)
            return [QRectF(left, top, max(right - left, 1), height)]
        found: list[QRectF] = []
        for run in line.glyphRuns(start, end - start):
            box = run.boundingRect()
            left, right = box.left(), box.right()
            if found and abs(found[-1].right() - left) < 1.5:
                found[-1].setRight(right)
            elif found and abs(found[-1].left() - right) < 1.5:
                found[-1].setLeft(left)
            else:
                found.append(QRectF(left, top, max(right - left, 1), height))
        return found


def _x(line: QTextLine, unit: int) -> float:
    # PySide gives the place and the (possibly moved) offset as a pair.
    found: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    return found[0]


def _is_rtl(text: str) -> bool:
    """Tell the direction of a paragraph by its first strong character (Unicode bidi, rule P2)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _has_rtl(text: str) -> bool:
    return not text.isascii() and any(
        unicodedata.bidirectional(sign) in ("R", "AL", "RLE", "RLO", "RLI") for sign in text
    )
