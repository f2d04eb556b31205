"""The rows of the list of articles: title, source and date, and the state of each layer as a small sign."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.article import Verdict
from annotator.presentation.article_row import ArticleRow, LayerSign
from annotator.presentation.library import Library
from annotator.ui.counted_rows import CountedRows, Index
from annotator.ui.skeleton import paint_row
from annotator.ui.theme import Theme

ROW = Qt.ItemDataRole.UserRole

MARGIN, GAP, SIGN = 12, 4, 9

CHOSEN = QFont.Weight.DemiBold
"""How heavy the title of the row is that is chosen."""

KEYWORDS = 4
"""So many coloured searches are shown in a row; the tooltip names all."""


class ArticleModel(CountedRows):
    """The rows of the library for Qt."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._reset(None)
        library.reset.connect(self._reset)
        library.row_changed.connect(self._row_changed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row for the delegate, and words for tooltips and screen readers."""
        row = self._library.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            words = "".join(f"\n{keyword.letter}: {keyword.words}" for keyword in row.keywords)
            return f"{row.title}\n{row.subtitle}{words}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == ROW else None

    def _reset(self, _: None) -> None:
        self.count(self._library.length)

    def _row_changed(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)


class ArticleDelegate(QStyledItemDelegate):
    """Paints a row: two lines of title, one of source and date, signs on the right of it.

    Attributes:
        awaits: a row was painted that is not read yet.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.awaits = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row, the same for all."""
        return QSize(200, option.fontMetrics.lineSpacing() * 3 + 3 * GAP + MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ROW)
        if not isinstance(row, ArticleRow):
            self.awaits = True
            paint_row(painter, self.theme, option.rect, index.row())
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Read with the first row that is painted: the article does not wait for it.
        from PySide6.QtWidgets import QStyle

        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        self._background(painter, option, selected=selected, focused=focused)
        area = option.rect.adjusted(MARGIN, MARGIN // 2 + 2, -MARGIN, -MARGIN // 2)
        line = option.fontMetrics.lineSpacing()
        font = QFont(option.font)
        font.setWeight(CHOSEN if selected else QFont.Weight.Normal)
        painter.setPen(self.theme.muted if row.is_finished and not selected else self.theme.text)
        painter.setFont(font)
        title = title_lines(option.font, row.title, area.width())
        # All rows are as high as two lines of title need; one line stands in the middle.
        top = area.top() + (2 - len(title)) * line // 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        for words in title:
            painter.drawText(QRect(area.left(), top, area.width(), line), flags, words)
            top += line
        below = QRect(area.left(), top + GAP, area.width(), line)
        width = self._signs(painter, row.signs, below, option.font)
        width += self._keywords(painter, row, below, width)
        painter.setPen(self.theme.muted)
        painter.setFont(option.font)
        words = option.fontMetrics.elidedText(
            row.subtitle, Qt.TextElideMode.ElideRight, below.width() - width - GAP
        )
        painter.drawText(below, flags, words)
        painter.setPen(QPen(self.theme.hairline))
        painter.drawLine(area.left(), option.rect.bottom(), area.right(), option.rect.bottom())
        painter.restore()

    def _background(
        self, painter: QPainter, option: QStyleOptionViewItem, *, selected: bool, focused: bool
    ) -> None:
        if selected:
            painter.fillRect(option.rect, self.theme.page)
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                self.theme.accent,
            )
        if focused:
            painter.setPen(QPen(self.theme.accent, 2))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -2), 4, 4)

    def _keywords(self, painter: QPainter, row: ArticleRow, area: QRect, taken: int) -> int:
        """Draw a small tinted letter for each coloured search, before the signs; return their width."""
        size = painter.fontMetrics().height()
        shown = row.keywords[:KEYWORDS]
        left = area.right() - taken - (size + 3) * len(shown)
        for number, keyword in enumerate(shown):
            box = QRect(left + number * (size + 3), area.center().y() - size // 2, size, size)
            colour = self.theme.shade(keyword.colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.tint(colour, self.theme.box))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(self.theme.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keyword.letter)
        return (size + 3) * len(shown) + GAP if shown else 0

    def _signs(
        self, painter: QPainter, signs: tuple[LayerSign, ...], area: QRect, font: QFont
    ) -> int:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.82 if font.pointSizeF() > 0 else 8)
        painter.setFont(small)
        step = painter.fontMetrics().horizontalAdvance("M") + SIGN + 3 * GAP
        left = area.right() - step * len(signs) + GAP
        for number, sign in enumerate(signs):
            x = left + number * step
            painter.setPen(self.theme.muted)
            letter = QRect(x, area.top(), step - SIGN - GAP, area.height())
            painter.drawText(
                letter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, sign.letter
            )
            spot = QRect(x + step - SIGN - 2 * GAP, area.center().y() - SIGN // 2, SIGN, SIGN)
            _draw_sign(painter, sign, spot, QColor(sign.colour[1 if self.theme.is_dark else 0]))
        return step * len(signs)


def _draw_sign(painter: QPainter, sign: LayerSign, spot: QRect, colour: QColor) -> None:
    """Open ring, half when something is marked, full dot when done, bar for nothing found."""
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign.verdict is Verdict.NOTHING_FOUND:
        middle = spot.center().y()
        painter.setPen(QPen(colour, 2))
        painter.drawLine(spot.left(), middle, spot.right(), middle)
        return
    if sign.verdict is Verdict.DONE:
        painter.setBrush(colour)
    painter.drawEllipse(spot)
    if sign.verdict is Verdict.OPEN and sign.count:
        painter.setBrush(colour)
        painter.drawChord(spot, 90 * 16, 180 * 16)


def title_lines(font: QFont, text: str, width: int) -> list[str]:
    """Return a title in one line, or in two of which the second may be cut with an ellipsis.

    The lines have room for the weight of the row that is chosen, so that no row changes when it is.
    """
    font = QFont(font)
    font.setWeight(CHOSEN)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    cut = first.textLength()
    has_second = layout.createLine().isValid()
    layout.endLayout()
    # QTextLine counts UTF-16 units, so the cut is made on the text as Qt sees it.
    units = text.encode("utf-16-le", "surrogatepass")
    head = units[: cut * 2].decode("utf-16-le", "ignore")
    if not has_second:
        return [head]
    tail = units[cut * 2 :].decode("utf-16-le", "ignore").strip()
    return [head, QFontMetrics(font).elidedText(tail, Qt.TextElideMode.ElideRight, width)]
