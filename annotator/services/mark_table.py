"""The mark table: finding marks over an article or the whole project, and changing many at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.domain.mark_query import MarkQuery
from annotator.domain.slices import MANY, Slices, sliced
from annotator.domain.step import Outcome
from annotator.services import marking
from annotator.services.project import Project
from annotator.store import articles, parts
from annotator.store import mark_table as kept
from annotator.store.mark_conditions import condition_of
from annotator.store.mark_table import MarkRow

__all__ = [
    "FIRST",
    "Found",
    "MarkRow",
    "count",
    "delete",
    "find",
    "ids",
    "is_quick",
    "order",
    "reading",
    "rows",
    "set_value",
]

FIRST = 400
"""How many rows are sorted out first; the rest of the order is worked out when it is needed."""

FEW_ARTICLES = 200
"""Parts of so many articles are found at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: how many marks, and the row numbers of the first ``FIRST`` of them."""

    count: int
    first: array[int]


def is_quick(project: Project, query: MarkQuery) -> bool:
    """Tell whether finding is over before anybody notices; else it is better done in slices."""
    if query.part and query.article is None and not articles.are_few(project.db, FEW_ARTICLES):
        return False
    return kept.is_quick(project.db, query)


@sliced
def find(project: Project, query: MarkQuery, known: int | None = None) -> Slices[Found]:
    """Find marks.

    Args:
        known: how many there are, if somebody counted them (another order changes nothing in it).
    """
    yield from reading.slices(project, query)
    found = yield from kept.find_in_pieces(project.db, query, FIRST, known)
    return Found(*found)


@sliced
def reading(project: Project, query: MarkQuery) -> Slices[None]:
    """Read the articles that a query for a part of them has to know, and which are not read yet."""
    if query.part:
        elsewhere = condition_of(replace(query, part=None))
        unread = yield from parts.unread(project.db, *elsewhere)
        yield from parts.read(project.db, unread)


@sliced
def order(project: Project, query: MarkQuery) -> Slices[array[int]]:
    """Return the row numbers of everything a query finds, in its order."""
    yield from reading.slices(project, query)
    return (yield from kept.numbers_in_pieces(project.db, query))


def rows(project: Project, numbers: Sequence[int]) -> list[MarkRow]:
    """Return the rows of these numbers; those no longer there are left out."""
    return kept.rows(project.db, numbers)


def ids(project: Project, query: MarkQuery) -> list[Id]:
    """Return the ids of everything a query finds."""
    reading(project, query)
    return kept.ids(project.db, query)


@sliced
def count(project: Project, query: MarkQuery) -> Slices[int]:
    """Return how many marks a query finds."""
    yield from reading.slices(project, query)
    return (yield from kept.counted(project.db, query))


@sliced
def set_value(
    project: Project, numbers: Sequence[int], name: str, value: Value | None
) -> Slices[Outcome]:
    """Give the annotator's own marks of these rows a value, as far as their layer has the attribute.

    One step; nothing happens where no row takes it.
    """
    codebook = project.codebook
    taking: list[Id] = []
    for some in _batches(numbers):
        taking += [
            id
            for id, layer in kept.own(project.db, some, project.annotator.id)
            if codebook.has_layer(layer) and codebook.layer(layer).attribute(name)
        ]
        yield
    return (yield from marking.set_attribute_of_all.slices(project, taking, name, value))


@sliced
def delete(project: Project, numbers: Sequence[int]) -> Slices[Outcome]:
    """Delete the annotator's own marks of these rows, in one step; nothing happens where there are none."""
    own: list[Id] = []
    for some in _batches(numbers):
        own += [id for id, _ in kept.own(project.db, some, project.annotator.id)]
        yield
    return (yield from marking.delete.slices(project, own))


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[first : first + MANY] for first in range(0, len(numbers), MANY))
