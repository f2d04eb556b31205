"""A file in the list of what comes in: a sign for what becomes of it, its name, and what it brings."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.presentation.incoming import Fate, FileRow
from annotator.ui.two_lines import TwoLines, accent, muted

SIGNS = {
    Fate.NEW: "+",
    Fate.THERE: "=",
    Fate.REFUSED: "×",
    Fate.ASKS: "?",
    Fate.LEFT_OUT: "–",
}
"""Beside each file; the words below its name say the same."""


def shown(row: FileRow) -> TwoLines:
    """Return what is painted of a file."""
    return TwoLines(
        SIGNS[row.fate],
        row.name,
        row.brings,
        f"{row.name}: {row.brings}",
        row.name,
        accent if row.fate in (Fate.NEW, Fate.ASKS) else muted,
        quiet=row.fate in (Fate.LEFT_OUT, Fate.THERE),
        cut=Qt.TextElideMode.ElideMiddle,
    )
