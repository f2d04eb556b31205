"""The column of paragraphs: what is laid out, how high everything is, and what stands where."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from annotator.presentation.page import Page
from annotator.ui.page.heights import Heights
from annotator.ui.page.paragraph import EMPTY_LINE, Paragraph, runs_leftwards
from annotator.ui.page.setting import BOTTOM, TOP, Setting

NEAR = 50
"""So many paragraphs around one without letters are asked for their direction."""

KEPT = 400
"""Laid-out paragraphs kept; more than any screen shows, little beside a long article."""


class Column:
    """Lays paragraphs out when they are needed; heights of the others are estimated.

    Offsets are code points of the article, places are pixels from its top left corner.
    """

    def __init__(self, page: Page, setting: Setting) -> None:
        self._page = page
        self.setting = setting
        self._laid: dict[int, Paragraph] = {}
        self._known: set[int] = set()
        self._letters = max(int(setting.width / setting.letter), 8)
        self._heights = Heights(self._estimates())

    @property
    def height(self) -> float:
        """Height of the whole article, margins included."""
        return TOP + self._heights.above(len(self._heights)) + BOTTOM

    def __len__(self) -> int:
        return len(self._heights)

    def paragraph(self, number: int) -> Paragraph:
        """Return a paragraph, laid out; its true height takes the place of the estimate."""
        found = self._laid.get(number)
        if found is None:
            found = self._lay_out(number)
            height = found.height + self._gap(number)
            if abs(height - self._heights[number]) > 0.5:
                self._heights.set(number, height)
            self._known.add(number)
        return found

    def is_laid_out(self, number: int) -> bool:
        """Tell whether the height of a paragraph is known, not estimated."""
        return number in self._known

    @property
    def laid_out(self) -> int:
        """How many paragraphs were laid out so far."""
        return len(self._known)

    def top(self, number: int) -> float:
        """Return where a paragraph begins, from the top of the article."""
        return TOP + self._heights.above(number)

    def at(self, y: float) -> int:
        """Return the paragraph at a height from the top of the article."""
        return self._heights.at(y - TOP)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of a stretch of the article, from its top left corner."""
        found = []
        first, last = self._page.paragraph_of(start), self._page.paragraph_of(max(end - 1, start))
        for number in range(first, last + 1):
            begin, stop = self._page.paragraphs[number]
            paragraph = self.paragraph(number)
            a, b = max(start, begin) - begin, min(end, stop) - begin
            if a < b:
                top = self.top(number)
                found += [rect.translated(self.setting.left, top) for rect in paragraph.rects(a, b)]
        return found

    def caret(self, offset: int) -> QRectF:
        """Return the rectangle of a caret at an offset."""
        number = self._page.paragraph_of(offset)
        start, _ = self._page.paragraphs[number]
        rect = self.paragraph(number).caret(offset - start)
        return rect.translated(self.setting.left, self.top(number))

    def is_headline(self, number: int) -> bool:
        """Tell whether a paragraph is the headline."""
        return bool(self._page.headline_end) and number == 0

    def _lay_out(self, number: int) -> Paragraph:
        if len(self._laid) >= KEPT:
            for old in list(self._laid)[: KEPT // 2]:
                del self._laid[old]
        start, end = self._page.paragraphs[number]
        found = self._laid[number] = Paragraph(
            self._page.text[start:end],
            self.setting,
            headline=self.is_headline(number),
            rtl=self._is_right_to_left(number),
        )
        return found

    def _is_right_to_left(self, number: int) -> bool:
        """A long paragraph that was cut runs in one direction in all its parts.

        One without letters, such as an empty line, runs like the nearest one before it that has
        some, or else after it.
        """
        paragraphs = self._page.paragraphs
        while number and paragraphs[number - 1][1] == paragraphs[number][0]:
            number -= 1
        before = range(number, max(number - NEAR, -1), -1)
        after = range(number + 1, min(number + NEAR, len(paragraphs)))
        known = (
            runs_leftwards(self._page.text[slice(*paragraphs[near])]) for near in (*before, *after)
        )
        return next((found for found in known if found is not None), False)

    def _gap(self, number: int) -> float:
        """Room after a paragraph; none within one that was cut into parts, none after an empty line."""
        paragraphs = self._page.paragraphs
        start, end = paragraphs[number]
        if start == end or (number + 1 < len(paragraphs) and paragraphs[number + 1][0] == end):
            return 0
        return self.setting.gap

    def _estimates(self) -> list[float]:
        """Return the heights of all paragraphs, gaps included, guessed from their lengths."""
        paragraphs, letters = self._page.paragraphs, self._letters
        line, gap, empty = (
            self.setting.line,
            self.setting.gap,
            round(self.setting.line * EMPTY_LINE),
        )
        following = [start for start, _ in paragraphs[1:]]
        return [
            -(-(end - start) // letters) * line + (0 if end == after else gap)
            if start < end
            else empty
            for (start, end), after in zip(paragraphs, [*following, None], strict=True)
        ]
