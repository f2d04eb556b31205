"""The cases of an adjudication: which are listed, in which order, and which is before the adjudicator."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from enum import Enum
from typing import NamedTuple

from annotator.domain.article import Article
from annotator.domain.identity import Id
from annotator.services import judging
from annotator.services.judging import Judged

__all__ = ["CaseList", "Judged", "Show"]


class Show(Enum):
    """Which cases are listed."""

    OPEN = "To decide"
    DIFFERING = "Where annotators differ"
    STALE = "Changed after the decision"
    ALL = "All"


class _Place(NamedTuple):
    """Where a case stands: the gravest difference first, then in reading order."""

    rank: int
    position: int
    article: Id
    number: int


class CaseList:
    """Cases, some of them listed, the gravest difference first, and one of those chosen.

    What is found out about one article costs little, however many others there are.

    Attributes:
        shown: which ones are listed.
        position: the place of the chosen one among the listed; 0 where none is listed.
        decided, total, agreed: how many are decided, how many there are, and how many open ones
            all agree on.
    """

    def __init__(self) -> None:
        self.shown = Show.OPEN
        self.position = 0
        self._of: dict[Id, tuple[int, Sequence[Judged]]] = {}
        self._held: Judged | None = None
        self.clear()

    def clear(self) -> MutableMapping[Id, tuple[int, Sequence[Judged]]]:
        """Have no cases; the place in the list stays for those that come.

        Returns:
            the cases it had, for whoever forgets them when they are shown no more.
        """
        before = self._of
        self._of = {}
        self.decided = self.total = self.agreed = 0
        self._places: list[_Place] = []
        self._cases: list[Judged] = []
        self._listed: list[Judged] | None = None
        return before

    @property
    def all(self) -> list[Judged]:
        """Every case, article by article as they came."""
        return [item for _, cases in self._of.values() for item in cases]

    @property
    def articles(self) -> list[Id]:
        """The articles that have cases."""
        return list(self._of)

    def of(self, article: Id) -> Sequence[Judged]:
        """Return the cases of one article, in reading order."""
        return self._of[article][1] if article in self._of else ()

    @property
    def listed(self) -> Sequence[Judged]:
        """Those that are shown, in the order of the list; the same object as long as they are the same."""
        if self._listed is None:
            self._listed = list(filter(_LISTED[self.shown], self._cases))
        return self._listed

    @property
    def current(self) -> Judged | None:
        """The case chosen."""
        return self.listed[self.position] if self.position < len(self.listed) else None

    def put(self, article: Article, fresh: Sequence[Judged]) -> None:
        """Let an article have these cases instead of those it had."""
        position, before = self._of.get(article.id, (article.position, ()))
        self._of[article.id] = article.position, fresh
        old = dict(zip(_places(position, article.id, before), before, strict=True))
        new = dict(zip(_places(article.position, article.id, fresh), fresh, strict=True))
        for place, item in old.items():
            if new.get(place) is not item:
                at = bisect_left(self._places, place)
                del self._places[at], self._cases[at]
        for place, item in new.items():
            if old.get(place) is not item:
                at = bisect_left(self._places, place)
                self._places.insert(at, place)
                self._cases.insert(at, item)
        self._count(before, -1)
        self._count(fresh, 1)
        self._listed = None

    def keep_place(self) -> None:
        """After others were put: choose the same case, or where it is listed no more the one in its place."""
        held = self._again(self._held) if self._held else None
        places = (place for place, item in enumerate(self.listed) if item is held)
        self.position = next(places, min(self.position, max(len(self.listed) - 1, 0)))
        self._held = self.current

    def choose_shown(self, shown: Show) -> None:
        """List other cases, from the first."""
        self.shown, self.position = shown, 0
        self._listed = None
        self._held = self.current

    def choose(self, position: int) -> bool:
        """Choose another case by its place; False where there is none or it is the one chosen."""
        if 0 <= position < len(self.listed) and position != self.position:
            self.position = position
            self._held = self.current
            return True
        return False

    def _again(self, before: Judged) -> Judged | None:
        """Return the case that a mark of an earlier one is in now."""
        ids = set(before.case.mark_ids)
        cases = self.of(before.case.article)
        return next((item for item in cases if not ids.isdisjoint(item.case.mark_ids)), None)

    def _count(self, cases: Sequence[Judged], sign: int) -> None:
        self.total += sign * len(cases)
        self.decided += sign * sum(not item.is_open for item in cases)
        self.agreed += sign * len(judging.agreed(cases))


_LISTED: dict[Show, Callable[[Judged], bool]] = {
    Show.OPEN: lambda item: item.is_open,
    Show.DIFFERING: lambda item: not item.case.is_agreed,
    Show.STALE: lambda item: item.is_stale,
    Show.ALL: lambda _: True,
}


def _places(position: int, article: Id, cases: Sequence[Judged]) -> Iterator[_Place]:
    for number, item in enumerate(cases):
        worst = item.case.worst
        yield _Place(worst.rank if worst else 99, position, article, number)
