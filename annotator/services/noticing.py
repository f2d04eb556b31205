"""Which of the articles that an import brought are copies, told in its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias

from annotator.analysis import shingles
from annotator.analysis.copies import DAYS, Pair
from annotator.domain.coded import Remark
from annotator.domain.identity import Id
from annotator.domain.slices import READING, Progress, with_progress
from annotator.formats.in_order import InOrder
from annotator.formats.remarks import Remarks
from annotator.formats.seen import Seen
from annotator.services import duplicates
from annotator.services.project import Project
from annotator.services.wording import quoted
from annotator.store import articles
from annotator.store import shingles as index
from annotator.store.connection import CAN_WAIT_ASIDE

AT_ONCE = 2_000
"""So many pairs of texts are compared together: their articles are in memory meanwhile."""

Candidate: TypeAlias = tuple[int, int, int]
"""Two texts by their numbers in the index, and how many prints they share."""
Told: TypeAlias = tuple[tuple[float, Id, Id], str, str]
"""When a copy is told of, where it is, and what is told."""


def notice(project: Project, notes: Remarks, days: int | None = DAYS) -> Iterator[Progress]:
    """Index the texts that an import brought, within its step, and note which of them are copies.

    The surest copies are told of first.
    """
    first = index.next_number(project.db)
    yield READING if CAN_WAIT_ASIDE else (0, 0, "copies")
    total = duplicates.to_be_indexed(project)
    yield 0, total, "copies"
    fresh: set[int] = set()
    for done, rows in duplicates.prints_of_missing(project, total):
        if rows:
            if CAN_WAIT_ASIDE:
                yield READING
            index.keep(project.db, rows, shingles.VERSION)
        for _, prints in rows if first > 1 and len(fresh) <= index.FEW else ():
            fresh.update(prints)
        yield done, total, "copies"
    if not total:
        return
    told: InOrder[Told] = InOrder(itemgetter(0))
    pairs = Seen()
    some = sorted(fresh) if len(fresh) <= index.FEW else ()
    yield total, total, "copies"
    prints_of = yield from with_progress(index.prints_of(project.db), (total, total, "copies"))
    for candidates in _candidates(project, prints_of, first, some):
        for _ in _told(project, candidates, first, days, pairs, told):
            yield total, total, "copies"
    notes += (Remark(where, what, 0) for _, where, what in told)


def _candidates(
    project: Project, prints_of: Sequence[int], first: int, fresh: Sequence[int]
) -> Iterator[list[Candidate]]:
    """Yield pairs of texts that may be copies, some at a time; none of them where a breath may be taken."""
    # Only what may be a copy is read: an import of one file is quick in a project of any size.
    waiting: list[Candidate] = []
    for candidate in index.pairs(project.db, first, fresh):
        if candidate is None:
            yield []
            continue
        one, other, shared = candidate
        if duplicates.is_worth(shared, prints_of[one], prints_of[other]):
            waiting.append(candidate)
        if len(waiting) >= AT_ONCE:
            yield waiting
            waiting = []
    yield waiting


def _told(
    project: Project,
    candidates: list[Candidate],
    first: int,
    days: int | None,
    pairs: Seen,
    told: InOrder[Told],
) -> Iterator[None]:
    """Compare some pairs of texts, and tell of new articles that are copies; each pair of articles once."""
    yield
    if not candidates:
        return
    sizes = index.sizes(project.db, {number for *both, _ in candidates for number in both})
    near = articles.with_texts(project.db, {sha256 for sha256, _ in sizes.values()})
    brought = {sha256 for number, (sha256, _) in sizes.items() if number >= first}
    title = {one.id: one.title for one in near}
    new = {one.id for one in near if one.text_sha256 in brought}
    found: list[Pair] = []
    yield from duplicates.compared(project.db, near, sizes, candidates, days, found)
    for pair in found:
        if not new.isdisjoint((pair.one, pair.other)) and pairs.add(f"{pair.one} {pair.other}"):
            place = (-pair.containment, pair.one, pair.other)
            told.add((place, title[pair.other], _said(pair, title[pair.one])))


def _said(pair: Pair, title: str) -> str:
    what = "is a copy of" if pair.is_sure else "may be a copy of"
    share = f"{pair.containment:.0%}".replace("%", " %")
    return f"{what} {quoted(title)} ({share} of the shorter one is shared)"
