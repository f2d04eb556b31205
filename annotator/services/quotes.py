"""Marks as they read in their articles: their rows in order, found slice by slice, and some of them read."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain

from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, looked_through, sliced
from annotator.services.project import Project
from annotator.store import mark_places, marks
from annotator.store.mark_places import Quote

__all__ = ["Quote", "claims_of", "ids", "of_entries", "read"]


@sliced
def of_entries(project: Project, entries: Sequence[Id]) -> Slices[array[int]]:
    """Return the row numbers of every mark, also of gold, that stands for any of these entries.

    They come by article and place.
    """
    bits = chain.from_iterable(marks.numbers_of_actor(project.db, id) for id in entries)
    told = looked_through(bits, marks.count_of_actors(project.db, entries))
    found = yield from mark_places.in_order.slices(project.db, told)
    return found


@sliced
def claims_of(project: Project, entry: Id) -> Slices[array[int]]:
    """Return the row numbers of every claim of an annotator that an entry is the source of, in that order."""
    bits = mark_places.claims_of(project.db, marks.numbers_of_actor(project.db, entry))
    total = marks.count_of_actors(project.db, [entry])
    told = looked_through(bits, total, marks.AT_A_TIME)
    found = yield from mark_places.in_order.slices(project.db, told)
    return found


def read(project: Project, rows: Sequence[int]) -> dict[int, Quote]:
    """Return the marks of some rows as quotes, by row number; those no longer there are left out."""
    return mark_places.numbered(project.db, rows)


@sliced
def ids(project: Project, rows: Sequence[int]) -> Slices[list[Id]]:
    """Return the ids of the marks of some rows, in this order."""
    found: list[Id] = []
    for first in range(0, len(rows), MANY):
        found += mark_places.ids(project.db, rows[first : first + MANY])
        yield
    return found
