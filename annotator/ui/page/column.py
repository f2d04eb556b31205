"""The column of paragraphs: what is laid out, how high everything is, and what stands where."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QRectF

from annotator.presentation.page import Page
from annotator.ui.page.paragraph import EMPTY_LINE, Paragraph
from annotator.ui.page.setting import BOTTOM, TOP, Setting

KEPT = 400
"""Laid-out paragraphs kept; more than any screen shows, little beside a long article."""


class Column:
    """Lays paragraphs out when they are needed; heights of the others are estimated."""

    def __init__(self, page: Page, setting: Setting) -> None:
        self._page = page
        self.setting = setting
        self._laid: dict[int, Paragraph] = {}
        self._known: dict[int, float] = {}
        self._heights = [self._estimate(number) for number in range(len(page.paragraphs))]
        self._tops: list[float] = []
        self._add_up()

    @property
    def height(self) -> float:
        """Height of the whole article, margins included."""
        return self._tops[-1] + BOTTOM

    def __len__(self) -> int:
        return len(self._heights)

    def paragraph(self, number: int) -> Paragraph:
        """Return a paragraph, laid out; its true height takes the place of the estimate."""
        found = self._laid.get(number)
        if found is None:
            found = self._lay_out(number)
            height = found.height + self._gap(number)
            if abs(height - self._heights[number]) > 0.5:
                self._heights[number] = height
                self._add_up()
            self._known[number] = height
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
        return self._tops[number]

    def at(self, y: float) -> int:
        """Return the paragraph at a height from the top of the article."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._heights) - 1))

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

    def is_headline(self, number: int) -> bool:
        """Tell whether a paragraph is the headline."""
        return bool(self._page.headline_end) and number == 0

    def _lay_out(self, number: int) -> Paragraph:
        if len(self._laid) >= KEPT:
            for old in list(self._laid)[: KEPT // 2]:
                del self._laid[old]
        start, end = self._page.paragraphs[number]
        text = self._page.text[start:end]
        found = self._laid[number] = Paragraph(
            text, self.setting, headline=self.is_headline(number)
        )
        return found

    def _gap(self, number: int) -> float:
        """Room after a paragraph; none within one that was cut into parts, none after an empty line."""
        if (
            number + 1 < len(self._page.paragraphs)
            and self._page.paragraphs[number + 1][0] == self._page.paragraphs[number][1]
        ):
            return 0
        start, end = self._page.paragraphs[number]
        return 0 if start == end else self.setting.gap

    def _estimate(self, number: int) -> float:
        start, end = self._page.paragraphs[number]
        if start == end:
            return round(self.setting.line * EMPTY_LINE)
        characters = max(self.setting.width / (self.setting.line * 0.29), 10)
        lines = max(1, -(-(end - start) // int(characters)))
        return lines * self.setting.line + self._gap(number)

    def _add_up(self) -> None:
        self._tops = list(accumulate(self._heights, initial=float(TOP)))
