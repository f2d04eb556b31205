"""The mark table: finding marks over an article or the whole project, and changing many at once."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.domain.mark_query import MarkQuery
from annotator.domain.slices import Slices, sliced
from annotator.domain.step import Outcome
from annotator.services import marking
from annotator.services.project import Project
from annotator.store import mark_table as kept
from annotator.store import parts
from annotator.store.mark_conditions import condition_of
from annotator.store.mark_table import MarkRow

__all__ = [
    "FIRST",
    "Found",
    "MarkRow",
    "count",
    "find",
    "ids",
    "is_slow",
    "order",
    "order_in_pieces",
    "reading",
    "rows",
    "set_value",
]

FIRST = 400
"""How many rows are sorted out at once; the rest of the order is read when it is needed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: how many marks, and the row numbers of the first ``FIRST`` of them."""

    count: int
    first: array[int]


def find(project: Project, query: MarkQuery, count: int | None = None) -> Found:
    """Find marks; quick also over hundreds of thousands.

    Args:
        count: how many there are, where that is known (another order changes nothing in it).
    """
    _read(project, query)
    if count is None:
        return Found(*kept.find(project.db, query, FIRST))
    return Found(count, kept.numbers(project.db, query, FIRST))


def reading(project: Project, query: MarkQuery) -> Iterator[tuple[int, int]]:
    """Read the articles that a query for a part of them has to know; yield how many are done, of how many.

    Finding does the same at once, which many thousand articles make slow.
    """
    if query.part:
        articles = parts.unread(project.db, *condition_of(replace(query, part=None)))
        for done in parts.read(project.db, articles):
            yield done, len(articles)


def order(project: Project, query: MarkQuery) -> array[int]:
    """Return the row numbers of everything a query finds, in its order."""
    _read(project, query)
    return kept.numbers(project.db, query)


def order_in_pieces(
    project: Project, query: MarkQuery
) -> Generator[tuple[int, int], None, array[int]]:
    """Return the same, yielding how far it is: the order of very many takes a second or two."""
    _read(project, query)
    if not kept.sorts_in_pieces(query):
        return kept.numbers(project.db, query)
    found = yield from kept.numbers_in_pieces(project.db, query)
    return found


def is_slow(query: MarkQuery) -> bool:
    """Tell whether even the first rows of an order are known only when all marks were looked at, one by one."""
    return query.sort == "by"


def rows(project: Project, numbers: Sequence[int]) -> list[MarkRow]:
    """Return the rows of these numbers; those no longer there are left out."""
    return kept.rows(project.db, numbers)


def ids(project: Project, query: MarkQuery) -> list[Id]:
    """Return the ids of everything a query finds."""
    _read(project, query)
    return kept.ids(project.db, query)


@sliced
def set_value(
    project: Project, chosen: Sequence[MarkRow], name: str, value: Value | None
) -> Slices[Outcome]:
    """Give the annotator's own marks among the rows a value, as far as their layer has the attribute.

    One step; nothing happens where no row takes it.
    """
    codebook = project.codebook
    taking = [
        row.id
        for row in chosen
        if row.annotator == project.annotator.id
        and codebook.has_layer(row.layer)
        and codebook.layer(row.layer).attribute(name)
    ]
    outcome = yield from marking.set_attribute_of_all.slices(project, taking, name, value)
    return outcome


def count(project: Project, query: MarkQuery) -> int:
    """Return how many marks a query finds."""
    _read(project, query)
    return kept.count(project.db, query)


def _read(project: Project, query: MarkQuery) -> None:
    for _ in reading(project, query):
        pass
