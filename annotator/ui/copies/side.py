"""One of two articles side by side: its title, its text, and what stands only in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from annotator.domain.fragment import Extent
from annotator.presentation.copies import Side
from annotator.ui.inspector import parts
from annotator.ui.page.offsets import UnitMap, display_copy
from annotator.ui.theme import Theme, reading_families

ONLY_HERE = ("#8a5a00", "#e6a83c")
"""Of words that the other text has not, in light and dark; they are underlined as well."""


class SideText(QTextEdit):
    """Shows a text; offsets are code points. Selecting and copying works, typing does not."""

    scrolled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        font = self.font()
        font.setFamilies(reading_families())
        self.setFont(font)
        # The style sheet of the application sets one size for everything.
        self.setStyleSheet("QTextEdit { font-size: 15px; }")
        self.theme = theme
        self._map = UnitMap("")
        self.verticalScrollBar().valueChanged.connect(self.scrolled)

    def show_text(self, text: str, only_here: tuple[Extent, ...]) -> None:
        """Show a text with the words that the other has not."""
        self._map = UnitMap(text)
        self.setPlainText(display_copy(text))
        colour = self.theme.shade(ONLY_HERE)
        style = QTextCharFormat()
        style.setBackground(self.theme.tint(colour, self.theme.box))
        style.setUnderlineColor(colour)
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        shown = []
        for start, end in only_here:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(start)
            selection.cursor.setPosition(self._map.to_units(end), QTextCursor.MoveMode.KeepAnchor)
            selection.format = style
            shown.append(selection)
        self.setExtraSelections(shown)

    @property
    def first_visible(self) -> int:
        """The place in the text that stands at the upper edge."""
        return self._map.to_points(self.cursorForPosition(QPoint(4, 4)).position())

    def bring_to_top(self, position: int) -> None:
        """Scroll so that a place stands at the upper edge, without telling anybody."""
        bar = self.verticalScrollBar()
        blocked = bar.blockSignals(True)
        bar.setValue(bar.value() + self.cursorRect(self._cursor(position)).top() - 4)
        bar.blockSignals(blocked)
        self.viewport().update()

    def _cursor(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._map.to_units(position))
        return cursor


class SideView(QFrame):
    """Title, facts and text of one article."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = parts.label("", "heading")
        self.about = parts.label("", "muted")
        self.text = SideText(theme)
        self.text.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addWidget(self.text, 1)

    def show_side(self, side: Side) -> None:
        """Show an article."""
        self.title.setText(side.article.title)
        self.about.setText(side.about)
        self.text.show_text(side.text, side.only_here)
