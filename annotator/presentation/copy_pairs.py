"""Pairs of articles that share words, as a list shows them: to look at, not grouped yet, or grouped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.domain.article import Article
from annotator.services import duplicate_groups
from annotator.services.duplicates import Found
from annotator.services.project import Project


class Show(Enum):
    """Which pairs are listed."""

    DOUBTFUL = "To look at"
    UNGROUPED = "Surely copies, not grouped"
    GROUPS = "Grouped"


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two articles in the list, the likely original first.

    Attributes:
        share: how much of the shorter one stands in the other; None where it was not measured.
    """

    one: Article
    other: Article
    share: float | None

    @property
    def sign(self) -> str:
        """The share in percent."""
        return "" if self.share is None else f"{self.share:.0%}".replace("%", " %")

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        share = f"{self.sign} in common. " if self.sign else ""
        return f"{share}{self.one.title}; {self.other.title}"


def pairs(project: Project, found: Found, show: Show) -> list[PairRow]:
    """Return the pairs of a sort, those of a group each with its likely original."""
    shares = {frozenset((pair.one, pair.other)): pair.containment for pair in found.pairs}
    if show is Show.DOUBTFUL:
        known = found.articles
        return [
            _row(known[pair.one], known[pair.other], pair.containment)
            for pair in found.doubtful
            if not _together(known[pair.one], known[pair.other])
        ]
    is_new = show is Show.UNGROUPED
    groups = found.ungrouped if is_new else duplicate_groups.all_groups(project)
    return [
        PairRow(group[0], other, shares.get(frozenset((group[0].id, other.id))))
        for group in groups
        for other in group[1:]
        if not (is_new and _together(group[0], other))
    ]


def _row(one: Article, other: Article, share: float) -> PairRow:
    first, second = duplicate_groups.in_order([one, other])
    return PairRow(first, second, share)


def _together(one: Article, other: Article) -> bool:
    return bool(one.duplicate_group) and one.duplicate_group == other.duplicate_group
