"""The search panel below the page: a field, what narrows and keeps a search, and the places found."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.saved_searches import COLOURS, SavedSearch
from annotator.presentation.search import Search
from annotator.ui.inspector import parts
from annotator.ui.search.lines import LinesView
from annotator.ui.theme import Theme

TYPING_MILLISECONDS = 60
"""Faster typing than this does not search for each letter."""

SPOT = 12


class SearchPanel(QDockWidget):
    """A field, what it found, and what can be done with it."""

    jumped = Signal()

    def __init__(self, search: Search, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Search"))
        self.setObjectName("search")
        self._search = search
        self._theme = theme
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Search all articles"))
        self.field.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.view = LinesView(search, theme)
        self.pattern = parts.button(
            self.tr("Pattern"),
            "",
            self._toggle_pattern,
            hint=self.tr("What is typed is a regular expression; Enter looks for it"),
        )
        self.pattern.setCheckable(True)
        self.narrow = self._menu_button(self.tr("Narrow"), self._fill_narrow)
        self.kept = self._menu_button(self.tr("Kept"), self._fill_kept)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MILLISECONDS)
        self._typing.timeout.connect(self._look)
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._enter)
        self.view.jumped.connect(self.jumped)
        self.view.chosen_changed.connect(self._tell)
        search.reset.connect(self._refresh)
        self.setWidget(self._laid_out())
        self._refresh(None)

    def begin(self) -> None:
        """Let the user type."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the search and goes back to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.jumped.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the frames off the page when the search is closed, by whatever way."""
        super().hideEvent(event)
        if self.isHidden():
            self._search.unframe()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        self.view.set_theme(theme)

    def _laid_out(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(6)
        bar.addWidget(self.field, 1)
        for widget in (self.pattern, self.narrow, self.kept, self.count):
            bar.addWidget(widget)
        self.help = parts.label("", "empty")
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = QWidget()
        whole.setObjectName("panel")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.help, 1)
        self.hint.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self.hint)
        return whole

    # Menus

    def _menu_button(self, text: str, fill: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("chip")
        button.setAccessibleName(text)
        menu = QMenu(button)
        menu.aboutToShow.connect(fill)
        button.setMenu(menu)
        return button

    def _fill_narrow(self) -> None:
        menu = self.narrow.menu()
        menu.clear()
        for words, typed in self._search.narrowings():
            menu.addAction(f"{words.replace('&', '&&')}\t{typed}", partial(self._add_filter, typed))

    def _fill_kept(self) -> None:
        menu, search = self.kept.menu(), self._search
        menu.clear()
        for kept in search.saved.all:
            action = menu.addAction(_named(kept), partial(self._show_kept, kept))
            if kept.colour:
                action.setIcon(self._spot(kept.colour))
        if search.typed.strip():
            menu.addSeparator()
            words = _short(search.typed)
            if search.kept is None:
                menu.addAction(self.tr("Keep “{}”").format(words), search.keep)
            if not search.is_pattern:
                colours = menu.addMenu(self.tr("Colour what it finds"))
                for name in COLOURS:
                    colours.addAction(self._spot(name), name, partial(search.keep, name))
                if search.kept and search.kept.colour:
                    colours.addAction(self.tr("no colour"), search.keep)
            if search.kept:
                menu.addAction(self.tr("Forget “{}”").format(words), search.forget)
        if menu.isEmpty():
            nothing = menu.addAction(self.tr("Nothing kept yet: type words, then keep them here"))
            nothing.setEnabled(False)

    def _spot(self, colour: str) -> QIcon:
        picture = QPixmap(SPOT, SPOT)
        picture.fill(QColor(self._theme.shade(COLOURS[colour])))
        return QIcon(picture)

    def _add_filter(self, typed: str) -> None:
        self.field.setText(f"{self.field.text().rstrip()} {typed}".lstrip())
        self.field.setFocus()
        self._look()

    def _show_kept(self, kept: SavedSearch) -> None:
        self.field.setText(kept.typed)
        self._search.show(kept)
        self.field.setFocus()

    # Typing

    def _toggle_pattern(self) -> None:
        self._search.set_pattern(on=self.pattern.isChecked())
        self.field.setFocus()

    def _typed(self, _: str) -> None:
        self._typing.start()

    def _look(self) -> None:
        self._typing.stop()
        self._search.type(self.field.text())

    def _enter(self) -> None:
        if self._typing.isActive():
            self._look()
        if self._search.lines:
            self.view.setFocus()
            self.view.selectRow(0)
        else:
            self._search.run()

    def _refresh(self, _: None) -> None:
        if self.field.text() and not self._search.typed:
            self.field.clear()
        self.pattern.setChecked(self._search.is_pattern)
        self.narrow.setEnabled(not self._search.is_pattern)
        self.field.setPlaceholderText(
            self.tr("A regular expression, such as \\bport\\w*")
            if self._search.is_pattern
            else self.tr("Words, “a phrase”, -without, publisher:…, after:2026-03, has:claim")
        )
        self.count.setText(self._search.said)
        found = bool(self._search.lines)
        self.view.setVisible(found)
        self.hint.setVisible(found)
        self.help.setVisible(not found)
        self.help.setText(self._help())
        self._tell(0)

    def _help(self) -> str:
        if self._search.is_pattern:
            return self.tr(
                "Case does not matter; ^ and $ are the edges of a line. A pattern that does not "
                "come to an end is stopped."
            )
        if self._search.typed:
            return self.tr(
                "No article has all of this. Fewer words, or the beginning of one, find more."
            )
        return self.tr("Type words that the articles should have; every place is listed here.")

    def _tell(self, chosen: int) -> None:
        keys = ", ".join(
            self.tr("{} {}").format(layer.key.upper(), layer.label.lower())
            for layer in self._search.layers
            if layer.key
        )
        words = self.tr("Enter goes to the text; a letter marks the chosen lines: {}").format(keys)
        if chosen > 1:
            words = self.tr("{:,} lines chosen · ").format(chosen) + words
        self.hint.setText(words)


def _named(kept: SavedSearch) -> str:
    words = _short(kept.typed).replace("&", "&&")
    return f"{words}\tpattern" if kept.is_pattern else words


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
