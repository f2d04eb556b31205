"""Which of very many names were there already: they are in a temporary file, and memory holds a few of them."""

from __future__ import annotations

from annotator.formats.spare_table import SpareTable, key_of


class Seen:
    """Names that were there already."""

    def __init__(self) -> None:
        self._count = 0
        self._table = SpareTable(self, "CREATE TABLE seen (name BLOB PRIMARY KEY) WITHOUT ROWID")

    def add(self, name: str) -> bool:
        """Remember a name; tell whether it is new."""
        is_new = self._table.write("INSERT OR IGNORE INTO seen VALUES (?)", key_of(name))
        self._count += is_new
        return is_new

    def __contains__(self, name: str) -> bool:
        return self._table.has("SELECT 1 FROM seen WHERE name = ?", key_of(name))

    def __len__(self) -> int:
        return self._count
