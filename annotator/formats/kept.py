"""Values by name, any number of them: they are in a temporary file, and memory holds some bytes of each."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from annotator.formats.seen import Numbers
from annotator.formats.spare_file import spare_file

V = TypeVar("V")


class Kept(Generic[V]):
    """Several values for each name, in the order in which they were put there.

    Attributes:
        count: how many values there are, of all names.
    """

    def __init__(self) -> None:
        self.count = 0
        self._places = Numbers()
        self._file = spare_file(self)
        self._is_at_end = True

    def put(self, name: str, value: V) -> None:
        """Add a value to those of a name."""
        if not self._is_at_end:
            self._file.seek(0, os.SEEK_END)
            self._is_at_end = True
        self.count += 1
        before = self._places.get(name)
        self._places[name] = self._file.tell()
        pickle.dump((name, value, before), self._file)

    def of(self, name: str) -> list[V]:
        """Return the values of a name."""
        found: list[V] = []
        place = self._places.get(name)
        while place is not None:
            own, value, place = self._at(place)
            if own == name:
                found.append(value)
        return found[::-1]

    def last(self, name: str) -> V | None:
        """Return the value of a name that was put there last, or None."""
        found = self.of(name)
        return found[-1] if found else None

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Yield each name, in the order in which their last values were put there."""
        place, end = 0, self._file.seek(0, os.SEEK_END)
        while place < end:
            here = place
            name, _, _ = self._at(place)
            place = self._file.tell()
            if self._places.get(name) == here:
                yield name

    def _at(self, place: int) -> Any:
        self._is_at_end = False
        self._file.seek(place)
        return pickle.load(self._file)  # noqa: S301  (written by us)
