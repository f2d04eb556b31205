"""Values by name, any number of them: they are in a temporary file, and memory holds a few of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Generic, TypeVar

from annotator.formats.spare_table import SpareTable, key_of, name_of

V = TypeVar("V")

_TABLES = (
    "CREATE TABLE kept (number INTEGER PRIMARY KEY, name BLOB, value BLOB)",
    "CREATE INDEX by_name ON kept (name)",
)
_LAST_OF_EACH = """
    SELECT name FROM kept AS one WHERE NOT EXISTS (
        SELECT 1 FROM kept AS later WHERE later.name = one.name AND later.number > one.number
    ) ORDER BY number
"""


class Kept(Generic[V]):
    """Several values for each name, in the order in which they were put there; they are pickled.

    Attributes:
        count: how many values there are, of all names.
    """

    def __init__(self) -> None:
        self.count = 0
        self._names = 0
        self._table = SpareTable(self, *_TABLES)

    def put(self, name: str, value: V) -> None:
        """Add a value to those of a name."""
        self._names += name not in self
        self._table.write(
            "INSERT INTO kept (name, value) VALUES (?, ?)", key_of(name), pickle.dumps(value)
        )
        self.count += 1

    def of(self, name: str) -> list[V]:
        """Return the values of a name."""
        return list(self._values(name, "ASC"))

    def last(self, name: str) -> V | None:
        """Return the value of a name that was put there last, or None."""
        return next(self._values(name, "DESC"), None)

    def __contains__(self, name: str) -> bool:
        return self._table.has("SELECT 1 FROM kept WHERE name = ?", key_of(name))

    def __len__(self) -> int:
        """Return how many names there are."""
        return self._names

    def __iter__(self) -> Iterator[str]:
        """Yield each name, in the order in which their last values were put there."""
        return (name_of(key) for (key,) in self._table.rows(_LAST_OF_EACH))

    def _values(self, name: str, order: str) -> Iterator[V]:
        found = self._table.rows(
            f"SELECT value FROM kept WHERE name = ? ORDER BY number {order}",  # noqa: S608
            key_of(name),
        )
        return (pickle.loads(value) for (value,) in found)  # noqa: S301  (written by us)
