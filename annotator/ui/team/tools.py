"""The windows of a team: made when they are first asked for, one of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QMainWindow

from annotator.presentation.agreement_table import AgreementTable
from annotator.presentation.desk import Desk
from annotator.ui.team.agreement_window import AgreementWindow
from annotator.ui.theme import Theme


class TeamTools:
    """Opens the agreement table beside a window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(self, window: QMainWindow, desk: Desk, theme: Theme) -> None:
        self._window = window
        self._desk = desk
        self._theme = theme
        self._agreement: AgreementWindow | None = None
        self.actions: dict[str, Callable[[], None]] = {"agreement": self.show_agreement}

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        if self._agreement:
            self._agreement.set_theme(theme)

    @property
    def agreement(self) -> AgreementWindow:
        """The agreement window."""
        if self._agreement is None:
            self._agreement = AgreementWindow(AgreementTable(self._desk), self._theme, self._window)
        return self._agreement

    def show_agreement(self) -> None:
        """Show how far annotators agree."""
        _bring(self.agreement)


def _bring(window: QDialog) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
