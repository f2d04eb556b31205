"""Small widgets the inspector is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.flow import FlowLayout

if TYPE_CHECKING:
    from annotator.presentation.inspector import Choice

PADDING = 10
"""So much of a button is beside its words, in pixels."""


def label(text: str, name: str = "", *, wrap: bool = True) -> QLabel:
    """Return a plain-text label; ``name`` picks its style."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    widget.setObjectName(name)
    if wrap:
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return widget


def rich(html: str, name: str = "") -> QLabel:
    """Return a label for text made safe by ``presentation.rich_text``."""
    widget = QLabel(html)
    widget.setTextFormat(Qt.TextFormat.RichText)
    widget.setWordWrap(True)
    widget.setObjectName(name)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return widget


def heading(text: str) -> QLabel:
    """Return the heading of a section."""
    return label(text, "heading")


def line() -> QFrame:
    """Return a hairline."""
    widget = QFrame()
    widget.setObjectName("hairline")
    widget.setFixedHeight(1)
    return widget


def button(
    text: str,
    key: str,
    run: Callable[[], object],
    *,
    name: str = "chip",
    hint: str = "",
    kind: Callable[[str], QPushButton] = QPushButton,
) -> QPushButton:
    """Return a flat button that shows its key beside its words."""
    widget = kind(f"{text}  {key.replace('Shift+', '⇧')}" if key else text)
    widget.setObjectName(name)
    widget.setToolTip(hint or text)
    widget.setAccessibleName(f"{text}, {key}" if key else text)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.clicked.connect(partial(_call, run))
    return widget


class OnceButton(QPushButton):
    """Takes a double click for one: what it does moves on, and the second click would meet what comes next.

    For the same reason a click leaves the keys where they are.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Press nothing."""
        event.accept()


class NarrowButton(QPushButton):
    """Shortens its words to the room there is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the words as there is room for."""
        super().resizeEvent(event)
        room = self.width() - PADDING
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


def choices(options: tuple[Choice, ...], run: Callable[[str], object], spoken: str) -> QWidget:
    """Return a row of values, the chosen one pressed; each has its key."""
    holder = QWidget()
    flow = FlowLayout(holder)
    for option in options:
        chip = button(
            option.label,
            option.key.upper(),
            partial(run, option.name),
            hint=option.hint or option.label,
        )
        chip.setCheckable(True)
        chip.setChecked(option.chosen)
        chip.setAccessibleName(f"{spoken}: {option.label}")
        # A click turns it, also where the value is refused; one that is taken makes all anew.
        chip.clicked.connect(partial(_stay, chip, option.chosen))
        flow.addWidget(chip)
    return holder


def row(*widgets: QWidget, stretch: int = -1, spacing: int = 4) -> QWidget:
    """Return widgets side by side; the one numbered ``stretch`` takes the room that is left."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == stretch else 0)
    if stretch < 0:
        layout.addStretch(1)
    return holder


def column(*widgets: QWidget, spacing: int = 4) -> QWidget:
    """Return widgets one under the other."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def _stay(chip: QPushButton, chosen: bool, _checked: bool = False) -> None:
    chip.setChecked(chosen)


def _call(run: Callable[[], object], _checked: bool = False) -> None:
    run()
