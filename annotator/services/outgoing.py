"""The coded articles that an export writes: which of them, and how many have gone by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from annotator.domain.cells import CodedCells
from annotator.domain.coded import CodedArticle
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.services.coding import coded_articles, coded_cells
from annotator.store.articles import EVERY, Between
from annotator.store.connection import Database

C = TypeVar("C", CodedArticle, CodedCells)

Tell = Callable[[int, int], bool]
"""Told how many articles are written and how many there are; returns False to stop."""


class Stopped(Problem):
    """The export was cancelled; the target is as it was."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be written: one view, of one person or of all, and of some articles."""

    view: str
    person: Id | None = None
    between: Between = EVERY


class Outgoing:
    """Coded articles on their way out, whichever way the writer wants them; counted as they go by."""

    def __init__(self, db: Database, chosen: Chosen, counter: Counter) -> None:
        self._db = db
        self._chosen = chosen
        self._counter = counter

    def articles(self) -> Iterator[CodedArticle]:
        """Return coded articles with their records."""
        chosen = self._chosen
        return self._counter.counted(
            coded_articles(self._db, chosen.view, chosen.person, chosen.between),
            lambda coded: coded.id,
        )

    def cells(self) -> Iterator[CodedCells]:
        """Return coded articles with their records as they are stored."""
        chosen = self._chosen
        return self._counter.counted(
            coded_cells(self._db, chosen.view, chosen.person, chosen.between),
            lambda coded: coded.article.id,
        )


class Counter:
    """Counts what goes by, tells about it, and stops when asked.

    Attributes:
        lines: coded articles that went by: each article once for each annotator.
        articles: how many articles those were; all codings of one come one after the other.
        marks: their marks.
        elsewhere: lines that another process has written so far.
    """

    def __init__(self, total: int, tell: Tell | None) -> None:
        self._total = total
        self._tell = tell
        self.lines = 0
        self.articles = 0
        self.marks = 0
        self.elsewhere = 0

    def counted(self, coded: Iterable[C], article_of: Callable[[C], Id | None]) -> Iterator[C]:
        """Pass on what is to be written."""
        last: Id | None = None
        for one in coded:
            article = article_of(one)
            yield one
            self.lines += 1
            self.articles += article != last
            last = article
            self.marks += len(one.marks)
            self.tell()

    def tell(self) -> None:
        """Tell how far it is; raises Stopped if nobody wants it any more."""
        done = min(self.lines + self.elsewhere, self._total)
        if self._tell and not self._tell(done, self._total):
            raise Stopped("The export was cancelled; nothing was written.")
