"""The windows of a team: made when they are first asked for, one of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMainWindow

from annotator.presentation.desk import Desk
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.team.adjudication_window import AdjudicationWindow
    from annotator.ui.team.agreement_window import AgreementWindow


class TeamTools:
    """Opens the windows of a team beside the main window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(self, window: QMainWindow, desk: Desk, theme: Theme) -> None:
        self._window = window
        self._desk = desk
        self._theme = theme
        self._agreement: AgreementWindow | None = None
        self._adjudication: AdjudicationWindow | None = None
        self.actions: dict[str, Callable[[], None]] = {
            "agreement": self.show_agreement,
            "adjudication": self.show_adjudication,
        }

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        for part in (self._agreement, self._adjudication):
            if part:
                part.set_theme(theme)

    @property
    def agreement(self) -> AgreementWindow:
        """The agreement window."""
        if self._agreement is None:
            from annotator.presentation.agreement_table import AgreementTable
            from annotator.ui.team.agreement_window import AgreementWindow

            self._agreement = AgreementWindow(AgreementTable(self._desk), self._theme, self._window)
        return self._agreement

    @property
    def adjudication(self) -> AdjudicationWindow:
        """The adjudication window."""
        if self._adjudication is None:
            from annotator.presentation.adjudicating import Adjudicating
            from annotator.ui.team.adjudication_window import AdjudicationWindow

            self._adjudication = AdjudicationWindow(
                Adjudicating(self._desk), self._theme, self._window
            )
        return self._adjudication

    def show_adjudication(self) -> None:
        """Show where annotators differ, to decide what becomes gold."""
        _bring(self.adjudication)

    def show_agreement(self) -> None:
        """Show how far annotators agree."""
        _bring(self.agreement)


def _bring(window: QDialog) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
