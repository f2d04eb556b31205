"""Panels and windows beside the page: made when they are first asked for, one of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from annotator.presentation.desk import Desk
from annotator.presentation.mark_table import MarkTable
from annotator.ui.mark_table.panel import MarkTablePanel
from annotator.ui.theme import Theme

TABLE_HEIGHT = 260


class Tools:
    """Opens the mark table, the actor book and the codebook beside a window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(self, window: QMainWindow, desk: Desk, theme: Theme) -> None:
        self._window = window
        self._desk = desk
        self._theme = theme
        self._marks: MarkTablePanel | None = None
        self.actions: dict[str, Callable[[], None]] = {"marks": self.toggle_marks}

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        if self._marks:
            self._marks.set_theme(theme)

    @property
    def marks(self) -> MarkTablePanel:
        """The mark table."""
        if self._marks is None:
            self._marks = MarkTablePanel(MarkTable(self._desk), self._theme, self._window)
            self._marks.jumped.connect(lambda: self._desk.focus.emit("page"))
            self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._marks)
            self._window.resizeDocks([self._marks], [TABLE_HEIGHT], Qt.Orientation.Vertical)
        return self._marks

    def toggle_marks(self) -> None:
        """Show the mark table and go there; hide it if one is there already."""
        panel = self._marks
        if panel and panel.isVisible() and panel.view.hasFocus():
            panel.hide()
            self._desk.focus.emit("page")
        else:
            self.marks.show()
            self.marks.view.setFocus()
