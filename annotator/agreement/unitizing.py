"""Krippendorff's α_U: where units begin and end, for one label at a time and over all labels.

Krippendorff 1995, “On the reliability of unitizing continuous data”, Sociological Methodology 25,
p. 47–76, with the corrected expectation of 2004, “Measuring the reliability of qualitative text
analysis data”, Quality & Quantity 38, p. 787–800, and “Content Analysis”, 2nd ed., p. 251–256.
Offsets are code points of the document's own text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

from annotator.agreement.measure import Measure, Tally
from annotator.agreement.units import Document, merge_note, merged
from annotator.agreement.values import (
    NO_VARIATION,
    NOTHING_MARKED,
    Coefficient,
    Coverage,
)
from annotator.domain.fragment import Extent

ALL_LABELS = None


class Section(NamedTuple):
    """A stretch of the continuum in one annotator's eyes: a unit of the label, or a gap."""

    start: int
    length: int
    is_unit: bool = True


def unitizing_alpha(label: str | None = ALL_LABELS) -> Measure:
    """α_U of one label, or the overall one: 1 − mean D_o over labels / mean D_e over labels.

    1 is perfect, 0 what chance gives, negative worse. Per label and document
    D_o = 2 Σ δ² / (R(R − 1) L²), D_e = (2/L) Σ_u [(N − 1)(2l³ − 3l² + l)/3 + l² Σ_{g ≥ l} (g − l + 1)]
    / (RL(RL − 1) − Σ l(l − 1)) (Krippendorff 2004, p. 254–255); D_o and D_e are each added over
    documents, every document on a continuum of its own.

    Edge policy: one annotator's overlapping units of one label are merged first, and a note says
    how many; fragments of a mark are units of their own. If in no document two annotators
    marked anything, α_U is 0. Nobody marked anything: no value.
    """
    name = "α_U" if label is None else f"α_U of {label}"
    return Measure(name, partial(_tally, label), _value)


def section_distance(first: Section, second: Section) -> int:
    """Return δ² of two sections, in squared code points.

    Two units that share a point: (Δstart)² + (Δend)². A unit that lies wholly in the other's
    gap: its length². Everything else: 0 (Krippendorff 1995, p. 61).
    """
    first_end, second_end = first.start + first.length, second.start + second.length
    if first.is_unit and second.is_unit:
        if first.start < second_end and second.start < first_end:
            return (first.start - second.start) ** 2 + (first_end - second_end) ** 2
        return 0
    if first.is_unit and second.start <= first.start and first_end <= second_end:
        return first.length**2
    if second.is_unit and first.start <= second.start and second_end <= first_end:
        return second.length**2
    return 0


def observed_distance(people: Sequence[Sequence[Extent]]) -> int:
    """Return Σ δ² over the sections of every two annotators, whose own units do not overlap.

    One sweep over the different units, each with everybody who has it: a unit is compared with
    those it meets once, and is in the gap of whoever has nothing there.
    """
    having: dict[Extent, int] = {}
    for number, units in enumerate(people):
        for unit in units:
            having[unit] = having.get(unit, 0) | 1 << number
    meeting = dict(having)
    live: list[Extent] = []
    total = 0
    for unit in sorted(having):
        start, end = unit
        live = [other for other in live if other[1] > start]
        for other in live:
            meeting[unit] |= having[other]
            meeting[other] |= having[unit]
            pairs = having[unit].bit_count() * having[other].bit_count()
            total += pairs * ((start - other[0]) ** 2 + (end - other[1]) ** 2)
        live.append(unit)
    return total + sum(
        (unit[1] - unit[0]) ** 2 * who.bit_count() * (len(people) - meeting[unit].bit_count())
        for unit, who in having.items()
    )


def expected_disagreement(units: Sequence[Sequence[Extent]], length: int) -> float:
    """Return D_e of one label in one document; ``units`` by annotator, sorted, apart."""
    lengths = Counter(end - start for mine in units for start, end in mine)
    gaps = sorted(gap for mine in units for gap in _gaps(mine, length))
    behind = [*accumulate(reversed(gaps)), 0][:-1]
    count = lengths.total()
    weighed = 0
    for size, times in lengths.items():
        first = bisect_left(gaps, size)
        wide = len(gaps) - first
        room = behind[wide - 1] - wide * (size - 1) if wide else 0
        own = (count - 1) * (2 * size**3 - 3 * size**2 + size) // 3
        weighed += times * (own + size**2 * room)
    places = len(units) * length
    below = places * (places - 1) - sum(n * size * (size - 1) for size, n in lengths.items())
    return 2 * weighed / (length * below) if below else 0.0


def _gaps(units: Sequence[Extent], length: int) -> list[int]:
    ends = [0, *(end for _, end in units)]
    starts = [*(start for start, _ in units), length]
    return [start - end for end, start in zip(ends, starts, strict=True) if start > end]


def _tally(label: str | None, document: Document) -> Tally:
    found: dict[Any, float] = {"merged": 0, "units": 0}
    people: list[dict[str, list[Extent]]] = []
    for spans in document.spans.values():
        mine, swallowed = merged(item for item in spans if label is None or item.label == label)
        people.append(mine)
        found["merged"] += swallowed
        found["units"] += sum(map(len, mine.values()))
    found["shared"] = int(sum(map(bool, people)) > 1)
    r = len(people)
    for name in sorted({name for mine in people for name in mine}):
        units = [mine.get(name, []) for mine in people]
        distance = observed_distance(units)
        found["observed", name] = 2 * distance / (r * (r - 1) * document.length**2)
        found["expected", name] = expected_disagreement(units, document.length)
    return found


def _value(total: Tally) -> Coefficient:
    labels = sorted(key[1] for key in total if isinstance(key, tuple) and key[0] == "observed")
    base = Coefficient(
        "α_U",
        None,
        NOTHING_MARKED,
        counts_disagreement=True,
        coverage=Coverage(total.get("units", 0), total.get("units", 0), "units"),
        notes=merge_note(total.get("merged", 0)),
    )
    if not total.get("units"):
        return base
    observed = sum(total["observed", label] for label in labels) / len(labels)
    expected = sum(total["expected", label] for label in labels) / len(labels)
    known = replace(base, observed=observed, expected=expected)
    if not total.get("shared"):
        return replace(known, value=0.0, reason="")
    if not expected:
        return replace(known, reason=NO_VARIATION)
    return replace(known, value=1 - observed / expected, reason="")
