"""A document as everybody's segments side by side, for the uα family.

A continuum gives every code point one value per annotator, so one annotator's units must not
overlap. Overlapping units of one label are merged; where units of different labels overlap, the
one that starts first (of two, the longer) keeps the place and the other is cut. Both are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from annotator.agreement.units import Document, Span, merged

GAP = ""
"""The value of a code point that no unit covers."""


class Unit(NamedTuple):
    """A stretch with one value by one annotator."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Continuum:
    """Units of each annotator, sorted and apart.

    Attributes:
        length: in code points.
        units: one tuple per annotator, in order of their names.
        merged, cut: how many units were joined to one of their label, or gave way to another.
    """

    length: int
    units: tuple[tuple[Unit, ...], ...]
    merged: int
    cut: int


def continuum_of(document: Document) -> Continuum:
    """Return the continuum of a document."""
    joined = cut = 0
    people = []
    for spans in document.spans.values():
        units, swallowed, given_way = _flat(spans)
        joined += swallowed
        cut += given_way
        people.append(tuple(units))
    return Continuum(document.length, tuple(people), joined, cut)


def patterns(continuum: Continuum) -> Counter[tuple[str, ...]]:
    """Return how many code points got which values from the annotators, in order."""
    changes: dict[int, list[tuple[int, str]]] = {}
    for number, units in enumerate(continuum.units):
        for unit in units:
            changes.setdefault(unit.end, []).insert(0, (number, GAP))
            changes.setdefault(unit.start, []).append((number, unit.label))
    now = [GAP] * len(continuum.units)
    found: Counter[tuple[str, ...]] = Counter()
    last = 0
    for position in sorted(changes):
        if position > last:
            found[tuple(now)] += position - last
        for number, label in changes[position]:
            now[number] = label
        last = position
    if continuum.length > last:
        found[tuple(now)] += continuum.length - last
    return found


def squared_intersections(continuum: Continuum) -> Counter[str]:
    """Return, by label, Σ (length of a unit that one other annotator gave any value)²."""
    marked = [
        sum((1 << unit.end) - (1 << unit.start) for unit in units) for units in continuum.units
    ]
    found: Counter[str] = Counter()
    for (start, end, label), times in Counter(chain.from_iterable(continuum.units)).items():
        within = (1 << end - start) - 1
        shared = [(places >> start & within).bit_count() for places in marked]
        # Everybody who has the unit covers all of it, which is not another's value for it.
        found[label] += times * (sum(n * n for n in shared) - (end - start) ** 2)
    return +found


def _flat(spans: Sequence[Span]) -> tuple[list[Unit], int, int]:
    extents, swallowed = merged(spans)
    units = [Unit(*extent, label) for label, some in extents.items() for extent in some]
    given_way = 0
    kept: list[Unit] = []
    for unit in sorted(units, key=lambda unit: (unit.start, -unit.end, unit.label)):
        free = kept[-1].end if kept else 0
        if unit.start < free:
            given_way += 1
        if unit.end > free:
            kept.append(Unit(max(unit.start, free), unit.end, unit.label))
    return kept, swallowed, given_way
