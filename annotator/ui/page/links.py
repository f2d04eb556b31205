"""The links of the mark under caret or pointer: thin curves, above a line or through the margin."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.presentation.page import Page, PageLink, PageMark
from annotator.ui.page.column import Column
from annotator.ui.page.link_labels import Label, paint_label, set_apart
from annotator.ui.page.paragraph import Edge
from annotator.ui.theme import Theme

RISE = 6.0
ROUND = 5.0
FIRST, APART, MOST = 12.0, 8.0, 4
"""Curves in the margin stand this far from the column and from each other; more share a place."""

MOST_AT_ONCE = 400
"""More links than this are a tangle no one reads; the first ones are drawn."""


class _End(NamedTuple):
    """Where a curve meets a mark: above its first letter, or just a height if it is not laid out."""

    x: float | None
    top: float
    line: float


def paint_links(
    painter: QPainter, page: Page, column: Column, theme: Theme, top: float, bottom: float
) -> None:
    """Paint the links that show now between two heights of the article."""
    links = page.links_to_draw()
    if not links:
        return
    painter.setFont(column.setting.note)
    metrics = QFontMetricsF(column.setting.note)
    emphasised = {page.current_mark, page.hovered}
    tracks = _tracks(links[:MOST_AT_ONCE], page)
    labels: list[Label] = []
    for link, track in zip(links, tracks, strict=False):
        ends = _ends(link, page, column)
        if ends is None:
            continue
        strong = link.start in emphasised or link.end in emphasised
        colour = theme.accent if strong else theme.muted
        is_told = strong or not page.all_links
        x = _track_x(column, track)
        if is_told and not _is_above(ends):
            # Also of curves outside the part that is painted: all labels find their places together.
            words, middle = _told(link, ends, track)
            labels.append(Label.of(words, x, middle, metrics, colour))
        if _is_between(ends, top, bottom):
            painter.setPen(QPen(colour, 1.3 if strong else 0.8))
            _paint_one(painter, link, ends, x, theme, metrics if is_told else None)
    for label in set_apart(labels):
        if label.place.bottom() >= top and label.place.top() <= bottom:
            paint_label(painter, label, theme)


def _tracks(links: list[PageLink], page: Page) -> list[int]:
    """Return for each link how far out in the margin it runs: none across another, as far as there is room.

    They go by offsets, not by heights, so that it is the same whichever part of the page is painted.
    """
    taken: list[list[tuple[int, int]]] = [[] for _ in range(MOST)]
    found = []
    for number, link in enumerate(links):
        ends = [page.marks[id].start for id in (link.start, link.end) if id in page.marks]
        first, last = min(ends, default=0), max(ends, default=0)
        free = (
            track
            for track, spans in enumerate(taken)
            if all(last < start or first > end for start, end in spans)
        )
        track = next(free, number % MOST)
        taken[track].append((first, last))
        found.append(track)
    return found


def _ends(link: PageLink, page: Page, column: Column) -> tuple[_End, _End | None] | None:
    start = page.marks.get(link.start)
    if start is None or not page.is_shown(link.start):
        return None
    first = _end(start, page, column)
    end = page.marks.get(link.end)
    if end is None:
        return first, None
    return (first, _end(end, page, column)) if page.is_shown(link.end) else None


def _end(mark: PageMark, page: Page, column: Column) -> _End:
    number = page.paragraph_of(mark.start)
    top = column.top(number)
    if not column.is_laid_out(number):
        # Nothing is laid out while painting: heights would change under the painter.
        return _End(None, top + column.setting.line / 2, top)
    paragraph = column.paragraph(number)
    edges = paragraph.edges(
        mark.start - page.paragraphs[number][0], mark.start - page.paragraphs[number][0] + 1
    )
    if edges is None:
        return _End(None, top, top)
    edge: Edge = edges[0]
    line = top + paragraph.line_of(mark.start - page.paragraphs[number][0]) * paragraph.line_height
    above = top + paragraph.baseline(edge.line) - paragraph.size * 0.95
    return _End(column.setting.left + edge.x + 5 * edge.direction, above, line)


def _is_between(ends: tuple[_End, _End | None], top: float, bottom: float) -> bool:
    heights = [end.top for end in ends if end]
    return min(heights) <= bottom + 40 and max(heights) >= top - 40


def _is_above(ends: tuple[_End, _End | None]) -> bool:
    """Tell whether a link runs above one line, not through the margin."""
    first, second = ends
    return (
        second is not None
        and first.x is not None
        and second.x is not None
        and first.line == second.line
    )


def _track_x(column: Column, track: int) -> float:
    return max(column.setting.left - FIRST - APART * (track % MOST), 10)


def _told(link: PageLink, ends: tuple[_End, _End | None], track: int) -> tuple[str, float]:
    """Return the label of a link in the margin, and the height at which it would stand best."""
    first, second = ends
    # Labels of neighbouring curves stand at different heights where there is room for it.
    share = (track % MOST + 1) / (MOST + 1)
    middle = first.top - RISE + ((second.top - first.top) * share if second else 0)
    return link.label if second else f"{link.label}: {link.end}", middle


def _paint_one(
    painter: QPainter,
    link: PageLink,
    ends: tuple[_End, _End | None],
    x: float,
    theme: Theme,
    metrics: QFontMetricsF | None,
) -> None:
    """Paint a link, through the margin at ``x``; without metrics it gets no label above a line."""
    first, second = ends
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if second and _is_above(ends):
        _paint_above(painter, link.label, first, second, theme, metrics)
        return
    path = QPainterPath()
    _branch(path, first, x, downward=second is not None and second.top > first.top)
    if second:
        _branch(path, second, x, downward=second.top < first.top)
        path.moveTo(x, min(first.top, second.top) - RISE + ROUND)
        path.lineTo(x, max(first.top, second.top) - RISE - ROUND)
    painter.drawPath(path)
    if second and second.x is not None:
        _paint_dot(painter, QPointF(second.x, second.top))


def _branch(path: QPainterPath, end: _End, x: float, *, downward: bool) -> None:
    """A line from the margin to a mark, bent at both ends."""
    y = end.top - RISE
    path.moveTo(x, y + (ROUND if downward else -ROUND))
    path.quadTo(x, y, x + ROUND, y)
    if end.x is None:
        return
    path.lineTo(max(end.x - ROUND, x + ROUND), y)
    path.quadTo(end.x, y, end.x, end.top)


def _paint_above(
    painter: QPainter,
    label: str,
    first: _End,
    second: _End,
    theme: Theme,
    metrics: QFontMetricsF | None,
) -> None:
    """An arch above one line, from mark to mark."""
    left, right = sorted((first.x or 0, second.x or 0))
    y = min(first.top, second.top) - RISE
    path = QPainterPath(QPointF(left, first.top))
    path.quadTo(left, y, left + ROUND, y)
    path.lineTo(right - ROUND, y)
    path.quadTo(right, y, right, second.top)
    painter.drawPath(path)
    _paint_dot(painter, QPointF(second.x or 0, second.top))
    if metrics is None:
        return
    width = metrics.horizontalAdvance(label) + 8
    place = QRectF((left + right - width) / 2, y - metrics.height() / 2, width, metrics.height())
    if width < right - left:
        painter.fillRect(place, theme.page)
    else:
        place.moveBottom(y - 1)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)


def _paint_dot(painter: QPainter, place: QPointF) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawEllipse(place, 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
