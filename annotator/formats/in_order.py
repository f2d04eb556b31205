"""Any number of things in order: what memory should not hold waits sorted in a temporary file."""

from __future__ import annotations

import heapq
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any, Generic, TypeVar

from annotator.formats.spare_file import spare_file

T = TypeVar("T")

AT_HAND = 2_000
"""So many are sorted in memory, and then go to the file together."""
BLOCK = 20
"""So many are read again at a time of each heap that went there."""
MOST_HEAPS = 50
"""So many heaps become one, of which a single block is in memory."""

Heap = tuple[int, int]
"""Where in the file the blocks of a heap begin and end."""


class InOrder(Generic[T]):
    """Things to be gone through by a key, as often as one likes; things of one key as they came.

    They are pickled, so they should be small and plain. All are added before any is gone through.
    """

    def __init__(self, key: Callable[[T], Any]) -> None:
        self._key = key
        self._count = 0
        self._waiting: list[T] = []
        self._heaps: list[Heap] = []
        self._file: IO[bytes] | None = None

    def add(self, thing: T) -> None:
        """Take one more."""
        self._count += 1
        self._waiting.append(thing)
        if len(self._waiting) >= AT_HAND:
            self._put_away()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return self._merged(sorted(self._waiting, key=self._key))

    def _merged(self, waiting: Iterable[T] = ()) -> Iterator[T]:
        heaps = [_things(self._file, heap) for heap in self._heaps if self._file]
        return heapq.merge(*heaps, waiting, key=self._key)

    def _put_away(self) -> None:
        file = self._file = self._file or spare_file(self)
        self._heaps.append(_written(file, sorted(self._waiting, key=self._key)))
        self._waiting.clear()
        if len(self._heaps) >= MOST_HEAPS:
            whole = spare_file(self)
            self._heaps = [_written(whole, self._merged())]
            self._file = whole
            file.close()


def _written(file: IO[bytes], things: Iterable[T]) -> Heap:
    """Write things that are in order behind what is in a file."""
    start = file.seek(0, os.SEEK_END)
    coming = iter(things)
    while block := list(islice(coming, BLOCK)):
        pickle.dump(block, file)
    return start, file.tell()


def _things(file: IO[bytes], heap: Heap) -> Iterator[Any]:
    place, end = heap
    while place < end:
        file.seek(place)
        block = pickle.load(file)  # noqa: S301  (written by us)
        place = file.tell()
        yield from block
