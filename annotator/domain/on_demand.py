"""Records that are read many at once and looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")


class OnDemand(MutableMapping[K, R], Generic[K, R]):
    """Records by key, in order; each is made of what was read when it is first asked for.

    How many there are, and which, is known from the start; what a record says does not depend on
    when it is asked for, since all it is made of was read before.
    """

    def __init__(self, read: dict[K, Any], make: Callable[[Any], R]) -> None:
        self._read = read
        self._made: dict[K, R] = {}
        self._make = make

    def __getitem__(self, key: K) -> R:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(self._read[key])
        return found

    def __setitem__(self, key: K, record: R) -> None:
        self._read[key] = None
        self._made[key] = record

    def __delitem__(self, key: K) -> None:
        del self._read[key]
        self._made.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __contains__(self, key: object) -> bool:
        return key in self._read

    def unmade(self, key: K) -> Any | None:
        """Return what was read for a record that nobody asked for yet, else None."""
        return None if key in self._made else self._read.get(key)

    @property
    def made(self) -> int:
        """How many were asked for so far."""
        return len(self._made)
