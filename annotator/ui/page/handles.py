"""What the pointer takes hold of on the current mark: grips at its edges, and the letter of its layer."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.presentation.page import Page, PageMark
from annotator.ui.page.column import Column
from annotator.ui.page.lettering import Lettering
from annotator.ui.page.paragraph import Edge, Paragraph
from annotator.ui.page.strokes import box_of
from annotator.ui.theme import Theme

GRIP = 3.5
"""Radius of a grip."""

REACH = 7.0
"""A press this near to the middle of a grip takes hold of it."""


class Grip(NamedTuple):
    """One edge of a fragment, by its offset, and the middle of its grip in the article."""

    edge: int
    place: QPointF


class Handles(NamedTuple):
    """The handles of one mark; places are pixels from the top left corner of the article."""

    letter: str
    tab: QRectF | None
    grips: tuple[Grip, ...]

    def grip_at(self, place: QPointF) -> int | None:
        """Return the edge whose grip lies at a place, if one does."""
        for grip in self.grips:
            away = grip.place - place
            if away.x() ** 2 + away.y() ** 2 <= REACH**2:
                return grip.edge
        return None

    def is_on_tab(self, place: QPointF) -> bool:
        """Tell whether the letter lies at a place."""
        return self.tab is not None and self.tab.adjusted(-2, -2, 2, 2).contains(place)


def handles_of(mark: PageMark, page: Page, column: Column, small: Lettering) -> Handles:
    """Return the handles of a mark, as far as its paragraphs are laid out; letters are set small."""
    grips = []
    for start, end in mark.extents:
        for edge, letter, at_start in ((start, start, True), (end, end - 1, False)):
            found = _edge(letter, page, column, at_start=at_start)
            if found:
                place, box = found
                grips.append(Grip(edge, QPointF(place.x, box.bottom())))
    return Handles(mark.key, _tab(mark, page, column, small), tuple(grips))


def paint_handles(
    painter: QPainter, handles: Handles, colour: QColor, theme: Theme, column: Column
) -> None:
    """Paint the letter and the grips; the letter tells the layer where colour cannot."""
    painter.setPen(theme.page)
    painter.setBrush(colour)
    for grip in handles.grips:
        painter.drawEllipse(grip.place, GRIP, GRIP)
    if handles.tab is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(handles.tab, 3, 3)
    painter.setPen(theme.page)
    painter.setFont(column.setting.small)
    painter.drawText(handles.tab, Qt.AlignmentFlag.AlignCenter, handles.letter)


def _tab(mark: PageMark, page: Page, column: Column, small: Lettering) -> QRectF | None:
    found = _edge(mark.start, page, column, at_start=True) if mark.key else None
    if found is None:
        return None
    edge, box = found
    width, height = small.width(mark.key) + 7, small.metrics.height()
    x = edge.x - 1.5 if edge.direction > 0 else edge.x + 1.5 - width
    return QRectF(x, box.top() - height + 2, width, height)


def _edge(offset: int, page: Page, column: Column, *, at_start: bool) -> tuple[Edge, QRectF] | None:
    """Return where the character at an offset begins or ends, and the box around its line."""
    number = page.paragraph_of(offset)
    if not column.is_laid_out(number):
        return None
    paragraph: Paragraph = column.paragraph(number)
    inside = offset - page.paragraphs[number][0]
    edges = paragraph.edges(inside, inside + 1)
    if edges is None:
        return None
    edge = edges[0] if at_start else edges[1]
    left, top = column.setting.left, column.top(number)
    box = box_of(edge.line, paragraph).translated(left, top)
    return Edge(edge.x + left, edge.line.translated(left, top), edge.direction), box
