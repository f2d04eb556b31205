"""The cases of an adjudication: which are listed, in which order, and which is before the adjudicator."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from enum import Enum
from itertools import compress
from typing import NamedTuple

from annotator.domain.article import Article
from annotator.domain.identity import Id
from annotator.presentation.signal import Signal
from annotator.services import judging
from annotator.services.judging import Judged

__all__ = ["CaseList", "Judged", "RowChange", "Show"]


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


class RowChange(NamedTuple):
    """What became of one row of the list: None stood there before, or stands there no more."""

    row: int
    before: Judged | None
    after: Judged | None


class _InOrder:
    """Cases in the order of their places."""

    def __init__(self, places: Iterable[_Place] = (), cases: Iterable[Judged] = ()) -> None:
        self.places = list(places)
        self.cases = list(cases)

    def row(self, place: _Place) -> int | None:
        """Return where the case of a place stands, or None if there is none."""
        at = bisect_left(self.places, place)
        return at if self.places[at : at + 1] == [place] else None

    def put(self, place: _Place, item: Judged | None) -> RowChange:
        """Let this case, or none, stand in a place."""
        at = bisect_left(self.places, place)
        end = at + (self.places[at : at + 1] == [place])
        before = next(iter(self.cases[at:end]), None)
        self.places[at:end] = [place] if item else []
        self.cases[at:end] = [item] if item else []
        return RowChange(at, before, item)


class CaseList:
    """Cases, some of them listed, the gravest difference first, and one of those chosen.

    What is found out about one article costs little, however many others there are.

    Attributes:
        row_changed: another case is listed in a row, one more or one less; not while it is unknown
            which are listed.
        shown: which ones are listed.
        position: the place of the chosen one among the listed; 0 where none is listed.
        decided, total, agreed: how many are decided, how many there are, and how many open ones
            all agree on.
    """

    def __init__(self) -> None:
        self.row_changed: Signal[RowChange] = Signal()
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
        self._all = _InOrder()
        self._shown: _InOrder | None = None
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
        """Those that are shown, in the order of the list; the same object as long as rows change one by one."""
        return self._listed.cases

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
        for place in {**old, **new}:
            if old.get(place) is not new.get(place):
                self._put(place, new.get(place))
        self._count(before, -1)
        self._count(fresh, 1)

    def list_later(self) -> None:
        """Find out anew which are listed when somebody asks: for whoever puts those of many articles."""
        self._shown = None

    def keep_place(self) -> None:
        """After others were put: choose the same case, or where it is listed no more the one in its place."""
        row = self._row_of(self._held) if self._held else None
        self.position = min(self.position, max(len(self.listed) - 1, 0)) if row is None else row
        self._held = self.current

    def choose_shown(self, shown: Show) -> None:
        """List other cases, from the first."""
        self.shown, self.position = shown, 0
        self._shown = None
        self._held = self.current

    def choose(self, position: int) -> bool:
        """Choose another case by its place; False where there is none or it is the one chosen."""
        if 0 <= position < len(self.listed) and position != self.position:
            self.position = position
            self._held = self.current
            return True
        return False

    @property
    def _listed(self) -> _InOrder:
        if self._shown is None:
            places, cases = self._all.places, self._all.cases
            is_shown = _are_listed(self.shown, cases)
            self._shown = _InOrder(compress(places, is_shown), compress(cases, is_shown))
        return self._shown

    def _put(self, place: _Place, item: Judged | None) -> None:
        """Let a case, or none, stand in a place, also of the list where that is known."""
        self._all.put(place, item)
        if self._shown is not None:
            is_shown = item is not None and all(_are_listed(self.shown, [item]))
            change = self._shown.put(place, item if is_shown else None)
            if change.before or change.after:
                self.row_changed.emit(change)

    def _row_of(self, before: Judged) -> int | None:
        """Return the row of the case that a mark of an earlier one is in now."""
        ids = set(before.case.mark_ids)
        article = before.case.article
        position, cases = self._of.get(article, (0, ()))
        for place, item in zip(_places(position, article, cases), cases, strict=True):
            if not ids.isdisjoint(item.case.mark_ids):
                return self._listed.row(place)
        return None

    def _count(self, cases: Sequence[Judged], sign: int) -> None:
        self.total += sign * len(cases)
        self.decided += sign * sum(not item.is_open for item in cases)
        self.agreed += sign * len(judging.agreed(cases))


def _are_listed(shown: Show, cases: Sequence[Judged]) -> list[bool]:
    """Tell of each case whether it is listed: in one go, since there may be tens of thousands."""
    if shown is Show.OPEN:
        return [item.decision is None for item in cases]
    if shown is Show.STALE:
        return [item.is_stale for item in cases]
    if shown is Show.DIFFERING:
        return [not item.case.is_agreed for item in cases]
    return [True] * len(cases)


def _places(position: int, article: Id, cases: Sequence[Judged]) -> Iterator[_Place]:
    for number, item in enumerate(cases):
        worst = item.case.worst
        yield _Place(worst.rank if worst else 99, position, article, number)
