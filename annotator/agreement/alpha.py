"""Krippendorff's α: values of any scale, any number of annotators, missing values welcome.

Krippendorff 2004, “Content Analysis”, 2nd ed., §11.3, p. 222–236; 2011, “Computing Krippendorff's
alpha-reliability”, step A–E. A unit with one value says nothing about agreement and is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING, Any

from annotator.agreement.sums import Sums, share
from annotator.agreement.values import NO_VARIATION, NOTHING_PAIRED, Coefficient, Coverage
from annotator.domain.errors import Refused

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers

Coincidences = Mapping[tuple[int, Any, Any], float]
"""Ordered pairs of values found together, by the number m of values their unit has, (m, c, k).

Kept by m so that they stay whole numbers; each pair weighs 1/(m − 1).
"""

Difference = Callable[[Hashable, Hashable], Any]
"""The squared difference δ² of two values: a number, or one for each of many sums."""

Order = Sequence[Hashable] | None
"""The values of an ordinal scale, lowest first; None where they sort themselves."""


class Scale(StrEnum):
    """What the distance between two values means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(
    units: Iterable[Sequence[Hashable]],
    scale: Scale = Scale.NOMINAL,
    order: Order = None,
) -> Coefficient:
    """Return α = 1 − D_o/D_e over units, each with one value or None (missing) per annotator.

    Args:
        scale: interval and ratio need numbers.
        order: of the values of an ordinal scale, lowest first, where they do not sort
            themselves, such as oppose, neutral, support.

    ``coverage`` tells which share of the given values could be paired. Negative α is legitimate:
    less agreement than by chance.
    """
    patterns = Counter(map(tuple, units))
    given = sum(
        times * sum(value is not None for value in pattern) for pattern, times in patterns.items()
    )
    found = alpha_of(coincidences(patterns), scale, order)
    used = found.coverage.used if found.coverage else 0
    return replace(found, coverage=Coverage(used, given, "values"))


def coincidences(
    patterns: Mapping[tuple[Any, ...], int],
) -> Counter[tuple[int, Hashable, Hashable]]:
    """Return the ordered pairs within units; ``patterns`` says how often each unit occurs.

    Krippendorff 2004, p. 224: o_ck = Σ_u (pairs c–k in u)/(m_u − 1).
    """
    bags: Counter[frozenset[tuple[Hashable, int]]] = Counter()
    for pattern, times in patterns.items():
        bag: dict[Hashable, int] = {}
        for value in pattern:
            if value is not None:
                bag[value] = bag.get(value, 0) + 1
        bags[frozenset(bag.items())] += times
    found: Counter[tuple[int, Hashable, Hashable]] = Counter()
    for items, times in bags.items():
        m = sum(n for _, n in items)
        if m < 2:
            continue
        for c, n_c in items:
            for k, n_k in items:
                pairs = n_c * (n_k - (c == k))
                if pairs:
                    found[m, c, k] += times * pairs
    return found


def alpha_of(pairs: Coincidences, scale: Scale = Scale.NOMINAL, order: Order = None) -> Coefficient:
    """Return α of a sum of coincidences.

    D_o = Σ o_ck δ²/n, D_e = Σ n_c n_k δ²/(n(n − 1)) (Krippendorff 2004, p. 224 and 231). Where
    everyone used one value there is no value but a reason, and the observed disagreement is 0.
    """
    together: dict[tuple[Hashable, Hashable], list[float]] = {}
    for (m, c, k), times in pairs.items():
        together.setdefault((c, k), []).append(times / (m - 1))
    # A bootstrap draw may leave a pair out; it then counts nothing and has no margins.
    o = {pair: weight for pair, parts in together.items() if (weight := fsum(parts))}
    margins: dict[Hashable, list[float]] = {}
    for (c, _), weight in o.items():
        margins.setdefault(c, []).append(weight)
    n_of = {c: fsum(parts) for c, parts in margins.items()}
    n_of = {c: weight for c, weight in n_of.items() if weight}
    n = fsum(n_of.values())
    name = f"Krippendorff's α, {scale.value}"
    coverage = Coverage(n, n, "values")
    if not n:
        return Coefficient(name, None, NOTHING_PAIRED, coverage=coverage, counts_disagreement=True)
    delta = _difference(scale, n_of, order)
    d_o = fsum(weight * delta(c, k) for (c, k), weight in o.items() if c != k) / n
    d_e = fsum(n_c * n_k * delta(c, k) for c, n_c in n_of.items() for k, n_k in n_of.items()) / (
        n * (n - 1)
    )
    if not d_e:
        return Coefficient(
            name, None, NO_VARIATION, d_o, d_e, coverage=coverage, counts_disagreement=True
        )
    return Coefficient(name, 1 - d_o / d_e, "", d_o, d_e, True, coverage)


def alpha_alone(
    pairs: Coincidences, sums: Sums, scale: Scale = Scale.NOMINAL, order: Order = None
) -> Numbers:
    """Return the values of ``alpha_of`` for many sums at once.

    ``pairs`` are places in the sums here, instead of how often they were found.
    """
    import numpy as np

    nothing = np.zeros(len(sums.numbers))
    o: dict[tuple[Hashable, Hashable], Numbers] = {}
    # In one order, so that what is rounded on the way is always the same.
    for (m, c, k), at in sorted(pairs.items(), key=repr):
        o[c, k] = o.get((c, k), nothing) + sums.numbers[:, int(at)] / (m - 1)
    n_of: dict[Hashable, Numbers] = {}
    for (c, _), weight in o.items():
        n_of[c] = n_of.get(c, nothing) + weight
    delta = _difference(scale, n_of, order)
    n = sum(n_of.values(), nothing)
    d_o = sum((weight * delta(c, k) for (c, k), weight in o.items() if c != k), nothing)
    products = (n_of[c] * n_of[k] * delta(c, k) for c in n_of for k in n_of if c != k)
    d_e = sum(products, nothing)
    return 1 - share(d_o * (n - 1), d_e)


def _difference(scale: Scale, n_of: Mapping[Hashable, Any], order: Order) -> Difference:
    if scale is Scale.ORDINAL:
        return _ordinal(n_of, order)
    return {Scale.NOMINAL: _nominal, Scale.INTERVAL: _interval, Scale.RATIO: _ratio}[scale]


def _nominal(c: Hashable, k: Hashable) -> float:
    return float(c != k)


def _interval(c: Hashable, k: Hashable) -> float:
    return (_number(c) - _number(k)) ** 2


def _ratio(c: Hashable, k: Hashable) -> float:
    total = _number(c) + _number(k)
    return ((_number(c) - _number(k)) / total) ** 2 if total else 0.0


def _ordinal(n_of: Mapping[Hashable, Any], order: Order) -> Difference:
    """δ² = (Σ_{g=c..k} n_g − (n_c + n_k)/2)², Krippendorff 2004, p. 233."""
    ranked = _ranked(n_of, order)
    middle: dict[Hashable, Any] = {}
    before = 0.0
    for value in ranked:
        middle[value] = before + n_of[value] / 2
        before += n_of[value]

    def difference(c: Hashable, k: Hashable) -> Any:
        return (middle[c] - middle[k]) ** 2

    return difference


def _ranked(n_of: Mapping[Hashable, Any], order: Order) -> list[Hashable]:
    """Return the values in order; values the order does not name come last, sorted."""
    if order is None:
        return sorted(n_of, key=lambda value: (isinstance(value, str), value))
    named = [value for value in order if value in n_of]
    return named + sorted((value for value in n_of if value not in order), key=repr)


def _number(value: Hashable) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise Refused(f"“{value}” is no number: compare it on a nominal or an ordinal scale.")
