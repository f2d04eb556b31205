"""The first steps: five short cards below the article that can be sent away at any time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from annotator.presentation.first_steps import STEPS, FirstSteps
from annotator.ui.inspector import parts
from annotator.ui.page.view import PageView

AROUND = 12
"""Room between the card and the edges of the page, in pixels: wider than the scroll bar, which is never over it."""


class Tour(QFrame):
    """A card at the foot of the page, which ends above it; it never takes the keyboard away."""

    dismissed = Signal()

    def __init__(self, page: PageView, steps: FirstSteps) -> None:
        super().__init__(page)
        self._page = page
        self.steps = steps
        self.setObjectName("card")
        self.setAccessibleName(self.tr("First steps"))
        self._title = parts.label("", "layer")
        self._text = parts.label("")
        self._count = parts.label("", "muted", wrap=False)
        self._next = parts.button(self.tr("Next"), "", self._forward, name="primary")
        self._away = parts.button(self.tr("Not now"), "", self._dismiss, name="quiet")
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        layout.addWidget(parts.column(self._title, self._text), 1)
        layout.addWidget(
            parts.row(self._count, self._away, self._next), 0, Qt.AlignmentFlag.AlignBottom
        )
        page.installEventFilter(self)
        steps.changed.connect(self._show)
        self.hide()

    def start(self) -> None:
        """Show the first step."""
        self.steps.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the page changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _forward(self) -> None:
        if self.steps.is_last:
            self._dismiss()
        else:
            self.steps.forward()

    def _dismiss(self) -> None:
        self.steps.leave()
        self.dismissed.emit()

    def _show(self, _: None) -> None:
        if not self.steps.is_seen:
            self.hide()
            self._page.keep_free_below(0)
            return
        step = self.steps.step
        self._title.setText(self.tr(step.title))
        self._text.setText(self.tr(step.text))
        self._next.setText(self.tr("Start") if self.steps.is_last else self.tr("Next"))
        place = self.tr("{} of {}").format(self.steps.number + 1, len(STEPS))
        self._count.setText(f"✓ {place}" if self.steps.was_done else place)
        self.show()
        self.raise_()
        self._place()

    def _place(self) -> None:
        page = self._page
        width = page.width() - 2 * AROUND
        height = self._layout.totalHeightForWidth(width)
        self.setGeometry(AROUND, page.height() - height - AROUND, width, height)
        page.keep_free_below(height + 2 * AROUND)
