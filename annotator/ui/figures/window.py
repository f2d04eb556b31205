"""The window of figures: cards with charts, and below them the marks behind the number that was chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import Problem
from annotator.domain.figure import Figure, Form
from annotator.presentation.figures_view import FiguresView, Quote
from annotator.ui.boxes import ChoiceBox
from annotator.ui.figures import geometry
from annotator.ui.figures.card import Card
from annotator.ui.inspector import parts
from annotator.ui.quotes import QuotesView
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme
from annotator.ui.work_bar import WorkBar

CHOICES = {"values": "label", "judgements": "toward"}
"""Figures that have a choice of their own."""

GAP = 12
AROUND = 70.0
"""What a card adds to the height of its chart, about."""


class FiguresWindow(StayingDialog):
    """Stays open beside the main window; looking changes nothing.

    Attributes:
        cards: by the name of their figure.
    """

    jumped = Signal()

    def __init__(self, view: FiguresView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Figures"))
        self.resize(1120, 820)
        self.view = view
        self.cards: dict[str, Card] = {}
        self.lists: dict[str, ChoiceBox] = {}
        self.quotes = QuotesView(theme, self.tr("Marks behind what is chosen"))
        self.title = parts.label("", "heading")
        self.said = parts.label("", "muted")
        self.work = WorkBar()
        self.again = parts.button(self.tr("Count again"), "", view.count)
        self._theme = theme
        self._columns = (QVBoxLayout(), QVBoxLayout())
        self._below = QVBoxLayout()
        self._lay_out()
        view.changed.connect(self._refresh)
        view.chosen_changed.connect(self._show_quotes)
        self.quotes.opened.connect(self._go)
        self._refresh(None)
        self._show_quotes(None)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        self.quotes.set_theme(theme)
        for card in self.cards.values():
            card.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Count when there is nothing to show yet."""
        super().showEvent(event)
        if not self.view.is_counted:
            self.view.count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the charts, so that it presses no button; Escape closes."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def save(self, figure: Figure, path: Path) -> None:
        """Save a figure; the suffix says how."""
        if path.suffix.lower() == ".csv":
            self.view.write(figure, path)
            return
        try:
            self.cards[figure.name].save_picture(path)
        except Problem as problem:
            self.view.tell(str(problem))
        else:
            self.view.tell(self.tr("Saved as {}.").format(path.name))

    def _lay_out(self) -> None:
        for name, label in (("whose", self.tr("Whose marks")), ("unit", self.tr("Time"))):
            box = ChoiceBox(label)
            box.activated.connect(partial(self._picked, name))
            self.lists[name] = box
        holder = QWidget()
        holder.setObjectName("panel")
        beside = QHBoxLayout()
        beside.setSpacing(GAP)
        for column in self._columns:
            column.setSpacing(GAP)
            column.addStretch(1)
            beside.addLayout(column, 1)
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.setSpacing(GAP)
        outer.addLayout(beside)
        outer.addLayout(self._below)
        outer.addStretch(1)
        area = QScrollArea()
        area.setObjectName("panel")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        self.area = area
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(area)
        splitter.addWidget(parts.column(self.title, self.quotes))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([600, 140])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(
            parts.row(*self.lists.values(), self.again, self.work, self.said, stretch=4)
        )
        layout.addWidget(splitter, 1)

    def _refresh(self, _: None) -> None:
        offered, chosen = self.view.choices, self.view.chosen
        for name, box in self.lists.items():
            box.offer([(option.label, option.name) for option in offered[name]], chosen[name])
            box.setEnabled(not self.view.is_running)
        self.again.setEnabled(not self.view.is_running)
        self.said.setText(self.view.said)
        self.work.show_running(is_running=self.view.is_running)
        names = [figure.name for figure in self.view.figures]
        for name in [name for name in self.cards if name not in names]:
            self.cards.pop(name).deleteLater()
        heights = [0.0, 0.0]
        for figure in self.view.figures:
            choice = CHOICES.get(figure.name, "")
            card = self.cards.get(figure.name) or self._new_card(figure, choice)
            card.show_figure(figure, offered.get(choice, []), chosen.get(choice, ""))
            self._put(card, figure, heights)

    def _put(self, card: Card, figure: Figure, heights: list[float]) -> None:
        """Put a card under the shorter column, or a wide one under both."""
        if figure.form is Form.TABLE:
            self._below.addWidget(card)
            return
        column = heights.index(min(heights))
        heights[column] += geometry.height_of(figure) + AROUND
        for other in self._columns:
            other.removeWidget(card)
        # Above the stretch at the end, which keeps the cards together.
        self._columns[column].insertWidget(self._columns[column].count() - 1, card)

    def _new_card(self, figure: Figure, choice: str) -> Card:
        card = Card(self._theme)
        card.chosen.connect(lambda shown, row, part: self.view.pick(shown, (row, part)))
        card.saved.connect(lambda shown, name: self.save(shown, Path(name)))
        card.option_chosen.connect(partial(self.view.choose, choice))
        self.cards[figure.name] = card
        return card

    def _show_quotes(self, _: None) -> None:
        self.title.setText(
            self.view.title
            or self.tr("Click a bar or a number: the marks behind it are listed here.")
        )
        self.quotes.show_quotes(self.view.quotes)

    def _picked(self, name: str, _: int = 0) -> None:
        self.view.choose(name, str(self.lists[name].currentData()))

    def _go(self, quote: Quote) -> None:
        self.view.go_to(quote)
        self.jumped.emit()
