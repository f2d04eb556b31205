"""What opens over the window for a moment, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.ui.page.view import PageView

if TYPE_CHECKING:
    from annotator.presentation.choosing import Choosing
    from annotator.presentation.commands import Command
    from annotator.ui.chooser import Chooser
    from annotator.ui.find_bar import FindBar
    from annotator.ui.palette import Palette
    from annotator.ui.publishing import Publishing


class Popups:
    """Opens palette, chooser, search field and dialogs over a window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(
        self,
        window: QWidget,
        page: PageView,
        desk: Desk,
        memory: Memory,
        run: Callable[[Command], None],
        version: str,
    ) -> None:
        self._window = window
        self._page = page
        self._desk = desk
        self._memory = memory
        self._run = run
        self._version = version
        self.actions: dict[str, Callable[[], None]] = {
            "palette": self._open_palette,
            "find": self._open_find_bar,
            "print": self._print,
            "picture": self._save_picture,
            "settings": self._show_settings,
            "own-keys": partial(self._show_settings, keys=True),
            "keys": self._show_keys,
            "about": self._show_about,
        }
        desk.chooser.connect(self._choose)

    @cached_property
    def palette(self) -> Palette:
        """All commands, found by typing."""
        from annotator.ui.palette import Palette

        return Palette(self._window, self._run)

    @cached_property
    def chooser(self) -> Chooser:
        """The small list beside the caret."""
        from annotator.ui.chooser import Chooser

        return Chooser(self._window)

    @cached_property
    def find_bar(self) -> FindBar:
        """The field for finding words in the article."""
        from annotator.ui.find_bar import FindBar

        return FindBar(self._page, self._desk.finder)

    @cached_property
    def publishing(self) -> Publishing:
        """The ways of the marked article onto paper and into pictures."""
        from annotator.ui.publishing import Publishing

        return Publishing(self._window, self._desk, lambda: self._memory.preferences.face)

    def _open_palette(self) -> None:
        self.palette.open(
            [command for command in self._desk.commands if command.available(self._desk)]
        )

    def _open_find_bar(self) -> None:
        self.find_bar.open()

    def _print(self) -> None:
        self.publishing.print_article()

    def _save_picture(self) -> None:
        self.publishing.save_article()

    def _choose(self, choosing: Choosing) -> None:
        port = self._page.viewport()
        place = self._page.caret_rect().toAlignedRect()
        self.chooser.open(choosing, place.translated(port.mapToGlobal(QPoint(0, 0))))

    def _show_keys(self) -> None:
        from annotator.ui.dialogs import KeysDialog

        KeysDialog(self._window, self._desk.commands).show()

    def _show_settings(self, *, keys: bool = False) -> None:
        from annotator.presentation.own_keys import OwnKeys
        from annotator.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._window, self._memory, OwnKeys(self._desk, self._memory))
        if keys:
            dialog.open_keys()
        dialog.show()

    def _show_about(self) -> None:
        from annotator.ui.dialogs import AboutDialog

        AboutDialog(self._window, self._version).show()
