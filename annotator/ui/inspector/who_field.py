"""The field of the inspector in which one types whom a mention stands for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from annotator.presentation import who
from annotator.presentation.desk import Desk
from annotator.ui.inspector.mark_line import MarkLine
from annotator.ui.name_completer import NameCompleter


class WhoField(MarkLine):
    """Ties the mention to the entry whose name is typed, or to a new one of that name.

    A name that was left without Enter counts, too, for the mention it was typed for.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, partial(who.keep, desk))
        self.setProperty("field", "who")
        key = desk.key_of("mark.who-else").replace("Shift+", "⇧")
        self.setPlaceholderText(self.tr("somebody else, or a new name  {}").format(key))
        self.setAccessibleName(self.tr("Whom the mention stands for"))
        self._completer = NameCompleter(self)
        self.returnPressed.connect(self._take)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the names of the actor book."""
        super().focusInEvent(event)
        self.offer()

    def offer(self) -> None:
        """Offer the names as they are now."""
        self._completer.offer(who.names(self._desk))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the name, unless a click in the same question answers it otherwise."""
        answer, question = QApplication.focusWidget(), self.parentWidget()
        if (
            event.reason() == Qt.FocusReason.MouseFocusReason
            and isinstance(answer, QAbstractButton)
            and question is not None
            and question.isAncestorOf(answer)
        ):
            self.settle()
        super().focusOutEvent(event)

    def _take(self) -> None:
        if self.text().strip():
            # A list that goes later would take the focus back, into a field that is gone by then.
            if names := self._completer.popup():
                names.hide()
            self.settle()
            who.tie(self._desk, self.text())
            self._desk.focus.emit("page")
