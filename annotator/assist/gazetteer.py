"""Names that annotators confirmed in the actor book, found in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_RUN = re.compile(r"\w+")
_BEGIN = re.compile(r"(?<!\w)(?<!\w[’'.-])\w")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the book: canonical name, type, and all names it goes by."""

    name: str
    type: str | None
    names: tuple[str, ...]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, without regard to case."""
    return frozenset(map(str.casefold, set(_RUN.findall(text))))


def may_stand_in(words: Collection[str], name: str) -> bool:
    """Tell whether all words of a name are among those of a text: where not, it need not be looked for."""
    runs = _RUN.findall(name)
    return bool(runs) and all(run.casefold() in words for run in runs)


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
        self._begins: dict[str, list[frozenset[str]]] = {}
        for rows in self._by_first.values():
            for _, name, _ in rows:
                # Of the name as it is written: “İ” without case is two characters, one of them no letter.
                runs = [run.casefold() for run in _RUN.findall(name)]
                self._begins.setdefault(runs[0], []).append(frozenset(runs))

    def matches(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield start, end (code points) and entry of each name; matches do not overlap."""
        behind = 0
        for start in self._places(text):
            found = self._at(text, start) if start >= behind else None
            if found is not None:
                behind, entry = found
                yield start, behind, entry

    def _places(self, text: str) -> list[int]:
        """Return where a name may begin; each word of the text is looked up once, however often it comes."""
        found: list[int] = []
        written = set(_RUN.findall(text)) if self._begins else set()
        there = set(map(str.casefold, written))
        # “the” may begin many names; it is looked at where all words of one are in the text.
        begins = {
            word
            for word in self._begins.keys() & there
            if any(runs <= there for runs in self._begins[word])
        }
        for word in [word for word in written if word.casefold() in begins] if begins else ():
            at = text.find(word)
            while at >= 0:
                if _BEGIN.match(text, at):
                    found.append(at)
                at = text.find(word, at + 1)
        return sorted(set(found))

    def _at(self, text: str, start: int) -> tuple[int, Entry] | None:
        """Return where the longest name that begins here ends, and its entry."""
        words = _WORD.finditer(text, start)
        first = next(words)
        head = first.group().removesuffix("’s").removesuffix("'s")
        rows = self._by_first.get(head.casefold(), ())
        longest = max((len(name) for name, _, _ in rows), default=1)
        here = [first, *islice(words, longest - 1)]
        low = [match.group().casefold() for match in here]
        for name, written, entry in rows:
            if tuple(low[1 : len(name)]) != name[1:] or (
                len(written) <= _SHORT and head != written
            ):
                continue
            return here[len(name) - 1].end(), entry
        return None
