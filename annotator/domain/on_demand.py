"""Records that are read many at once and looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, MutableMapping
from itertools import islice
from typing import Any, Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")


ONE_BY_ONE = 100
"""When more records than these are asked for, what was left for later is read at once."""

TOGETHER = 100
"""Of so many records is read together what was left for later."""


class OnDemand(MutableMapping[K, R], Generic[K, R]):
    """Records by key, in order; each is made of what was read when it is first asked for.

    How many there are, and which, is known from the start. Where something of them was left for
    later, whoever may change what they are read from calls ``read_rest`` before: then what a record
    says does not depend on when it is asked for.
    """

    def __init__(
        self,
        read: dict[K, Any],
        make: Callable[[Any], R],
        fetch: Callable[[Collection[K]], None] | None = None,
    ) -> None:
        """``fetch`` reads at once what ``make`` would read for one record after the other."""
        self._read = read
        self._made: dict[K, R] = {}
        self._make = make
        self._fetch = fetch
        self._rest: Iterator[K] | None = None

    def __getitem__(self, key: K) -> R:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(self._read[key])
            if self._fetch and len(self._made) > ONE_BY_ONE:
                self.read_rest()
        return found

    def read_some(self, keys: Collection[K]) -> None:
        """Read at once what was left for later of these records, which are about to be asked for."""
        if self._fetch and not self._made.keys() >= set(keys):
            self._fetch(keys)

    def read_on(self) -> bool:
        """Read a bit of what was left for later; tell whether there is more of it."""
        if self._fetch is None:
            return False
        if self._rest is None:
            self._rest = iter(tuple(self._read))
        some = list(islice(self._rest, TOGETHER))
        if some:
            wanted = [key for key in some if key in self._read and key not in self._made]
            self._fetch(wanted)
        else:
            self._fetch = self._rest = None
        return bool(some)

    def read_rest(self) -> None:
        """Read all that was left for later, if anything was."""
        while self.read_on():
            pass

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
