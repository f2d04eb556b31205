"""A field that finds values by typing: chosen ones as chips, the others in a tree below while it is used."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.presentation import topics
from annotator.presentation.desk import Desk
from annotator.presentation.inspector import Field
from annotator.presentation.topics import Offer
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts
from annotator.ui.inspector.mark_line import MarkLine

OFFER = Qt.ItemDataRole.UserRole
ROWS = 7
"""How many values are seen at once."""


class TopicField(QWidget):
    """Up and Down walk, Enter takes or puts back, Escape goes back to the article.

    Words that were left without either are kept as the value they mean.
    """

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__()
        self._desk = desk
        self._shown = field
        self.field = _FindField(self, desk, field.attribute)
        self.field.setProperty("field", field.attribute)
        self.field.setPlaceholderText(self.tr("find or add"))
        self.field.setAccessibleName(field.label)
        self.offers = QListWidget()
        self.offers.setObjectName("offers")
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setAccessibleName(self.tr("Values of {}").format(field.label))
        self.offers.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        chosen = self._chosen()
        if chosen is not None:
            layout.addWidget(chosen)
        layout.addWidget(self.field)
        layout.addWidget(self.offers)
        self.field.textEdited.connect(self.refresh)
        self.offers.itemClicked.connect(self._take)
        topics.prepare(desk, field.attribute)

    def refresh(self) -> None:
        """Show what may be chosen."""
        self.offers.clear()
        found = topics.offers(self._desk, self._shown.attribute, self.field.text())
        for offer in found:
            item = QListWidgetItem(self._words(offer))
            item.setData(OFFER, offer)
            item.setToolTip(offer.hint)
            if not offer.fits:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setForeground(self.palette().placeholderText())
            self.offers.addItem(item)
        first = next((row for row, offer in enumerate(found) if offer.fits), -1)
        self.offers.setCurrentRow(first)
        height = self.offers.sizeHintForRow(0) if found else 0
        self.offers.setFixedHeight(min(len(found), ROWS) * height + 4)
        self.offers.setVisible(bool(found))

    def renew(self) -> None:
        """Show what may be chosen now, if it is looked at."""
        if self.field.hasFocus():
            self.refresh()

    def fold(self) -> None:
        """Put the tree away."""
        self.offers.hide()

    def step(self, by: int) -> None:
        """Walk to the next value that fits."""
        row = self.offers.currentRow() + by
        while 0 <= row < self.offers.count():
            if self.offers.item(row).data(OFFER).fits:
                self.offers.setCurrentRow(row)
                return
            row += by

    def take_current(self) -> None:
        """Take the value walked to, or put it back."""
        item = self.offers.currentItem()
        if self.offers.isVisible() and self.offers.currentRow() >= 0:
            self._take(item)

    def leave(self) -> None:
        """Go back to the article."""
        self._desk.focus.emit("page")

    def _take(self, item: QListWidgetItem) -> None:
        offer = item.data(OFFER)
        if isinstance(offer, Offer) and offer.fits:
            self.field.settle()
            topics.take(self._desk, self._shown.attribute, offer)

    def _words(self, offer: Offer) -> str:
        words = self.tr("Add “{}”").format(offer.label) if offer.is_new else offer.label
        return f"{'    ' * offer.depth}{'✓ ' if offer.chosen else ''}{words}"

    def _chosen(self) -> QWidget | None:
        value = self._shown.value
        names = value if isinstance(value, tuple) else () if value is None else (str(value),)
        if not names:
            return None
        labels = {choice.name: choice.label for choice in self._shown.choices}
        holder = QWidget()
        flow = FlowLayout(holder)
        for name in names:
            label = labels.get(name, name)
            off = Offer(name, label, chosen=True)
            chip = parts.button(
                f"{label}  ×", "", partial(topics.take, self._desk, self._shown.attribute, off)
            )
            chip.setChecked(True)
            chip.setToolTip(self.tr("Take {} off").format(label))
            chip.setAccessibleName(self.tr("Take {} off").format(label))
            flow.addWidget(chip)
        return holder


class _FindField(MarkLine):
    """Hands its arrows and Enter to the tree."""

    def __init__(self, owner: TopicField, desk: Desk, attribute: str) -> None:
        super().__init__(desk, partial(topics.keep, desk, attribute), owner)
        self._owner = owner

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Unfold the tree."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self._owner, self._owner.refresh)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the tree."""
        super().focusOutEvent(event)
        self._owner.fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, take, or leave."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._owner.step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.take_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.settle()
            self._owner.leave()
        else:
            super().keyPressEvent(event)
