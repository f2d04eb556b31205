"""Names that annotators confirmed in the actor book, found in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the book: canonical name, type, and all names it goes by."""

    name: str
    type: str | None
    names: tuple[str, ...]


class Gazetteer:
    """Finds names in texts: the longest first; up to four letters only as they are written.

    Attributes:
        entries: what it was made of.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, Entry]]] = {}
        for entry in self.entries:
            for name in entry.names:
                words = tuple(match.group().casefold() for match in _WORD.finditer(name))
                if words:
                    self._by_first.setdefault(words[0], []).append((words, name, entry))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))

    def matches(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield start, end (code points) and entry of each name; matches do not overlap."""
        if not self._by_first:
            return
        words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
        behind = 0
        for at, (start, _, word) in enumerate(words):
            low = word.casefold()
            rows = self._by_first.get(low) or self._by_first.get(low[:-2])
            found = self._at(words, at) if rows and at >= behind else None
            if found is not None:
                length, entry = found
                behind = at + length
                yield start, words[behind - 1][1], entry

    def _at(self, words: list[tuple[int, int, str]], at: int) -> tuple[int, Entry] | None:
        first = words[at][2].removesuffix("’s").removesuffix("'s")
        for name, written, entry in self._by_first.get(first.casefold(), ()):
            here = [word.casefold() for _, _, word in words[at : at + len(name)]]
            if len(here) < len(name) or any(
                there != word for there, word in zip(name[1:], here[1:], strict=True)
            ):
                continue
            if len(written) <= _SHORT and first != written:
                continue
            return len(name), entry
        return None
