"""Which articles are copies of each other, told from how much of their words they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from annotator.domain.article import Article
from annotator.domain.identity import Id

SURE = 0.5
"""From this containment on two articles are copies: texts that merely report the same stay far below."""

DOUBTFUL = 0.2
"""From here to ``SURE`` a person has to look."""

DAYS = 7
"""How many days apart copies may have been published, unless somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that share words.

    Attributes:
        containment: how much of the shorter one stands in the other, from 0 to 1.
    """

    one: Id
    other: Id
    containment: float

    @property
    def is_sure(self) -> bool:
        """Tell whether they are copies without a person having to look."""
        return self.containment >= SURE


def within(one: Article, other: Article, days: int | None) -> bool:
    """Tell whether two articles were published so near that they can be copies.

    An article without a day may be a copy of any; ``days`` None sets no bound.
    """
    if days is None:
        return True
    first, second = _day(one), _day(other)
    return first is None or second is None or abs((first - second).days) <= days


def joined(
    members: Iterable[Id],
    ties: Iterable[tuple[Id, Id]],
    apart: Iterable[frozenset[Id]] = (),
) -> list[list[Id]]:
    """Return the groups of two and more that ties hold together, in the order of ``members``.

    Args:
        ties: the first ones count most.
        apart: pairs that must not meet in one group; a tie that would bring them together is left out.
    """
    leader: dict[Id, Id] = {}
    foes: dict[Id, set[Id]] = {}
    for one, other in map(tuple, apart):
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)

    def top(id: Id) -> Id:
        while (above := leader.get(id, id)) != id:
            leader[id] = leader.get(above, above)
            id = above
        return id

    for one, other in ties:
        first, second = top(one), top(other)
        theirs = foes.get(first, set()) | foes.get(second, set())
        if first == second or any(top(foe) in (first, second) for foe in theirs):
            continue
        leader[first] = second
        if theirs:
            foes[second] = theirs
    groups: dict[Id, list[Id]] = {}
    for id in members:
        groups.setdefault(top(id), []).append(id)
    return [group for group in groups.values() if len(group) > 1]


def original(group: Sequence[Article]) -> Article:
    """Return the article the others are most likely copied from: the earliest, then the longest."""
    return min(
        group, key=lambda one: (one.meta.published or "~", -one.length, one.position, one.id)
    )


def _day(article: Article) -> date | None:
    try:
        return date.fromisoformat((article.meta.published or "")[:10])
    except ValueError:
        return None
