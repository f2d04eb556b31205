"""The reading view: a scroll area that paints the visible paragraphs and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QToolTip, QWidget

from annotator.ui.page.caret_keys import CaretKeys
from annotator.ui.page.following import FollowingSurface
from annotator.ui.page.overview import WIDTH
from annotator.ui.page.painting import Painting
from annotator.ui.page.pointer import Pointer
from annotator.ui.page.setting import Choice
from annotator.ui.theme import Theme

LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 50, 300, 10
"""In percent."""

AHEAD, AHEAD_MILLISECONDS = 4, 5
"""So many paragraphs below the last one in view are made ready between frames."""

PARTS = 4
"""So many parts of a frame are painted one by one; more as one."""


class PageView(FollowingSurface):
    """Shows a page; offsets in and out are code points of the article.

    Attributes:
        invitation: says what to do while no article is open; asked when that is painted.

    Signals:
        selection_finished: a selection was made with the mouse.
        mark_clicked: a mark was clicked, by its id.
        context_requested: a menu is wanted at an offset and a place on the screen.
        mark_reshaped: an edge of a mark was dragged, by its id and new extents.
        marks_joined: a line was drawn from one mark to another, by their ids.
        zoom_changed: the wheel was turned with Ctrl; the new zoom in percent.
    """

    selection_finished = Signal()
    mark_clicked = Signal(str)
    context_requested = Signal(int, QPoint)
    mark_reshaped = Signal(str, list)
    marks_joined = Signal(str, str)
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.invitation: Callable[[], str] = str
        self._overview_width = self._free_below = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It shows nothing where there is nothing to scroll; one that comes and goes would move the column.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Article"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MILLISECONDS)
        self._ahead.timeout.connect(self._prepare_ahead)
        self.pointer = Pointer(self)
        self._keys = CaretKeys(self)
        self.set_page(self.page)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self._painting = Painting(self.page, self.column, theme)
        self.overview.soon()
        self.viewport().update()

    def show_overview(self, shown: bool) -> None:
        """Show the overview of marks beside the scroll bar, or not."""
        self._overview_width = WIDTH if shown else 0
        self._set_margins()
        self.overview.setVisible(shown)
        self._place_overview()

    def keep_free_below(self, height: int) -> None:
        """End the article above a strip of this height in pixels, in which something else may stand."""
        self._free_below = height
        self._set_margins()
        self._place_overview()

    def _set_margins(self) -> None:
        self.setViewportMargins(0, 0, self._overview_width, self._free_below)

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; what is read stays in place."""
        self.set_choice(self._choice._replace(zoom=percent))

    def set_reading_face(self, family: str, size: int, leading: float, width: int) -> None:
        """Set the article in another face (empty: the best installed), size in pixels at 100 %,
        leading in parts of the size, and about this many characters to a line.
        """
        self.set_choice(
            self._choice._replace(family=family, size=size, leading=leading, width=width)
        )

    def set_choice(self, choice: Choice) -> None:
        """Set the article as the reader chose."""
        if choice != self._choice:
            self._choice = choice
            self._rebuild(keep_place=True)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paragraphs that the region touches."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.theme.page)
        if not self.page.text:
            self._paint_empty(painter)
            painter.end()
            return
        # Qt for Python knows how to go through it, its types do not.
        parts = list(cast("Iterable[QRect]", event.region()))
        # Where pixels of the page are no whole ones of the screen, parts would not meet.
        if len(parts) > PARTS or not self.devicePixelRatioF().is_integer():
            parts = [event.rect()]
        for part in parts:
            painter.setClipRect(part)
            self._paint_part(painter, QRectF(part))
        painter.setClipping(False)
        if self._caret_on and self.hasFocus():
            painter.fillRect(self.caret_rect(), self.theme.accent)
        self.pointer.paint(painter)
        painter.end()
        self._scroller.remember_seen()
        self._ahead.start()

    def _paint_part(self, painter: QPainter, part: QRectF) -> None:
        scroll = self._scroller.top
        region = part.translated(0, scroll)
        first, last = self._scroller.lay_out(region.top(), region.bottom())
        painter.translate(0, -scroll)
        self._painting.paint(painter, region, first, last)
        painter.translate(0, scroll)

    def _prepare_ahead(self) -> None:
        """Make one paragraph below the view ready, then let events pass before the next."""
        below = self.column.at(self._scroller.top + self.viewport().height()) + 1
        for number in range(below, min(below + AHEAD, len(self.column))):
            if self._painting.prepare(number):
                self._scroller.fill_range()
                self._ahead.start()
                return

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self.theme.muted)
        painter.setFont(self.column.setting.note)
        painter.drawText(
            self.viewport().rect().adjusted(24, 0, -24, 0),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            self.tr(self.invitation()),
        )

    # Events

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Lay out what comes into view and paint it; what was in view is moved."""
        if not self._scroller.is_quiet:
            self._scroller.scrolled(self.verticalScrollBar().value())
            self._show_scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the column anew when the width changes; what is read stays in place."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._rebuild(keep_place=True)
        else:
            self._scroller.fill_range()
        self._place_overview()

    def _place_overview(self) -> None:
        port = self.viewport().geometry()
        self.overview.setGeometry(port.right() + 1, port.top(), WIDTH, port.height())

    def event(self, event: QEvent) -> bool:
        """Let Escape end a drag of an edge or a tie before it means anything else."""
        is_escape = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        )
        if is_escape and self.pointer.give_up():
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; leave every other key to the window."""
        if not self._keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or choose a mark."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, or see what lies under the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; a third click selects the sentence."""
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu where the pointer, or the caret, is."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.caret_rect().bottomLeft().toPoint()
            self.context_requested.emit(self.page.caret, self.viewport().mapToGlobal(place))
        else:
            self.pointer.point_out(event.pos())
            self.context_requested.emit(self.offset_at(event.pos()), event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by the pixel; with Ctrl, make the words larger or smaller."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = ZOOM_STEP if turned > 0 else -ZOOM_STEP if turned < 0 else 0
            zoom = max(LEAST_ZOOM, min(self._choice.zoom + step, MOST_ZOOM))
            if zoom != self._choice.zoom:
                self.set_zoom(zoom)
                self.zoom_changed.emit(zoom)
            return
        pixels = event.pixelDelta().y() or turned / 120 * self.column.setting.line * 3
        self.verticalScrollBar().setValue(round(self._scroller.top - pixels))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        period = QApplication.cursorFlashTime()
        # A system that asks for a still caret gives no period.
        self._blink.start(period // 2) if period > 0 else self._blink.stop()
        self._caret_on = True
        self._update_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self._update_caret()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hovered = self.page.hovered
            words = self.page.describe(hovered) if hovered else ""
            if words:
                QToolTip.showText(event.globalPos(), _plain(words), self.viewport())
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave:
            self.page.hover(None)
        return super().viewportEvent(event)


def _plain(text: str) -> str:
    """Return a text as a tooltip shows it letter by letter, whatever it looks like."""
    from html import escape

    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"
