"""Figures out of heaps: rows in order, the largest first or one period after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import islice

from annotator.analysis.windows import Unit, period_ends, period_label, shifted
from annotator.domain.figure import Cell, Figure, Form, Heap, Part
from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, sliced

MOST_PERIODS = 320
"""More columns than this cannot be told apart; a longer unit is taken then."""

COARSER = {Unit.DAYS: Unit.WEEKS, Unit.WEEKS: Unit.MONTHS, Unit.MONTHS: Unit.YEARS}

Heaps = Mapping[tuple[str, str], Sequence[Id]]
"""Ids by row and part."""


def chart(
    name: str,
    title: str,
    form: Form,
    rows: Sequence[str],
    parts: Sequence[tuple[str, Part]],
    heaps: Heaps,
    *,
    of: str = "mark",
    note: str = "",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Return the figure of heaps.

    Args:
        rows, parts: the keys of rows and parts in order; heaps of others are left out.
        labels: how rows are called, if not by their keys.
    """
    behind: dict[Cell, Sequence[Id]] = {}
    for at, row in enumerate(rows):
        for number, (key, _) in enumerate(parts):
            ids = heaps.get((row, key))
            if ids:
                behind[at, number] = ids
    shown = tuple((labels or {}).get(row, row) for row in rows)
    return Figure(name, title, form, shown, tuple(part for _, part in parts), behind, of, note)


@sliced
def joined(
    parts: Iterable[tuple[str, str, Sequence[Id]]],
) -> Slices[dict[tuple[str, str], Heap]]:
    """Return one heap for each row and part, out of many small ones."""
    found: dict[tuple[str, str], list[Sequence[Id]]] = defaultdict(list)
    for number, (row, part, ids) in enumerate(parts, 1):
        found[row, part].append(ids)
        if number % MANY == 0:
            yield
    heaps: dict[tuple[str, str], Heap] = {}
    for key, some in found.items():
        heaps[key] = Heap(some)
        yield
    return heaps


@sliced
def largest(heaps: Mapping[tuple[str, str], Sequence[object]], most: int) -> Slices[list[str]]:
    """Return the rows with the most on their heaps, the largest first; equal ones by name."""
    sizes: dict[str, int] = {}
    for number, ((row, _), ids) in enumerate(heaps.items(), 1):
        sizes[row] = sizes.get(row, 0) + len(ids)
        if number % MANY == 0:
            yield
    rows = yield from first_of.slices(sizes, most)
    return rows


@sliced
def first_of(sizes: Mapping[str, int], most: int) -> Slices[list[str]]:
    """Return the names with the largest numbers, the largest first; equal ones by name."""
    # There may be a hundred thousand: only those that come into question are put in order by name.
    least = min(sorted(sizes.values())[-most:], default=0)
    near: list[tuple[int, str]] = []
    every = iter(sizes.items())
    while some := list(islice(every, MANY)):
        near += [(-size, name) for name, size in some if size >= least]
        yield
    return [name for _, name in nsmallest(most, near)]


def of_time(days: Iterable[date], unit: Unit) -> tuple[list[str], Unit]:
    """Return every period from the first day to the last, empty ones too, and the unit.

    The unit is longer than the one asked for if there were too many periods.
    """
    found = list(days)
    if not found:
        return [], unit
    first, last = min(found), max(found)
    while unit in COARSER and _count(first, last, unit) > MOST_PERIODS:
        unit = COARSER[unit]
    begin, _ = period_ends(first, unit)
    labels = []
    while begin <= last:
        labels.append(period_label(begin, unit))
        begin = shifted(begin, unit, 1)
    return labels, unit


def _count(first: date, last: date, unit: Unit) -> int:
    days = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}[unit]
    return (last - first).days // days + 1
