"""Two articles side by side: what they share, and what stands in one of them only."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.analysis import shingles
from annotator.analysis.differences import Alignment
from annotator.domain.article import Article
from annotator.domain.fragment import Extent
from annotator.services.project import Project


@dataclass(frozen=True)
class Comparison:
    """How two texts run beside each other.

    Attributes:
        containment: how much of the shorter one stands in the other, from 0 to 1.
        only_in_one, only_in_other: half-open extents in code points of either text.
    """

    text: str
    other_text: str
    containment: float
    only_in_one: tuple[Extent, ...]
    only_in_other: tuple[Extent, ...]
    _there: Alignment
    _back: Alignment

    def opposite(self, position: int, *, from_other: bool) -> int:
        """Return the place in the other text that stands beside a place in the one."""
        return (self._back if from_other else self._there).opposite(position)


def compare(project: Project, one: Article, other: Article) -> Comparison:
    """Compare the texts of two articles word by word."""
    text, other_text = project.text(one), project.text(other)
    there, back = Alignment(text, other_text), Alignment(other_text, text)
    differing = [stretch for stretch in there.stretches() if not stretch.is_same]
    found = [frozenset(shingles.shingles(body)) for body in (text, other_text)]
    return Comparison(
        text,
        other_text,
        shingles.containment(*found),
        tuple(part.one for part in differing if part.one[0] < part.one[1]),
        tuple(part.other for part in differing if part.other[0] < part.other[1]),
        there,
        back,
    )
