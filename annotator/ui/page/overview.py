"""The overview beside the scroll bar: where the marks of the whole article lie, and what is in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import Shape
from annotator.presentation.page import PageMark
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS

if TYPE_CHECKING:
    from annotator.ui.page.surface import Surface

WIDTH = 18
RESTING_MILLISECONDS = 120
"""The strip is drawn anew when marks did not change for so long, and drawn on after scrolling."""

LANES = {Shape.BOX: 0, Shape.BRACKETS: 1, Shape.WAVE: 2}
"""Each shape has its lane, so that colour does not tell alone; all others share the last."""

LANE, LAST_LANE, LEFT = 4, 3, 2

SLICE, SLICE_OF_TICKS = 100, 300
"""So many marks are placed, or ticks drawn, before events may pass."""


class Overview(QWidget):
    """A strip of ticks; a click or a drag goes there."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._strip = QImage()
        self._drawn_for = ""
        self.setAccessibleName(self.tr("Overview of marks"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(RESTING_MILLISECONDS)
        self._later.timeout.connect(self._begin)
        self._drawing: Iterator[None] = iter(())
        self._between = QTimer(self)
        self._between.timeout.connect(self._go_on)
        view.verticalScrollBar().valueChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        """Return a narrow strip."""
        return QSize(WIDTH, 100)

    def soon(self, _: object = None) -> None:
        """Draw the ticks anew when nothing changes any more."""
        self._between.stop()
        self._later.start()

    def refresh(self) -> None:
        """Draw the ticks anew, at once."""
        self._begin()
        while self._between.isActive():
            self._go_on()

    def _begin(self) -> None:
        self._drawing = self._draw()
        self._between.start(NEXT_TURN_MILLISECONDS)

    def _go_on(self) -> None:
        """Draw some ticks, then let events pass; what was there stays until all are drawn."""
        if self._between.interval() != NEXT_TURN_MILLISECONDS:
            self._between.setInterval(NEXT_TURN_MILLISECONDS)
        if next(self._drawing, self) is self:
            self._between.stop()

    def _draw(self) -> Iterator[None]:
        scale = self.devicePixelRatioF()
        size = QSize(round(self.width() * scale), max(round(self.height() * scale), 1))
        strip = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        strip.setDevicePixelRatio(scale)
        strip.fill(Qt.GlobalColor.transparent)
        theme, page, place = self._view.theme, self._view.page, self._places()
        ticks: dict[tuple[int, int], tuple[int, tuple[str, str]]] = {}
        for number, id in enumerate(list(page.marks)):
            if number % SLICE == SLICE - 1:
                yield
            # A mark that went meanwhile has no tick; the strip is drawn anew soon after.
            tick = page.tick(id)
            if tick:
                shape, colour = tick.look
                key = LANES.get(shape, LAST_LANE), round(place(tick.start))
                if key not in ticks:
                    ticks[key] = round(place(tick.end)), colour or page.marks[id].colour
        painter = QPainter(strip)
        for number, ((lane, top), (bottom, colour)) in enumerate(ticks.items()):
            if number % SLICE_OF_TICKS == SLICE_OF_TICKS - 1:
                # No painter stays open while others paint.
                painter.end()
                yield
                painter.begin(strip)
            painter.fillRect(
                LEFT + lane * LANE, top, LANE - 1, max(bottom - top, 2), theme.shade(colour)
            )
        for start, _ in page.hits:
            painter.fillRect(self.width() - 3, round(place(start)), 3, 2, theme.accent)
        painter.end()
        self._strip, self._drawn_for = strip, page.article
        self.update()

    def span_of(self, mark: PageMark) -> tuple[int, int]:
        """Return from where to where a mark lies on the strip, in pixels."""
        place = self._places()
        return round(place(mark.start)), round(place(mark.end))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint what is in view, the ticks, and the current mark."""
        painter, theme, view = QPainter(self), self._view.theme, self._view
        painter.fillRect(self.rect(), theme.page)
        bar, height = view.verticalScrollBar(), max(view.column.height, 1)
        if bar.maximum() > 0:
            seen = QRectF(
                0,
                bar.value() / height * self.height(),
                self.width(),
                max(bar.pageStep() / height * self.height(), 8),
            )
            painter.fillRect(seen, theme.tint(theme.text, 0.09))
            painter.fillRect(QRectF(0, seen.top(), 1, seen.height()), theme.muted)
        # While somebody scrolls, the ticks of an article that was open before may stay for long.
        if view.page.text and view.page.article == self._drawn_for:
            painter.drawImage(QPoint(0, 0), self._strip)
        mark = view.page.marks.get(view.page.current_mark or "")
        if mark:
            painter.fillRect(0, self.span_of(mark)[0] - 1, self.width(), 3, theme.accent)
        painter.end()

    def resizeEvent(self, _: QResizeEvent) -> None:
        """Draw the ticks for another height."""
        self.soon()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go there while the button is held."""
        self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            bar = self._view.verticalScrollBar()
            share = event.position().y() / max(self.height(), 1)
            bar.setValue(round(share * self._view.column.height - bar.pageStep() / 2))

    def _moved(self, _: int) -> None:
        self.update()
        # The frames of scrolling come first; the strip is drawn on when that rests.
        if self._between.isActive():
            self._between.start(RESTING_MILLISECONDS)

    def _places(self) -> Callable[[int], float]:
        """Return how far down the strip an offset stands; within a paragraph by its share of it."""
        page, column = self._view.page, self._view.column
        # A short article is not stretched: its ticks stand beside its lines.
        scale = min(self.height() / max(column.height, 1), 1.0)
        spans: dict[int, tuple[int, float, float]] = {}

        def place(offset: int) -> float:
            number = page.paragraph_of(offset)
            span = spans.get(number)
            if span is None:
                start, end = page.paragraphs[number]
                top, below = column.top(number), column.top(number + 1)
                letter = (below - top) * scale / max(end - start, 1)
                span = spans[number] = start, top * scale, letter
            return span[1] + (offset - span[0]) * span[2]

        return place
