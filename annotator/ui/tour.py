"""The first steps: five short cards over the page that can be sent away at any time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.presentation.first_steps import STEPS, FirstSteps
from annotator.ui.inspector import parts

WIDTH = 380


class Tour(QFrame):
    """A card in the lower corner of the page; it never takes the keyboard away."""

    dismissed = Signal()

    def __init__(self, page: QWidget, steps: FirstSteps) -> None:
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
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(parts.row(self._count, self._away, self._next, stretch=0))
        page.installEventFilter(self)
        steps.changed.connect(self._show)
        self.hide()

    def start(self) -> None:
        """Show the first step."""
        self.steps.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the page changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
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
            return
        step = self.steps.step
        self._title.setText(self.tr(step.title))
        self._text.setText(self.tr(step.text))
        self._next.setText(self.tr("Start") if self.steps.is_last else self.tr("Next"))
        place = self.tr("{} of {}").format(self.steps.number + 1, len(STEPS))
        self._count.setText(f"✓ {place}" if self.steps.was_done else place)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        page = self._page
        self.setFixedWidth(min(WIDTH, page.width() - 32))
        height = self._layout.totalHeightForWidth(self.width())
        self.setGeometry(
            page.width() - self.width() - 24, page.height() - height - 16, self.width(), height
        )
