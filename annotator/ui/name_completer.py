"""Names to choose from while somebody types one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


class NameCompleter(QCompleter):
    """Offers names that contain what is typed into a field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._names = QStringListModel(self)
        self.setModel(self._names)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        names = self.popup()
        if isinstance(names, QListView):
            # Else each of thousands of names is measured when the first letter is typed.
            names.setUniformItemSizes(True)
        field.setCompleter(self)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names from now on."""
        self._names.setStringList(names)
