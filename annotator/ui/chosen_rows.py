"""Which rows of a list or a table are chosen."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel


def chosen_ranges(model: QItemSelectionModel) -> list[range]:
    """Return the chosen rows as ranges, in order: of tens of thousands, an index of each would take long."""
    selection = model.selection()
    parts = map(selection.at, range(selection.count()))
    found = {(part.top(), part.bottom() + 1) for part in parts}
    return [range(*ends) for ends in sorted(found)]
