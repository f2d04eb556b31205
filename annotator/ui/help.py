"""Help from a command or by F1 in any window of ours: the section of the manual about where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator.ui.keyboard import key_name
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.manual_window import ManualWindow


class Help(QObject):
    """Opens the manual, from a command or by F1 in any window of ours.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(self, window: QWidget, theme: Theme, key: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._key = key
        self._manual: ManualWindow | None = None
        self.actions: dict[str, Callable[[], None]] = {
            "help": self.help_here,
            "manual": lambda: self.manual.show_topic("index"),
        }
        self._watched: tuple[QWidget, ...] = ()
        # What has the keyboard is watched, not the application: else every event of every widget
        # would have to ask Python first.
        self._application = cast("QApplication", QApplication.instance())
        self._application.focusChanged.connect(self._follow)
        self._application.focusWindowChanged.connect(self._follow)

    @property
    def manual(self) -> ManualWindow:
        """The window of the manual."""
        if self._manual is None:
            from annotator.presentation.manual import Manual
            from annotator.ui.manual_window import ManualWindow

            self._manual = ManualWindow(Manual(), self._theme, self._window)
        return self._manual

    def help_here(self) -> None:
        """Open the section about the panel that has the focus."""
        self.manual.show_topic(topic_of(QApplication.focusWidget() or self._window))

    def set_theme(self, theme: Theme) -> None:
        """Show the manual in another theme."""
        self._theme = theme
        if self._manual:
            self._manual.set_theme(theme)

    def stop(self) -> None:
        """Leave the application alone again."""
        self._application.focusChanged.disconnect(self._follow)
        self._application.focusWindowChanged.disconnect(self._follow)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key of help in windows beside the main one, which has its own table of keys."""
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or not isinstance(watched, QWidget)
            or key_name(event) != self._key()
        ):
            return False
        self.manual.show_topic(topic_of(watched))
        return True

    def _follow(self, *_: object) -> None:
        """Watch what has the keyboard in a window of ours, or the window itself where nothing has."""
        window = QApplication.activeWindow()
        if window is None or window is self._window or not self._is_ours(window):
            self._watch()
        else:
            self._watch(window, *filter(None, (QApplication.focusWidget(),)))

    def _watch(self, *widgets: QWidget) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def _is_ours(self, window: QWidget | None) -> bool:
        """Tell whether a window belongs to ours: one process may have several."""
        while window is not None and window is not self._window:
            window = window.parentWidget()
        return window is not None


def topic_of(widget: QWidget | None) -> str:
    """Return the page and section that help at a widget: those of the innermost panel around it."""
    from annotator.presentation.manual import TOPICS

    while widget is not None:
        topic = TOPICS.get(type(widget).__name__)
        if topic:
            return topic
        widget = widget.parentWidget()
    return "index"
