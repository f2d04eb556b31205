"""The cases of an adjudication: which are listed, in which order, and which is before the adjudicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from annotator.domain.identity import Id
from annotator.services.adjudication import Judged


class Show(Enum):
    """Which cases are listed."""

    OPEN = "To decide"
    DIFFERING = "Where annotators differ"
    STALE = "Changed after the decision"
    ALL = "All"


class CaseList:
    """Cases, some of them listed, the gravest difference first, and one of those chosen.

    Attributes:
        all: every case, in reading order.
        listed: those that are shown, in the order of the list.
        shown: which ones these are.
        position: the place of the chosen one among the listed; 0 where none is listed.
    """

    def __init__(self) -> None:
        self.all: list[Judged] = []
        self.listed: list[Judged] = []
        self.shown = Show.OPEN
        self.position = 0

    @property
    def current(self) -> Judged | None:
        """The case chosen."""
        return self.listed[self.position] if self.position < len(self.listed) else None

    @property
    def progress(self) -> tuple[int, int]:
        """How many cases are decided, and how many there are."""
        return sum(not item.is_open for item in self.all), len(self.all)

    def show(self, cases: Sequence[Judged]) -> None:
        """Take other cases; the place in the list stays, as far as the list is long enough."""
        self.all = list(cases)
        self.listed = sorted(filter(_LISTED[self.shown], self.all), key=_gravity)
        self.position = min(self.position, max(len(self.listed) - 1, 0))

    def renew(self, article: Id, fresh: Sequence[Judged]) -> None:
        """Put the cases of one article, which had some, in the place of those it had."""
        place = next(n for n, item in enumerate(self.all) if item.case.article == article)
        others = [item for item in self.all if item.case.article != article]
        self.show([*others[:place], *fresh, *others[place:]])

    def choose_shown(self, shown: Show) -> None:
        """List other cases, from the first."""
        self.shown, self.position = shown, 0
        self.show(self.all)

    def choose(self, position: int) -> bool:
        """Choose another case by its place; False where there is none or it is the one chosen."""
        if 0 <= position < len(self.listed) and position != self.position:
            self.position = position
            return True
        return False


_LISTED: dict[Show, Callable[[Judged], bool]] = {
    Show.OPEN: lambda item: item.is_open,
    Show.DIFFERING: lambda item: not item.case.is_agreed,
    Show.STALE: lambda item: item.is_stale,
    Show.ALL: lambda _: True,
}


def _gravity(item: Judged) -> int:
    return item.case.worst.rank if item.case.worst else 99
