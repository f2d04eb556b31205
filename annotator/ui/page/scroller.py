"""Scrolling through paragraphs most of which were never laid out."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractScrollArea

from annotator.ui.page.column import Column

CARET_MARGIN = 60
"""The caret is kept this far from the upper and lower edge."""


class Scroller:
    """Keeps the scroll bar in step with a column whose height becomes known bit by bit.

    What the reader sees at the top stays there when an estimated height turns out otherwise.
    """

    def __init__(self, area: QAbstractScrollArea, column: Column) -> None:
        self._bar = area.verticalScrollBar()
        self._area = area
        self.column = column
        self.is_quiet = False
        self._anchor = (0, 0.0)
        self._seen: tuple[Column, int, float] | None = None

    @property
    def top(self) -> float:
        """Where the viewport begins, from the top of the article."""
        return float(self._bar.value())

    def show(self, column: Column) -> None:
        """Scroll another column, from its start."""
        self.column = column
        self._anchor = (0, 0.0)
        self.lay_out(0, self._height)
        self.fill_range()

    def lay_out(self, top: float, bottom: float) -> tuple[int, int]:
        """Lay out what lies between two heights; return the first and last paragraph."""
        column = self.column
        first = last = column.at(top)
        column.paragraph(first)
        while last + 1 < len(column) and column.top(last + 1) < bottom:
            last += 1
            column.paragraph(last)
        return first, last

    def scrolled(self, value: int) -> None:
        """Bring the bar in step with true heights after it was moved to ``value``."""
        column = self.column
        number = column.at(value)
        inside = value - column.top(number)
        known, before = column.is_laid_out(number), column.top(number + 1) - column.top(number)
        self.lay_out(value, value + self._height)
        change = column.top(number + 1) - column.top(number) - before
        if not known and change and (number, inside) < self._anchor:
            # Coming from below, the lower edge of the paragraph is what is already seen.
            inside = max(inside + change, 0)
        self.fill_range()
        self.set_quietly(round(column.top(number) + inside))
        self._anchor = (number, inside)

    def remember_seen(self) -> None:
        """Remember where the first paragraph in view stands: what is on the screen now."""
        number = self.column.at(self.top)
        self._seen = self.column, number, self.column.top(number) - self.top

    def moved_since_seen(self) -> int | None:
        """Return by how many pixels what is on the screen is to be moved; None: paint all anew."""
        if self._seen is None or self._seen[0] is not self.column:
            return None
        _, number, before = self._seen
        moved = self.column.top(number) - self.top - before
        if abs(moved) >= self._height or not moved.is_integer():
            return None
        return int(moved)

    def fill_range(self) -> None:
        """Tell the bar how high the article is now."""
        self.is_quiet = True
        self._bar.setPageStep(self._height)
        self._bar.setSingleStep(round(self.column.setting.line))
        self._bar.setRange(0, max(round(self.column.height) - self._height, 0))
        self.is_quiet = False

    def set_quietly(self, value: int) -> None:
        """Move the bar without being told of it."""
        self.is_quiet = True
        self._bar.setValue(value)
        self.is_quiet = False

    def put_at_top(self, number: int, inside: float) -> None:
        """Scroll so that a place within a paragraph is the first that is seen."""
        # Laid out twice: where the paragraph stands is known only when those it shares the
        # viewport with are.
        for _ in range(2):
            self.lay_out(self.column.top(number), self.column.top(number) + self._height)
        self.fill_range()
        # Rounded up: a pixel less would show the paragraph before, whose height may be a guess.
        self._bar.setValue(ceil(self.column.top(number) + inside))

    def bring_into_view(self, number: int, place: QRectF) -> None:
        """Scroll until a place of a paragraph is seen, with some room around it."""
        self.column.paragraph(number)
        self.fill_range()
        place = place.translated(0, self.column.top(number))
        margin = min(CARET_MARGIN, self._height / 4)
        if place.top() < self.top + margin:
            self._bar.setValue(round(place.top() - margin))
        elif place.bottom() > self.top + self._height - margin:
            self._bar.setValue(round(place.bottom() - self._height + margin))

    @property
    def _height(self) -> int:
        return self._area.viewport().height()
