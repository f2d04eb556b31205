"""Files that are dragged over the window and dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from annotator.presentation import dropping
from annotator.presentation.desk import Desk
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.drop_sign import DropSign


class Drops(QObject):
    """Welcomes files and folders on a window, shows what dropping them would do, and does it.

    Args:
        theme: the one that is shown now.
    """

    def __init__(self, window: QWidget, desk: Desk, theme: Callable[[], Theme]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._theme = theme
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @cached_property
    def sign(self) -> DropSign:
        """What is shown while files are dragged over the window."""
        from annotator.ui.drop_sign import DropSign

        return DropSign(self._window)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Take what is dragged and dropped; leave all else to the window."""
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDropEvent):
            paths = _files(event)
            if paths:
                event.acceptProposedAction()
            self.sign.tell(self.tr(dropping.welcome(self._desk, paths)), self._theme())
        elif kind == QEvent.Type.DragLeave:
            self.sign.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.sign.hide()
            event.acceptProposedAction()
            dropping.take(self._desk, _files(event))
        else:
            return False
        return True


def _files(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this machine that are dragged or dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
