"""One suggestion in the inspector: its words, why it was made, and the three answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.presentation import suggesting
from annotator.presentation.desk import Desk
from annotator.presentation.ghosts import InspectedGhost
from annotator.ui.inspector import parts
from annotator.ui.theme import Theme

QUOTE_LIMIT = 400


class GhostCard(QWidget):
    """Shows one suggestion; every control acts through the desk."""

    def __init__(self, desk: Desk, shown: InspectedGhost, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        colour = shown.colour[1 if theme.is_dark else 0]
        title = parts.label(self.tr("{}, suggested").format(shown.label), "layer", wrap=False)
        title.setStyleSheet(f"color: {colour}")
        words = shown.quote
        quote = parts.label(
            words if len(words) <= QUOTE_LIMIT else words[:QUOTE_LIMIT] + "…", "quote"
        )
        quote.setStyleSheet(f"border-left: 3px dashed {colour}; padding-left: 8px")
        widgets: list[QWidget] = [title, quote]
        if shown.values:
            widgets.append(parts.label(shown.values))
        widgets += [parts.label(tie) for tie in shown.ties]
        widgets += [
            parts.heading(self.tr("Why")),
            parts.label(shown.reason),
            parts.label(self.tr("proposed by {}").format(shown.maker), "quiet"),
            parts.line(),
            self._answer(self.tr("Accept"), "suggestion.accept", suggesting.accept),
            self._answer(
                self.tr("Accept and change"), "suggestion.change", suggesting.accept_and_change
            ),
            self._answer(self.tr("Reject for good"), "suggestion.reject", suggesting.reject),
        ]
        if shown.same > 1:
            widgets.append(
                self._answer(
                    self.tr("Accept all {} with these words").format(shown.same),
                    "suggestion.accept-same",
                    suggesting.accept_same,
                )
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)

    def _answer(self, words: str, command: str, run: suggesting.Run) -> QWidget:
        key = self._desk.key_of(command)
        return parts.button(words, key, partial(run, self._desk), kind=parts.OnceButton)
