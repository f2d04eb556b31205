"""Two drags that select nothing: an edge of the current mark, and a tie from mark to mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.presentation.page import PageMark
from annotator.presentation.page_edges import dragged_edge

if TYPE_CHECKING:
    from annotator.ui.page.view import PageView


DOT = 3.5
"""Radius of the end of the line."""


class EdgeDrag:
    """One edge of the current mark follows the pointer; the mark changes when it is let go."""

    def __init__(self, view: PageView, mark: PageMark, edge: int) -> None:
        self._view = view
        self._mark = mark
        self._edge = edge
        self._extents: list[Extent] = list(mark.extents)

    def move(self, place: QPoint, *, by_character: bool) -> None:
        """Show what the mark would be if the pointer were let go here."""
        page = self._view.page
        self._extents = dragged_edge(
            page.text,
            self._mark.extents,
            self._edge,
            self._view.offset_at(place),
            by_character=by_character,
        )
        page.preview(self._mark.id, self._extents)

    def release(self) -> None:
        """Ask for the new bounds, if they are others."""
        self.cancel()
        if tuple(self._extents) != self._mark.extents:
            self._view.mark_reshaped.emit(self._mark.id, self._extents)

    def cancel(self) -> None:
        """Show the mark as it is."""
        self._view.page.preview(None, ())

    def paint(self, painter: QPainter) -> None:
        """Nothing but the mark itself is shown."""


class TieDrag:
    """A line from a mark to the pointer; letting go on another mark ties the two."""

    def __init__(self, view: PageView, start: Id, place: QPoint) -> None:
        self._view = view
        self._start = start
        self._from = self._to = place

    def move(self, place: QPoint, *, by_character: bool) -> None:
        """Lead the line to the pointer and show the mark under it."""
        self._to = place
        self._view.page.hover(self._view.mark_at(place))
        self._view.viewport().update()

    def release(self) -> None:
        """Ask for a tie, if there is another mark under the pointer."""
        end = self._view.mark_at(self._to)
        self.cancel()
        if end and end != self._start:
            self._view.marks_joined.emit(self._start, end)

    def cancel(self) -> None:
        """Take the line away."""
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Paint the line, in places of the viewport."""
        painter.setPen(
            QPen(self._view.theme.accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(self._from, self._to)
        painter.setBrush(self._view.theme.accent)
        painter.drawEllipse(QPointF(self._to), DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
