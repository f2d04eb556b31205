"""The manual beside the work: which page is open, what was found in it, and what helps where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.presentation.signal import Signal
from annotator.services import manual
from annotator.services.manual import Page, Place

__all__ = ["TOPICS", "Manual", "Page"]

TOPICS: dict[str, str] = {
    "PageView": "marking#mark",
    "FindBar": "marking#see-better",
    "ArticlePanel": "marking#say-how-far-you-are",
    "ArticleCard": "marking#say-how-far-you-are",
    "MarkCard": "marking#say-more-about-a-mark",
    "GhostCard": "suggestions",
    "PartnerCard": "marking#tie-marks-to-each-other",
    "InspectorPanel": "marking#say-more-about-a-mark",
    "Tour": "first-steps",
    "SearchPanel": "marking#searching-all-articles",
    "MarkTablePanel": "tables#the-table-of-marks",
    "ActorBookWindow": "tables#the-actor-book",
    "CodebookWindow": "tables#the-codebook",
    "AssignDialog": "team#dealing-articles-out",
    "AgreementWindow": "team#how-far-they-agree",
    "AdjudicationWindow": "team#what-becomes-gold",
    "ReleaseWindow": "releases#in-the-window",
    "CopiesWindow": "copies#in-the-window",
    "NetworkWindow": "networks#the-network-window",
    "SettingsDialog": "settings",
    "KeysPage": "settings#keys",
    "KeysDialog": "marking#mark",
    "IncomingWindow": "importing",
    "EncodingChoice": "importing",
    "ColumnChoice": "importing",
    "ExportDialog": "formats#what-is-lost-is-said",
    "LabelDialog": "formats#labels-of-other-tools",
    "FiguresWindow": "networks",
    "TrialWindow": "suggestions#how-good-are-they",
    "PolicyDialog": "suggestions",
    "ReportDialog": "formats#what-is-lost-is-said",
    "ManualWindow": "index",
    "MainWindow": "index",
}
"""By the name of a panel or window, the page and section that help there; the innermost one counts."""


class Manual:
    """The page that is open, with a way back.

    Attributes:
        turned: another page or section: the page, and an anchor or nothing.
        found: sections with the words that were looked for.
    """

    def __init__(self) -> None:
        self.turned: Signal[tuple[Page, str]] = Signal()
        self.found_changed: Signal[None] = Signal()
        self.found: list[Place] = []
        self._trail: list[str] = []

    @property
    def pages(self) -> Iterator[Page]:
        """All pages, for the contents; each takes a moment, so they are better not asked for at once."""
        return manual.pages()

    @property
    def folder(self) -> Path:
        """Where pictures are found."""
        return manual.folder()

    @property
    def can_go_back(self) -> bool:
        """Tell whether another page was open before."""
        return len(self._trail) > 1

    def open(self, target: str) -> None:
        """Open a page, given as ``marking``, ``marking#mark`` or ``marking.md#mark``."""
        target = target.replace(".md", "")
        if not self._trail or self._trail[-1] != target:
            self._trail.append(target)
        self._turn(target)

    def back(self) -> None:
        """Open the page that was open before."""
        if self.can_go_back:
            self._trail.pop()
            self._turn(self._trail[-1])

    def look_for(self, words: str) -> None:
        """Find sections with all the words."""
        self.found = manual.find(words)
        self.found_changed.emit(None)

    def _turn(self, target: str) -> None:
        name, _, anchor = target.partition("#")
        self.turned.emit((manual.page(name or manual.FIRST), anchor))
