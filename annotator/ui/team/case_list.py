"""A case in its list: a letter for the gravest difference, the words, and what it is about."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.presentation.case_words import CaseRow
from annotator.ui.theme import Theme
from annotator.ui.two_lines import TwoLines


def shown(row: CaseRow) -> TwoLines:
    """Return what is painted of a case."""

    def colour(theme: Theme) -> QColor:
        return theme.shade(row.colour)

    words = " ".join(row.quote.split())
    return TwoLines(row.sign, words, f"{row.layer} · {row.about}", row.spoken, row.quote, colour)
