"""Pictures of the coding desk: searching all articles, and what stands beside the page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.ui.main_window import MainWindow


def search(window: MainWindow) -> QWidget | None:
    """A search with lines, and two kept ones that colour articles and words."""
    window.run_by_id("view.search")
    panel = window.tools.search
    for words, colour in (("night shift", "amber"), ("union", "teal"), ("council", "rose")):
        panel.field.setText(words)
        panel._look()
        panel._search.keep(colour)
    panel.field.setText("night publisher:Post")
    panel.field.setText("shift")
    panel._look()
    panel.view.selectRow(1)
    return None
