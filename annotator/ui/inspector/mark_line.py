"""A line of the inspector for words about one mark, which are kept for that mark when it is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator.domain.identity import Id
from annotator.presentation.desk import Desk
from annotator.ui.leaving_field import LeavingField


class MarkLine(LeavingField):
    """Belongs to the mark that is current when it is made.

    Args:
        keep: takes the mark and the words, whenever they were left without Enter; tells whether
            they were taken.
    """

    def __init__(
        self, desk: Desk, keep: Callable[[Id, str], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keep = keep
        current = desk.reader.current
        self._mark = current.id if current else None
        self.left.connect(self.keep)
        # A key may choose another mark or article while the caret stands here; the card goes then,
        # and this field with it, to which Qt says nothing.
        self._signals = (desk.reader.changed, desk.reader.page.current_changed)
        for signal in self._signals:
            signal.connect(self._moved)
        desk.reader.article_leaving.connect(self._article_left)

    def keep(self) -> None:
        """Keep what was typed."""
        if self.waits and self._mark:
            words = self.typed
            self.settle()
            if self._keep(self._mark, words) and isValid(self):
                self.rest()

    def rest(self) -> None:
        """Show what is to stand here once the words were taken: nothing."""
        self.clear()

    def _article_left(self, _: Id) -> None:
        """Keep the words while their article is still open: afterwards the act would open it again."""
        if isValid(self):
            self.keep()
        else:
            self._desk.reader.article_leaving.disconnect(self._article_left)

    def _moved(self, _: object) -> None:
        if not isValid(self):
            for signal in self._signals:
                signal.disconnect(self._moved)
            return
        current = self._desk.reader.current
        if self.waits and self._mark and (current is None or current.id != self._mark):
            words = self.typed
            self.settle()
            # The other mark is being shown just now: the act comes after that.
            QTimer.singleShot(0, partial(self._keep, self._mark, words))
