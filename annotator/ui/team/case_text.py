"""A few paragraphs of an article with one mark shown in them; words in it can be selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.domain.fragment import Extent
from annotator.ui.page.offsets import UnitMap, display_copy
from annotator.ui.theme import Theme, reading_families


class CaseText(QTextEdit):
    """Shows an excerpt; offsets given and returned are code points of the whole article."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(120)
        font = self.font()
        font.setFamilies(reading_families())
        font.setPixelSize(15)
        self.setFont(font)
        # The style sheet of the application sets one size for everything.
        self.setStyleSheet("QTextEdit { font-size: 15px; }")
        self._theme = theme
        self._start = 0
        self._map = UnitMap("")

    def sizeHint(self) -> QSize:
        """Ask for little, so that the texts of many annotators find room; take what there is."""
        return QSize(240, 120)

    def show_excerpt(
        self, text: str, excerpt: Extent, extents: Sequence[Extent], colours: tuple[str, str]
    ) -> None:
        """Show a part of a text, with a mark."""
        start, end = excerpt
        self._start = start
        self._map = UnitMap(text[start:end])
        self.setPlainText(display_copy(text[start:end]))
        self.setExtraSelections([self._shown(extent, colours) for extent in extents])
        if extents:
            self._bring_into_view(extents[0])

    @property
    def selected(self) -> list[Extent]:
        """The words selected, as one extent of the article; none if nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return []
        return [
            (
                self._start + self._map.to_points(cursor.selectionStart()),
                self._start + self._map.to_points(cursor.selectionEnd()),
            )
        ]

    def select(self, extent: Extent) -> None:
        """Select words of the article."""
        self.setTextCursor(self._cursor(extent))

    def _shown(self, extent: Extent, colours: tuple[str, str]) -> QTextEdit.ExtraSelection:
        colour = self._theme.shade(colours)
        style = QTextCharFormat()
        style.setBackground(self._theme.tint(colour, self._theme.current))
        style.setUnderlineColor(colour)
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(extent)
        selection.format = style
        return selection

    def _cursor(self, extent: Extent) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.to_units(extent[0] - self._start))
        cursor.setPosition(
            self._map.to_units(extent[1] - self._start), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def _bring_into_view(self, extent: Extent) -> None:
        cursor = self._cursor(extent)
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
