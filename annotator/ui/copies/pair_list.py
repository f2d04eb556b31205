"""A pair of copies in its list: the share in common, and both titles."""

from __future__ import annotations

from annotator.presentation.copy_pairs import PairRow
from annotator.ui.two_lines import TwoLines

WIDEST = "100 %"


def shown(row: PairRow) -> TwoLines:
    """Return what is painted of a pair."""
    titles = row.one.title, row.other.title
    return TwoLines(row.sign, *titles, row.spoken, "\n".join(titles))
