"""What changed since a project was opened, so that what was worked out from its records can be kept."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection

REMEMBERED = 500
"""Of so many changes of a kind it is known what they changed."""


class Revisions:
    """A number for each kind of record that grows with its changes, and which records the last ones changed."""

    def __init__(self) -> None:
        self._numbers: Counter[str] = Counter()
        self._last: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def __getitem__(self, kind: str) -> int:
        return self._numbers[kind]

    def changed(self, kind: str, keys: Collection[str]) -> None:
        """Note that records of a kind were made, changed or removed."""
        self._numbers[kind] += len(keys)
        self._last[kind].extend(keys)

    def changed_many(self, kind: str, count: int) -> None:
        """Note the same of so many records that nobody wants to know which they are."""
        self._numbers[kind] += count
        self._last[kind].clear()

    def since(self, kind: str, number: int) -> frozenset[str] | None:
        """Return the keys of what changed after that number; None where that is not known any more."""
        last, passed = self._last[kind], self._numbers[kind] - number
        if passed > len(last):
            return None
        return frozenset(last[place] for place in range(len(last) - passed, len(last)))

    def now(self) -> Counter[str]:
        """Return the numbers of all kinds as they are now."""
        return self._numbers.copy()

    def taken_back(self, before: Counter[str]) -> None:
        """Note that what changed since then is as it was: that is a change, too, for who read it meanwhile."""
        for kind in list(self._numbers):
            keys = self.since(kind, before[kind])
            if keys is None:
                self.changed_many(kind, 1)
            elif keys:
                self.changed(kind, keys)
