"""The windows of findings: made when they are first asked for, one of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMainWindow

from annotator.presentation.desk import Desk
from annotator.ui.status_line import StatusLine
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.copies.window import CopiesWindow
    from annotator.ui.figures.window import FiguresWindow
    from annotator.ui.network.window import NetworkWindow
    from annotator.ui.release.window import ReleaseWindow
    from annotator.ui.trial.window import TrialWindow


class FindingsTools:
    """Opens the network, the copies and the suggesters beside a window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(self, window: QMainWindow, desk: Desk, theme: Theme, status: StatusLine) -> None:
        self._window = window
        self._desk = desk
        self._theme = theme
        self._status = status
        self._network: NetworkWindow | None = None
        self._figures: FiguresWindow | None = None
        self._copies: CopiesWindow | None = None
        self._release: ReleaseWindow | None = None
        self._trial: TrialWindow | None = None
        self.actions: dict[str, Callable[[], None]] = {
            "network": self.show_network,
            "figures": self.show_figures,
            "copies": self.show_copies,
            "copies-here": self.show_copies_here,
            "release": self.show_release,
            "suggesters": self.show_suggesters,
        }

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        for part in (self._network, self._figures, self._copies, self._trial):
            if part:
                part.set_theme(theme)

    @property
    def network(self) -> NetworkWindow:
        """The network window."""
        if self._network is None:
            from annotator.presentation.network_view import NetworkView
            from annotator.ui.network.window import NetworkWindow

            self._network = NetworkWindow(NetworkView(self._desk), self._theme, self._window)
            self._network.work.follow(self._status)
            self._network.jumped.connect(self._to_text)
        return self._network

    @property
    def figures(self) -> FiguresWindow:
        """The window of figures."""
        if self._figures is None:
            from annotator.presentation.figures_view import FiguresView
            from annotator.ui.figures.window import FiguresWindow

            self._figures = FiguresWindow(FiguresView(self._desk), self._theme, self._window)
            self._figures.work.follow(self._status)
            self._figures.jumped.connect(self._to_text)
        return self._figures

    def show_figures(self) -> None:
        """Show what the marks add up to."""
        _bring(self.figures)

    def show_network(self) -> None:
        """Show who is tied to what."""
        _bring(self.network)

    @property
    def copies(self) -> CopiesWindow:
        """The window of copies."""
        if self._copies is None:
            from annotator.presentation.copies import Copies
            from annotator.ui.copies.window import CopiesWindow

            self._copies = CopiesWindow(Copies(self._desk), self._theme, self._window)
            self._copies.work.follow(self._status)
            self._copies.jumped.connect(self._to_text)
        return self._copies

    def show_copies(self) -> None:
        """Show which articles are copies of each other, side by side."""
        _bring(self.copies)

    def show_copies_here(self) -> None:
        """Show the open article beside its copies."""
        _bring(self.copies)
        article = self._desk.reader.article
        if article:
            self.copies.desk.show_article(article.id)

    @property
    def release(self) -> ReleaseWindow:
        """The release window."""
        if self._release is None:
            from annotator.presentation.release_draft import ReleaseDraft
            from annotator.ui.release.window import ReleaseWindow

            self._release = ReleaseWindow(ReleaseDraft(self._desk), self._window)
            self._release.work.follow(self._status)
        return self._release

    def show_release(self) -> None:
        """Show what a release would hold, and let it be written."""
        _bring(self.release)

    @property
    def trial(self) -> TrialWindow:
        """The window of suggesters."""
        if self._trial is None:
            from annotator.presentation.trial_table import TrialTable
            from annotator.ui.trial.window import TrialWindow

            self._trial = TrialWindow(TrialTable(self._desk), self._theme, self._window)
            self._trial.jumped.connect(self._to_text)
        return self._trial

    def show_suggesters(self) -> None:
        """Show how good the suggesters are and where they slip."""
        _bring(self.trial)

    def _to_text(self) -> None:
        self._window.activateWindow()
        self._desk.focus.emit("page")


def _bring(window: QDialog) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
