"""The first steps: five short cards over the page that can be sent away at any time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.ui.inspector import parts

WIDTH = 380


class Tour(QFrame):
    """A card in the lower corner of the page; it never takes the keyboard away."""

    dismissed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("card")
        self.setAccessibleName(self.tr("First steps"))
        self._step = 0
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
        self.hide()

    def steps(self) -> tuple[tuple[str, str], ...]:
        """Return title and text of each step."""
        return (
            (
                self.tr("Read, select, press a key"),
                self.tr(
                    "Select a name with the mouse, or with Shift and the arrow keys, and press A: it is an actor now, and saved."
                ),
            ),
            (
                self.tr("Claims and feelings"),
                self.tr(
                    "Select what somebody says and press C for a claim; a word that judges and S for sentiment; “said” and Q for the cue."
                ),
            ),
            (
                self.tr("Say who says it"),
                self.tr(
                    "With the claim under the caret press F: it is tied to the nearest plausible actor. Shift+F lets you choose another, V says it is the author."
                ),
            ),
            (
                self.tr("Every value has a key"),
                self.tr(
                    "The inspector shows them: + for support, − against. Everything can be undone with Ctrl+Z, also tomorrow."
                ),
            ),
            (
                self.tr("Done, next, export"),
                self.tr(
                    "D calls the article done, X says there was nothing to find. Drop your own text files on the window; Ctrl+E exports training data. F1 shows all keys."
                ),
            ),
        )

    def start(self) -> None:
        """Show the first step."""
        self._step = 0
        self._show()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the page changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _forward(self) -> None:
        self._step += 1
        if self._step == len(self.steps()):
            self._dismiss()
        else:
            self._show()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _show(self) -> None:
        title, text = self.steps()[self._step]
        self._title.setText(title)
        self._text.setText(text)
        last = self._step == len(self.steps()) - 1
        self._next.setText(self.tr("Start") if last else self.tr("Next"))
        self._count.setText(self.tr("{} of {}").format(self._step + 1, len(self.steps())))
        self._place()

    def _place(self) -> None:
        page = self._page
        self.setFixedWidth(min(WIDTH, page.width() - 32))
        height = self._layout.totalHeightForWidth(self.width())
        self.setGeometry(
            page.width() - self.width() - 24, page.height() - height - 16, self.width(), height
        )
