"""The marked article on paper: cut into pages between lines, painted as on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.presentation.page import Page
from annotator.ui.page.column import Column
from annotator.ui.page.painting import Medium, Painting
from annotator.ui.page.setting import BOTTOM, TOP, Choice, set_for
from annotator.ui.theme import LIGHT, Theme

PAPER: Theme = LIGHT._replace(name="paper", page=QColor("#ffffff"))
"""The light theme on white: paper has its own colour."""

SIZE = 14
"""Height of the letters in pixels at 96 to the inch: ten and a half points."""

FOOT = 30.0
"""Room for the foot of a page."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one page holds: from one height of the article to another."""

    top: float
    bottom: float


class Paper:
    """An article laid out for a width, in pixels of 96 to the inch.

    Nothing is selected or emphasised on it, whatever is on the screen.

    Args:
        shown: the page on the screen; its hidden layers stay hidden, its links are drawn if all are.
        family: the face chosen; empty is the best serif.
        medium: what it is painted on.
    """

    def __init__(
        self,
        shown: Page,
        width: float,
        title: str = "",
        family: str = "",
        medium: Medium = Medium.PAPER,
    ) -> None:
        self.width = width
        self._title = title
        self._page = _copy(shown)
        choice = Choice(family=family, size=SIZE)
        self._column = Column(self._page, set_for(choice, round(width)))
        self._painting = Painting(self._page, self._column, PAPER, medium)

    def lay_out(self) -> Iterator[tuple[int, int]]:
        """Lay every paragraph out, since where pages are cut depends on all; yield how many of all."""
        count = len(self._column)
        for number in range(count):
            self._column.paragraph(number)
            yield number + 1, count

    @property
    def height(self) -> float:
        """Height of the whole article on one sheet, its margins included."""
        return self._column.height

    def pages(self, height: float) -> list[Stretch]:
        """Return what each page of this height holds; no line is cut."""
        room = height - FOOT
        found: list[Stretch] = []
        top, bottom = 0.0, 0.0
        for line_top, line_bottom in self._lines():
            if line_bottom - top > room and bottom > top:
                found.append(Stretch(top, bottom))
                top = line_top
            bottom = line_bottom
        found.append(Stretch(top, bottom))
        return found

    def paint(self, painter: QPainter, stretch: Stretch) -> None:
        """Paint a stretch of the article at the origin."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        region = QRectF(0, stretch.top, self.width, stretch.bottom - stretch.top)
        painter.translate(0, -stretch.top)
        painter.setClipRect(region)
        first, last = self._column.at(stretch.top), self._column.at(max(stretch.bottom - 1, 0))
        for number in range(max(first - 1, 0), last + 1):
            self._column.paragraph(number)
        self._painting.paint(painter, region, first, last)
        painter.restore()

    def paint_foot(self, painter: QPainter, height: float, number: int, count: int) -> None:
        """Paint title and number at the foot of a page."""
        setting = self._column.setting
        place = QRectF(setting.left, height - FOOT, setting.width, FOOT)
        painter.setFont(setting.note)
        painter.setPen(PAPER.muted)
        foot = Qt.AlignmentFlag.AlignBottom
        metrics = painter.fontMetrics()
        title = metrics.elidedText(
            self._title, Qt.TextElideMode.ElideRight, round(place.width() - 80)
        )
        painter.drawText(place, foot | Qt.AlignmentFlag.AlignLeft, title)
        painter.drawText(place, foot | Qt.AlignmentFlag.AlignRight, f"{number} / {count}")

    def whole(self) -> Stretch:
        """Return the article as one stretch, for a picture."""
        return Stretch(0, self._column.height - BOTTOM + TOP)

    def _lines(self) -> Iterator[tuple[float, float]]:
        """Yield where each line begins and ends, with the room for what hangs below it."""
        for number in range(len(self._column)):
            paragraph, top = self._column.paragraph(number), self._column.top(number)
            count = max(len(paragraph.lines), 1)
            for line in range(count):
                yield top + line * paragraph.line_height, top + (line + 1) * paragraph.line_height


def _copy(shown: Page) -> Page:
    page = Page()
    marks = [mark for mark in shown.marks.values() if shown.is_shown(mark.id)]
    page.show(shown.article, shown.text, marks, shown.links, shown.headline_end)
    page.set_current(None)
    page.show_all_links(shown.all_links)
    return page
