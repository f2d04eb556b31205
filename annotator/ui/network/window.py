"""The network window: what to count above, the picture, and the marks behind what is chosen below."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.domain.errors import Problem
from annotator.presentation.network_view import NetworkView, Quote
from annotator.ui import pictures
from annotator.ui.file_questions import asking_over
from annotator.ui.inspector import parts
from annotator.ui.network import painter as painting
from annotator.ui.network.canvas import STEP, NetworkCanvas
from annotator.ui.network.choices import Choices
from annotator.ui.quotes import QuotesView
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.work_bar import WorkBar

NETWORKS = "GraphML (*.graphml);;GEXF (*.gexf);;Matrix (*.csv);;List of ties (*.tsv);;DL (*.dl)"


class NetworkWindow(StayingDialog):
    """Stays open beside the main window; looking changes nothing."""

    jumped = Signal()

    def __init__(self, view: NetworkView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Network"))
        self.resize(1180, 760)
        self.view = view
        self.canvas = NetworkCanvas(theme)
        self.quotes = QuotesView(theme, self.tr("Marks behind what is chosen"))
        self.said = parts.label("", "muted")
        self.work = WorkBar()
        self.legend = parts.label("", "muted", wrap=False)
        self.title = parts.label("", "heading")
        self.choices = Choices(view)
        self.save = parts.button(self.tr("Save network …"), "", self._save_network)
        self.again = parts.button(self.tr("Count again"), "", view.compute)
        self.picture = parts.button(self.tr("Save picture …"), "", self._save_picture)
        self._lay_out()
        view.changed.connect(self._refresh)
        view.chosen_changed.connect(self._show_quotes)
        self.canvas.node_chosen.connect(view.choose_node)
        self.canvas.tie_chosen.connect(view.choose_tie)
        self.quotes.opened.connect(self._go)
        self.canvas.nothing_chosen.connect(view.choose_nothing)
        self.choices.chosen.connect(view.choose)
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.canvas.theme = theme
        self.canvas.update()
        self.quotes.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when there is nothing to show yet."""
        super().showEvent(event)
        self.canvas.setFocus()
        if self.view.found is None:
            self.view.compute()

    def save_picture(self, path: Path) -> None:
        """Save the picture as it is shown, on white paper."""
        drawing = self.canvas.drawing
        if drawing is None:
            return

        def paint(painter: QPainter) -> None:
            if self.canvas.placed:
                painting.paint(painter, drawing, self.canvas.placed, LIGHT, None)

        try:
            pictures.save(path, self.canvas.size(), LIGHT.page, self.view.said, paint)
        except Problem as problem:
            self.view.tell(str(problem))
        else:
            self.view.tell(self.tr("Saved as {}.").format(path.name))

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.canvas)
        splitter.addWidget(parts.column(self.title, self.quotes))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([500, 150])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.choices)
        layout.addWidget(parts.row(self.said, self.work, self.legend, stretch=0))
        layout.addWidget(splitter, 1)
        zoom = parts.row(
            parts.button(self.tr("Larger"), "+", partial(self.canvas.zoom, STEP)),
            parts.button(self.tr("Smaller"), "−", partial(self.canvas.zoom, 1 / STEP)),
            parts.button(self.tr("Whole"), "0", self.canvas.show_whole),
        )
        layout.addWidget(
            parts.row(
                self.save,
                self.picture,
                parts.label(""),
                self.again,
                self.choices.more,
                zoom,
                stretch=2,
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the fields, so that it presses no button; Escape closes."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _refresh(self, _: None) -> None:
        self.choices.refresh()
        self.said.setText(self.view.said)
        self.work.show_running(is_running=self.view.is_running)
        self.legend.setText(self.view.legend)
        self.again.setEnabled(not self.view.is_running)
        for button in (self.save, self.picture):
            button.setEnabled(self.view.found is not None and not self.view.is_running)
        self.canvas.show_drawing(self.view.drawing)

    def _show_quotes(self, _: None) -> None:
        self.title.setText(
            self.view.title
            or self.tr("Click a name or a tie: the marks behind it are listed here.")
        )
        self.quotes.show_quotes(self.view.quotes)

    def _go(self, quote: Quote) -> None:
        self.view.go_to(quote)
        self.jumped.emit()

    def _save_network(self) -> None:
        title = self.tr("Save the network")
        path = asking_over(self).target(self, title, "network.graphml", NETWORKS)
        if path:
            self.view.write(path)

    def _save_picture(self) -> None:
        title = self.tr("Save the picture")
        path = asking_over(self).target(self, title, "network.svg", "SVG (*.svg);;PNG (*.png)")
        if path:
            self.save_picture(path)
