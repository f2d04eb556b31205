"""The uα family: unitizing and coding together, over everything everybody left alone or marked.

Krippendorff, Mathet, Bouvry & Widlöcher 2016, “On the reliability of unitizing textual continua:
Further developments”, Quality & Quantity 50, p. 2347–2364. All four go from −1 to 1, 0 being what
chance gives, and count code points.

Coincidences l_ck and squared lengths are added over documents, then the coefficient is taken
once. A document nobody marked counts as one agreed gap. If marks cover everything there is no
gap, and uα of one label and |uα have no value.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import fsum
from typing import Any

from annotator.agreement.alpha import coincidences
from annotator.agreement.continuum import GAP, continuum_of, patterns, squared_intersections
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.units import Document, merge_note
from annotator.agreement.values import (
    NO_GAP,
    NO_VARIATION,
    NOTHING_MARKED,
    Coefficient,
    Coverage,
)

NOT_BOTH = "nothing to compare: no place was marked by two annotators"


def u_alpha() -> Measure:
    """uα: which places carry which label, gaps included; 1 − (l.. − Σ l_cc)/(l.. − Σ e_cc)."""
    return Measure("uα", _tally, _u_alpha)


def u_alpha_relevance() -> Measure:
    """|uα: which places are marked at all; 1 − (l_0 − l_00)/(e_0 − e_00)."""
    return Measure("|uα", _tally, _relevance)


def cu_alpha() -> Measure:
    """cuα: which label, where two annotators both marked; coverage says how much that is.

    1 − (l' − Σ l_cc)/(l' − Σ e'_cc) over intersections of two valued units.
    """
    return Measure("cuα", _tally, _coding)


def k_u_alpha(label: str) -> Measure:
    """(k)uα: how reliably one label is told from the others, where both marked.

    1 − (e'_k/l'_k)·(l'_k − l_kk)/(e'_k − e'_kk); coverage is the share of the label's length that
    another annotator marked too.
    """
    return Measure(f"({label})uα", _tally, partial(_one_label, label))


@dataclass(frozen=True, slots=True)
class _Lengths:
    """What the four coefficients are made of, by label; ``GAP`` is 0 of the formulas."""

    pair: Mapping[tuple[str, str], float]
    margin: Mapping[str, float]
    squared: Mapping[str, float]
    shared_squared: Mapping[str, float]

    @property
    def labels(self) -> list[str]:
        return sorted(label for label, length in self.margin.items() if length and label != GAP)

    @property
    def everything(self) -> float:
        return fsum(self.margin.values())

    def among_units(self, label: str) -> float:
        """l'_c: length of the label that another annotator gave any label."""
        return self.margin[label] - self.pair[label, GAP]


def _tally(document: Document) -> Tally:
    tally: Counter[Any] = Counter()
    continuum = continuum_of(document)
    for name, length in coincidences(patterns(continuum)).items():
        tally["pair", *name] = length
    for units in continuum.units:
        for unit in units:
            tally["squared", 2, unit.label] += (unit.end - unit.start) ** 2
    for label, square in squared_intersections(continuum).items():
        tally["shared", len(continuum.units), label] = square
    tally["merged", 2] = continuum.merged
    tally["cut", 2] = continuum.cut
    return tally


def _lengths(total: Tally) -> _Lengths:
    parts: defaultdict[Any, list[float]] = defaultdict(list)
    for (what, m, *name), number in total.items():
        parts[what, *name].append(number / (m - 1))
    sums = {name: fsum(numbers) for name, numbers in parts.items()}
    pair: defaultdict[tuple[str, str], float] = defaultdict(float)
    squared: defaultdict[str, float] = defaultdict(float)
    shared: defaultdict[str, float] = defaultdict(float)
    rows: defaultdict[str, list[float]] = defaultdict(list)
    for (what, *name), number in sums.items():
        if what == "pair":
            pair[name[0], name[1]] = number
            rows[name[0]].append(number)
        elif what == "squared":
            squared[name[0]] = number
        elif what == "shared":
            shared[name[0]] = number
    margin = defaultdict(float, {label: fsum(row) for label, row in rows.items()})
    return _Lengths(pair, margin, squared, shared)


def _base(total: Tally, found: _Lengths) -> Coefficient:
    cut = total.get(("cut", 2), 0)
    notes = merge_note(total.get(("merged", 2), 0))
    if cut:
        notes += (f"{cut:.0f} units gave way where units of different labels overlapped.",)
    everything = found.everything
    return Coefficient(
        "uα",
        None,
        NOTHING_MARKED,
        counts_disagreement=True,
        coverage=Coverage(everything, everything, "code points, once for each annotator"),
        notes=notes,
    )


def _u_alpha(total: Tally) -> Coefficient:
    found = _lengths(total)
    base = _base(total, found)
    labels = found.labels
    if not labels:
        return base
    everything = found.everything
    below = everything**2 - fsum(found.squared[c] for c in labels) - found.margin[GAP]
    gaps = found.margin[GAP]
    squares = [found.margin[c] ** 2 - found.squared[c] for c in labels] + [gaps**2 - gaps]
    agreed = fsum(found.pair[c, c] for c in [*labels, GAP])
    expected = everything - everything * fsum(squares) / below
    if len(labels) == 1 and not gaps:
        return replace(base, reason=NO_GAP, observed=0.0, expected=0.0)
    return _one_minus(base, everything - agreed, expected, everything)


def _relevance(total: Tally) -> Coefficient:
    found = _lengths(total)
    base = _base(total, found)
    labels = found.labels
    if not labels:
        return base
    everything = found.everything
    gaps = found.margin[GAP]
    if not gaps:
        return replace(base, reason=NO_GAP, observed=0.0, expected=0.0)
    below = everything**2 - fsum(found.squared[c] for c in labels) - gaps
    expected = everything * gaps * (everything - gaps) / below
    return _one_minus(base, gaps - found.pair[GAP, GAP], expected, everything)


def _coding(total: Tally) -> Coefficient:
    found = _lengths(total)
    base = _base(total, found)
    labels = found.labels
    if not labels:
        return base
    valued = {c: found.among_units(c) for c in labels}
    length = fsum(valued.values())
    base = replace(base, coverage=Coverage(length, found.everything, "code points"))
    if not length:
        return replace(base, reason=NOT_BOTH)
    below = length - fsum(found.shared_squared[c] for c in labels) / length
    disagreed = length - fsum(found.pair[c, c] for c in labels)
    if not below:
        return replace(base, reason=NO_VARIATION, observed=disagreed / length)
    alike = fsum(valued[c] ** 2 - found.shared_squared[c] for c in labels) / below
    return _one_minus(base, disagreed, length - alike, length)


def _one_label(label: str, total: Tally) -> Coefficient:
    found = _lengths(total)
    base = _base(total, found)
    if not found.margin[label]:
        return base
    valued = {c: found.among_units(c) for c in found.labels}
    mine = valued[label]
    base = replace(
        base, coverage=Coverage(mine, found.margin[label], "code points marked so by anyone")
    )
    if not mine:
        return replace(base, reason=NOT_BOTH)
    length = fsum(valued.values())
    below = length - fsum(found.shared_squared[c] for c in found.labels) / length
    others = mine * fsum(part for c, part in valued.items() if c != label)
    disagreed = mine - found.pair[label, label]
    if not others or not below:
        return replace(base, reason=NO_VARIATION, observed=disagreed / mine)
    alike = (mine**2 - found.shared_squared[label]) / below
    expected = others / below
    return replace(
        base,
        value=1 - (expected + alike) / mine * disagreed / expected,
        reason="",
        observed=disagreed / mine,
        expected=expected / (expected + alike),
    )


def _one_minus(base: Coefficient, observed: float, expected: float, length: float) -> Coefficient:
    """Return 1 − observed/expected; both are lengths and are shown as shares of ``length``."""
    shares = replace(base, observed=observed / length, expected=expected / length)
    if expected <= length * 1e-12:
        return replace(shares, reason=NO_VARIATION)
    return replace(shares, value=1 - observed / expected, reason="")
