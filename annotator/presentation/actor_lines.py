"""The lines of the actor book in the order and with the words that are asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Final

from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, merged
from annotator.services.open_mentions import OpenMentions
from annotator.services.standing import Listed

Labels = Mapping[str, str]
"""What the types are called, by their names in the codebook."""

Line = tuple[str, str, Id, str, int, str, Listed]
"""An entry with what it is sorted by: its name without regard to case, its name, its id; the label of
its type; how many marks stand for it; and all its names, without regard to case, to be looked through
with every letter that is typed."""

_NAMES: Final = 5
"""Where all names stand in a ``Line``."""

_COLUMNS = itemgetter(0), itemgetter(3), itemgetter(4)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted; what is equal in it goes by name, capital letters or not.

    Attributes:
        column: 0 for names or words, 1 for types, 2 for counts.
        falls: whether the last or the most come first.
    """

    column: int
    falls: bool = False


class EntryLines:
    """The entries of the book by name. An act costs no more than the lines that it touched."""

    def __init__(self) -> None:
        self._by_id: dict[Id, Line] = {}
        self._by_name: list[Line] = []

    @classmethod
    def made(cls, entries: Iterator[Listed], labels: Labels) -> Slices[EntryLines]:
        """Make the lines, slice by slice."""
        lines = cls()
        runs: list[list[Line]] = []
        while run := sorted(_line(item, labels) for item in islice(entries, MANY)):
            runs.append(run)
            yield
        for some in merged(runs):
            lines._by_name += some
            lines._by_id.update((line[2], line) for line in some)
            yield
        return lines

    def __contains__(self, id: Id) -> bool:
        """Tell whether an entry is in the book."""
        return id in self._by_id

    def get(self, id: Id) -> Listed | None:
        """Return the line of an entry, or None."""
        line = self._by_id.get(id)
        return line[-1] if line else None

    def put(self, id: Id, item: Listed | None, labels: Labels) -> None:
        """Take another line for an entry, or none for one that is no longer in the book."""
        old = self._by_id.pop(id, None)
        if old:
            del self._by_name[bisect_left(self._by_name, old)]
        if item:
            line = self._by_id[id] = _line(item, labels)
            insort(self._by_name, line)

    def shown(self, words: str, order: Order) -> list[Listed]:
        """Return the entries with all of these words in their names, in an order."""
        lines = self._by_name
        for word in words.casefold().split():
            lines = [line for line in lines if word in line[_NAMES]]
        if order != Order(0):
            lines = sorted(lines, key=_COLUMNS[order.column], reverse=order.falls)
        return [line[-1] for line in lines]


def shown_groups(
    groups: Sequence[OpenMentions], words: str, order: Order, labels: Labels
) -> list[OpenMentions]:
    """Return the open mentions that have all of these words, in an order."""
    wanted = words.casefold().split()
    lines = sorted(
        (group.words.casefold(), group.words, number, labels.get(group.type or "", "").casefold(), group.count)
        for number, group in enumerate(groups)
        if all(word in group.words.casefold() for word in wanted)
    )  # fmt: skip
    lines.sort(key=_COLUMNS[order.column], reverse=order.falls)
    return [groups[line[2]] for line in lines]


def _line(item: Listed, labels: Labels) -> Line:
    actor = item.actor
    name, kind = actor.name, labels.get(actor.type or "", "")
    folded = name.casefold()
    # Most entries have one name: that is not kept twice.
    names = " ".join(actor.names).casefold() if actor.aliases else folded
    return (folded, name, actor.id, kind.casefold(), item.mentions, names, item)
