"""A document as everybody's segments side by side, for the uα family.

A continuum gives every code point one value per annotator, so one annotator's units must not
overlap. Overlapping units of one label are merged; where units of different labels overlap, the
one that starts first (of two, the longer) keeps the place and the other is cut. Both are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
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
    found: Counter[str] = Counter()
    for mine in continuum.units:
        for theirs in continuum.units:
            if mine is theirs:
                continue
            low = 0
            for unit in mine:
                while low < len(theirs) and theirs[low].end <= unit.start:
                    low += 1
                number = low
                shared = 0
                while number < len(theirs) and theirs[number].start < unit.end:
                    other = theirs[number]
                    shared += min(unit.end, other.end) - max(unit.start, other.start)
                    number += 1
                if shared:
                    found[unit.label] += shared**2
    return found


def _flat(spans: Sequence[Span]) -> tuple[list[Unit], int, int]:
    swallowed = given_way = 0
    units: list[Unit] = []
    for label in {item.label for item in spans}:
        extents, count = merged(spans, label)
        swallowed += count
        units.extend(Unit(start, end, label) for start, end in extents)
    kept: list[Unit] = []
    for unit in sorted(units, key=lambda unit: (unit.start, -unit.end, unit.label)):
        free = kept[-1].end if kept else 0
        if unit.start < free:
            given_way += 1
        if unit.end > free:
            kept.append(Unit(max(unit.start, free), unit.end, unit.label))
    return kept, swallowed, given_way
