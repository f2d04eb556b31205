"""Which of very many names were there already, and a number for each: a few bytes a name, whatever its length.

A name is known by 64 bits of its hash. Of a hundred thousand names two are taken for the same
once in a billion times.
"""

from __future__ import annotations

from hashlib import blake2b

_HEAPS = 256
"""Names are looked for in one of so many heaps: of a hundred thousand names each has some kilobytes."""
_HASH = 8
_NUMBER = 8


class _Hashes:
    """Entries of one length in heaps, each beginning with a hash."""

    _STEP: int

    def __init__(self) -> None:
        self._heaps = [bytearray() for _ in range(_HEAPS)]

    def __contains__(self, name: str) -> bool:
        return self._find(name)[2] >= 0

    def __len__(self) -> int:
        return sum(map(len, self._heaps)) // self._STEP

    def _find(self, name: str) -> tuple[bytes, bytearray, int]:
        """Return the hash of a name, its heap, and where it stands there, or -1."""
        own = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_HASH).digest()
        heap = self._heaps[own[0]]
        at = heap.find(own)
        while at > 0 and at % self._STEP:
            at = heap.find(own, at + 1)
        return own, heap, at


class Seen(_Hashes):
    """Names that were there already."""

    _STEP = _HASH

    def add(self, name: str) -> bool:
        """Remember a name; tell whether it is new."""
        own, heap, at = self._find(name)
        if at >= 0:
            return False
        heap += own
        return True


class Numbers(_Hashes):
    """A number from 0 for each name; what it leads to should say the name again."""

    _STEP = _HASH + _NUMBER

    def get(self, name: str) -> int | None:
        """Return the number of a name."""
        _, heap, at = self._find(name)
        return None if at < 0 else int.from_bytes(heap[at + _HASH : at + self._STEP])

    def __setitem__(self, name: str, number: int) -> None:
        own, heap, at = self._find(name)
        if at < 0:
            heap += own + number.to_bytes(_NUMBER)
        else:
            heap[at + _HASH : at + self._STEP] = number.to_bytes(_NUMBER)
