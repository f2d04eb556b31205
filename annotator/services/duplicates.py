"""Copies of one article, such as wire stories, found by their words; nothing is grouped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from annotator.analysis import prints, shingles
from annotator.analysis.copies import DAYS, DOUBTFUL, Pair, joined, within
from annotator.domain.article import Article
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id
from annotator.domain.slices import READING, Progress
from annotator.services.duplicate_groups import in_order
from annotator.services.project import Project
from annotator.store import apart, articles
from annotator.store import shingles as index
from annotator.store.connection import CAN_WAIT_ASIDE, Database, refuse_amid_a_step

COMPARING: Final[Progress] = 1, 1, "comparing"

READ_AT_ONCE = 100
"""So many articles are read in one breath."""

SLICE = 5
"""So many texts are read between two signs of progress: a long one takes some thousandths of a second."""

BATCH = 500_000
"""So many prints are written at a time; with fewer the pages of the index would be turned too often."""

SHARED_PRINTS = 0.05
"""Two texts with a smaller share of common prints are not compared word by word."""

MOST_TEXTS = 10_000
"""Of so many texts the prints are written however few they are, or memory would grow with short texts."""

MANY_TEXTS = 2_000
"""For so many texts it is worth the time to load what works out their prints in half of it."""

TEXTS_AT_HAND = 256

Tell = Callable[[int, int], bool]
"""Told how many texts are indexed and how many there are; returns False to stop."""


class Stopped(Problem):
    """The search was cancelled; nothing was grouped."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        groups: articles that are copies of each other, the likely original first.
        pairs: every two articles that share enough words, the nearest first.
        paired: the articles of those pairs.
    """

    groups: tuple[tuple[Article, ...], ...] = ()
    pairs: tuple[Pair, ...] = ()
    paired: tuple[Article, ...] = ()

    @property
    def articles(self) -> dict[Id, Article]:
        """Every article that is in a pair."""
        return {one.id: one for one in self.paired}

    @property
    def doubtful(self) -> tuple[Pair, ...]:
        """Pairs that a person has to look at: not sure, and not held together by others."""
        home = {one.id: number for number, group in enumerate(self.groups) for one in group}
        return tuple(
            pair
            for pair in self.pairs
            if not pair.is_sure and home.get(pair.one, -1) != home.get(pair.other, -2)
        )

    @property
    def ungrouped(self) -> tuple[tuple[Article, ...], ...]:
        """Groups that are not in the project yet, or only in part."""
        return tuple(
            group
            for group in self.groups
            if len({one.duplicate_group for one in group}) > 1 or not group[0].duplicate_group
        )


def find(project: Project, *, days: int | None = DAYS, tell: Tell | None = None) -> Found:
    """Search the whole project for copies; only the index is written, and nothing is grouped.

    Args:
        days: how many days apart copies may have been published; None for any.

    Raises:
        Stopped: ``tell`` said so.
    """
    _go_through(index_steps(project), tell)
    return find_indexed(project.db, days, tell)


def find_indexed(db: Database, days: int | None, tell: Tell | None = None) -> Found:
    """Search an open project database whose texts are all indexed; raises like ``find``."""
    search = Search(db, days)
    _go_through(search.steps(), tell)
    return search.found


class Search:
    """A search among texts that are all indexed, in small steps, for a window that must not wait.

    Attributes:
        found: what was found, once all steps are done.
    """

    def __init__(self, db: Database, days: int | None = DAYS) -> None:
        self.found = Found()
        self._db = db
        self._days = days

    def steps(self) -> Iterator[Progress]:
        """Compare the texts; nothing is written."""
        db = self._db
        every: list[Article] = []
        while some := articles.after(db, every[-1] if every else None, READ_AT_ONCE):
            every += some
            yield COMPARING
        found: list[Pair] = []
        sizes, pairs = index.sizes(db), index.pairs(db)
        yield COMPARING
        for _ in compared(db, every, sizes, pairs, self._days, found):
            yield COMPARING
        self.found = _gathered(db, every, found)


def as_it_stands(project: Project, found: Found) -> Found:
    """Return what a search found without what was told apart since, and with the groups of now."""
    named = {id for pair in found.pairs for id in (pair.one, pair.other)}
    rows = articles.TABLE.rows_of(project.db, named)
    every = [articles.TABLE.decode(row) for row in rows.values()]
    known = rows.keys()
    denied = apart.pairs(project.db)
    pairs = [
        pair
        for pair in found.pairs
        if known >= {pair.one, pair.other} and frozenset((pair.one, pair.other)) not in denied
    ]
    return _gathered(project.db, every, pairs)


def index_steps(project: Project) -> Iterator[Progress]:
    """Index the texts that are not indexed yet, batch by batch.

    Raises:
        Refused: the project is open for reading only.
    """
    if project.file.is_read_only:
        raise Refused(f"{project.path.name} is open for reading only, so nothing can be searched.")
    refuse_amid_a_step(project.db)
    if CAN_WAIT_ASIDE:
        # Looking through a large index takes longer than a frame.
        yield READING
    total = to_be_indexed(project)
    yield 0, total, ""
    for done, rows in prints_of_missing(project, total):
        if rows:
            with project.db.atomic():
                index.keep(project.db, rows, shingles.VERSION)
        yield done, total, ""


def _go_through(steps: Iterator[Progress], tell: Tell | None) -> None:
    for done, total, _ in steps:
        if tell and not tell(done, total):
            raise Stopped("The search for copies was cancelled.")


def _gathered(db: Database, every: Sequence[Article], found: Sequence[Pair]) -> Found:
    known = {one.id: one for one in every}
    sure = ((pair.one, pair.other) for pair in found if pair.is_sure)
    groups = joined(known, sure, apart.pairs(db))
    ends = sorted({id for pair in found for id in (pair.one, pair.other)})
    return Found(
        tuple(in_order([known[id] for id in group]) for group in groups),
        tuple(found),
        tuple(known[id] for id in ends),
    )


def to_be_indexed(project: Project) -> int:
    """Return how many texts are to be indexed, after an index of an older kind is dropped."""
    index.drop_older(project.db, shingles.VERSION)
    total = index.count_missing(project.db)
    if total >= MANY_TEXTS:
        prints.load()
    return total


def prints_of_missing(project: Project, total: int) -> Iterator[tuple[int, list[index.Printed]]]:
    """Yield how many texts are read, and from time to time what is to be written of them."""
    prints_of = prints.at_once if total >= MANY_TEXTS else prints.one_by_one
    waiting: list[index.Printed] = []
    size = 0
    for done, (sha256, body) in enumerate(index.missing(project.db), 1):
        found = prints_of(body)
        waiting.append((sha256, found))
        size += len(found)
        if size >= BATCH or len(waiting) >= MOST_TEXTS or done == total:
            yield done, waiting
            waiting, size = [], 0
        elif done % SLICE == 0:
            yield done, []


def is_worth(shared: int, size: int, other_size: int) -> bool:
    """Tell whether two texts share prints enough to be compared word by word."""
    least = min(size, other_size)
    return least <= shingles.SHORT or shared >= SHARED_PRINTS * least


def compared(
    db: Database,
    every: Sequence[Article],
    sizes: Mapping[int, tuple[str, int]],
    candidates: Iterable[tuple[int, int, int] | None],
    days: int | None,
    found: list[Pair],
) -> Iterator[None]:
    """Compare candidates word by word; fill ``found`` with the pairs of articles that share enough."""
    with_text: dict[str, list[Article]] = {}
    for one in every:
        with_text.setdefault(one.text_sha256, []).append(one)

    @lru_cache(TEXTS_AT_HAND)
    def of(sha256: str) -> frozenset[int]:
        return frozenset(shingles.shingles(articles.text(db, sha256) or ""))

    yield
    denied = apart.pairs(db)

    def may_be(one: Article, other: Article) -> bool:
        return within(one, other, days) and frozenset((one.id, other.id)) not in denied

    found += [
        Pair(one.id, other.id, 1.0)
        for same in with_text.values()
        for one, other in pairwise(same)
        if may_be(one, other)
    ]
    for candidate in candidates:
        yield
        if candidate is None:
            continue
        first, second, shared = candidate
        (text, size), (other_text, other_size) = sizes[first], sizes[second]
        if not is_worth(shared, size, other_size):
            continue
        near = [
            (one, other)
            for one in with_text.get(text, ())
            for other in with_text.get(other_text, ())
            if may_be(one, other)
        ]
        if near and (share := shingles.containment(of(text), of(other_text))) >= DOUBTFUL:
            found += [Pair(*_older_first(one, other), share) for one, other in near]
    found.sort(key=lambda pair: (-pair.containment, pair.one, pair.other))


def _older_first(one: Article, other: Article) -> tuple[Id, Id]:
    first, second = sorted((one, other), key=lambda item: (item.position, item.id))
    return first.id, second.id
