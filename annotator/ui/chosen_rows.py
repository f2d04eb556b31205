"""Which rows of a list or a table are chosen; of tens of thousands, a place or an index of each would take long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QHeaderView


def chosen_ranges(model: QItemSelectionModel) -> list[range]:
    """Return the chosen rows as ranges, in order."""
    selection = model.selection()
    parts = map(selection.at, range(selection.count()))
    found = {(part.top(), part.bottom() + 1) for part in parts}
    return [range(*ends) for ends in sorted(found)]


def rows_selected(model: QItemSelectionModel, rows: Sequence[int]) -> QItemSelection:
    """Return a selection of these rows, which are in order, from the first column to the last."""
    found, lines = QItemSelection(), model.model()
    last = lines.columnCount(QModelIndex()) - 1
    for part in _ranges(rows):
        found.select(lines.index(part[0], 0), lines.index(part[-1], last))
    return found


def let_headings_be(header: QHeaderView) -> None:
    """Let headings not follow what is chosen: each would ask every row for it, of many for most of a minute."""
    header.setSelectionModel(QItemSelectionModel(header.model(), header))


def _ranges(rows: Sequence[int]) -> list[range]:
    found: list[range] = []
    for row in rows:
        if found and found[-1].stop == row:
            found[-1] = range(found[-1].start, row + 1)
        else:
            found.append(range(row, row + 1))
    return found
