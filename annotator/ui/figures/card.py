"""A card: one figure with its title, a choice if it has one, what is not in it, and a way into a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.domain.figure import Figure
from annotator.presentation.option import Option
from annotator.ui import pictures
from annotator.ui.boxes import ChoiceBox
from annotator.ui.figures import geometry
from annotator.ui.figures import painter as painting
from annotator.ui.figures.chart import ChartView
from annotator.ui.file_questions import asking_over
from annotator.ui.inspector import parts
from annotator.ui.theme import LIGHT, Theme

TITLE = 30
MARGIN = 12
NAME_WIDTH = 280
"""So wide is the list beside a title at most: names of organisations are long."""


class Card(QFrame):
    """Shows one figure.

    Attributes:
        options: the list beside the title; hidden where there is nothing to choose.
    """

    chosen = Signal(object, int, int)
    saved = Signal(object, str)
    option_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.chart = ChartView(theme)
        self.options = ChoiceBox("")
        self.options.setMaximumWidth(NAME_WIDTH)
        self.options.hide()
        self.options.activated.connect(
            lambda _=0: self.option_chosen.emit(str(self.options.currentData()))
        )
        self._title = parts.label("", "value")
        self._note = parts.label("", "muted")
        self.save = parts.button(self.tr("Save …"), "", self._save, name="quiet")
        self.chart.chosen.connect(self._picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(parts.row(self._title, self.options, self.save, stretch=0))
        layout.addWidget(self.chart)
        layout.addWidget(self._note)
        layout.addStretch(1)

    def show_figure(self, figure: Figure, options: Sequence[Option], chosen: str) -> None:
        """Show another figure, and what can be chosen about it."""
        self._title.setText(figure.title)
        self.save.setAccessibleName(self.tr("Save {}").format(figure.title))
        self._note.setText(figure.note)
        self._note.setVisible(bool(figure.note))
        self.chart.show_figure(figure)
        self.options.offer([(option.label, option.name) for option in options], chosen)
        self.options.setAccessibleName(figure.title)
        self.options.setVisible(bool(options))

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self.chart.theme = theme
        self.chart.update()

    def save_picture(self, path: Path) -> None:
        """Save the chart with its title, on white; raises like ``pictures.save``."""
        figure = self.chart.figure
        if figure is None:
            return
        wide = max(self.chart.width(), 420)
        placed = geometry.place(figure, float(wide))

        def paint(painter: QPainter) -> None:
            painter.setPen(LIGHT.text)
            painter.setFont(geometry.font())
            painter.drawText(MARGIN, MARGIN + 10, figure.title)
            painter.translate(MARGIN, TITLE)
            painting.paint(painter, figure, placed, LIGHT)

        high = int(geometry.height_of(figure)) + TITLE + MARGIN
        pictures.save(path, QSize(wide + 2 * MARGIN, high), LIGHT.page, figure.title, paint)

    def _picked(self, row: int, part: int) -> None:
        self.chosen.emit(self.chart.figure, row, part)

    def _save(self) -> None:
        figure = self.chart.figure
        if figure is None:
            return
        path = asking_over(self).target(
            self.window(), self.tr("Save the figure"), f"{figure.name}.svg",
            "SVG (*.svg);;PNG (*.png);;CSV (*.csv)",
        )  # fmt: skip
        if path:
            self.saved.emit(figure, str(path))
