"""Any number of things in order: what memory should not hold waits sorted in a temporary file."""

from __future__ import annotations

import heapq
import os
import pickle
from collections.abc import Callable, Iterator
from typing import IO, Any, Generic, TypeVar

from annotator.formats.spare_file import spare_file

T = TypeVar("T")

AT_HAND = 2_000
"""So many are sorted in memory, and then go to the file together."""
BLOCK = 20
"""So many are read again at a time of each heap that went there."""


class InOrder(Generic[T]):
    """Things to be gone through by a key, as often as one likes; things of one key as they came.

    They are pickled, so they should be small and plain.
    """

    def __init__(self, key: Callable[[T], Any]) -> None:
        self._key = key
        self._count = 0
        self._waiting: list[T] = []
        self._heaps: list[list[int]] = []
        """Where in the file the blocks of each heap begin."""
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
        heaps = [self._heap(self._file, blocks) for blocks in self._heaps if self._file]
        return heapq.merge(*heaps, sorted(self._waiting, key=self._key), key=self._key)

    def _put_away(self) -> None:
        file = self._file = self._file or spare_file(self)
        self._waiting.sort(key=self._key)
        file.seek(0, os.SEEK_END)
        blocks = []
        for start in range(0, len(self._waiting), BLOCK):
            blocks.append(file.tell())
            pickle.dump(self._waiting[start : start + BLOCK], file)
        self._heaps.append(blocks)
        self._waiting.clear()

    def _heap(self, file: IO[bytes], blocks: list[int]) -> Iterator[T]:
        for place in blocks:
            file.seek(place)
            yield from pickle.load(file)  # noqa: S301  (written by us)
