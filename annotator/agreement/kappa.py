"""Chance-corrected agreement on values given to fixed units: Cohen's κ, Scott's π, Fleiss' κ.

All return agreement from −1 to 1, 0 being what chance gives. Where everyone used one and the same
value there is no value to report but the reason, and ``observed`` says that agreement was total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from operator import mul
from typing import Any

from annotator.agreement.values import NO_VARIATION, NOTHING_PAIRED, Coefficient

Table = Mapping[tuple[Any, Any], float]
"""How many units got which value from the first and which from the second annotator."""


def crossed(
    first: Iterable[Hashable], second: Iterable[Hashable]
) -> Counter[tuple[Hashable, Hashable]]:
    """Return the contingency table of two lists of values of the same units."""
    return Counter(zip(first, second, strict=True))


def cohen_kappa(table: Table) -> Coefficient:
    """Cohen's κ of two annotators: (Po − Pe)/(1 − Pe), Pe from each one's own margins.

    Cohen 1960, “A coefficient of agreement for nominal scales”, Educational and Psychological
    Measurement 20(1), p. 40. No units: no value. One value throughout: no value (Pe = 1).
    """
    rows, columns = _margins(table)
    chance = by_own_margins(rows, columns)
    return corrected("Cohen's κ", sum(table.values()), _agreed(table), chance)


def scott_pi(table: Table) -> Coefficient:
    """Scott's π of two annotators: as κ, but Pe from the margins of both together.

    Scott 1955, “Reliability of content analysis”, Public Opinion Quarterly 19(3), p. 323.
    """
    rows, columns = _margins(table)
    chance = by_common_margins(rows, columns)
    return corrected("Scott's π", sum(table.values()), _agreed(table), chance)


def corrected(name: str, units: float, agreed: float, chance: float) -> Coefficient:
    """Return (Po − Pe)/(1 − Pe), or why there is none.

    ``agreed`` is Po times the number of units, ``chance`` Pe times its square.
    """
    if not units:
        return Coefficient(name, None, NOTHING_PAIRED)
    observed = agreed / units
    if chance == units * units:
        return Coefficient(name, None, NO_VARIATION, observed, 1.0)
    expected = chance / (units * units)
    return Coefficient(name, (observed - expected) / (1 - expected), "", observed, expected)


def by_own_margins(rows: Iterable[Any], columns: Iterable[Any]) -> Any:
    """Return Cohen's chance agreement, times the square of the number of units.

    Of numbers, or of arrays of them for many tables at once.
    """
    return sum(map(mul, rows, columns))


def by_common_margins(rows: Iterable[Any], columns: Iterable[Any]) -> Any:
    """Return Scott's chance agreement, times the square of the number of units; see above."""
    both = [row + column for row, column in zip(rows, columns, strict=True)]
    return sum(map(mul, both, both)) / 4


def fleiss_kappa(units: Sequence[Mapping[Hashable, int]]) -> Coefficient:
    """Fleiss' κ of units that each got the same number of values, from whomever.

    Args:
        units: for each unit, how many annotators gave it which value.

    Fleiss 1971, “Measuring nominal scale agreement among many raters”, Psychological Bulletin
    76(5), p. 379–380, eq. 1–7. Units with fewer values than the fullest one leave the
    computation, because the formula needs one number throughout; coverage is up to the caller.
    """
    raters, kept = _even(units)
    if raters < 2:
        return Coefficient("Fleiss' κ", None, NOTHING_PAIRED)
    pairs = len(kept) * raters * (raters - 1)
    observed = sum(n * (n - 1) for unit in kept for n in unit.values()) / pairs
    values = _sums(kept)
    ratings = len(kept) * raters
    if len(values) == 1:
        return Coefficient("Fleiss' κ", None, NO_VARIATION, observed, 1.0)
    expected = sum(n * n for n in values.values()) / ratings**2
    return Coefficient("Fleiss' κ", (observed - expected) / (1 - expected), "", observed, expected)


def fleiss_kappa_by_value(units: Sequence[Mapping[Hashable, int]]) -> dict[Hashable, Coefficient]:
    """Fleiss' κ of each value against all others together.

    Fleiss 1971, p. 380–381: the chance that a second annotator gives the value, given that a
    first one did, corrected by the share of the value. A value nobody or everybody used
    throughout has none.
    """
    raters, kept = _even(units)
    found: dict[Hashable, Coefficient] = {}
    ratings = len(kept) * raters
    for value, times in sorted(_sums(kept).items(), key=lambda item: repr(item[0])):
        name = f"Fleiss' κ of {value}"
        if raters < 2 or times == ratings:
            found[value] = Coefficient(name, None, NOTHING_PAIRED if raters < 2 else NO_VARIATION)
            continue
        again = sum(unit.get(value, 0) * (unit.get(value, 0) - 1) for unit in kept)
        observed = again / (times * (raters - 1))
        share = times / ratings
        found[value] = Coefficient(name, (observed - share) / (1 - share), "", observed, share)
    return found


def _margins(table: Table) -> tuple[list[float], list[float]]:
    rows: defaultdict[Hashable, float] = defaultdict(int)
    columns: defaultdict[Hashable, float] = defaultdict(int)
    for (a, b), times in table.items():
        rows[a] += times
        columns[b] += times
    values = list({**rows, **columns})
    return [rows[value] for value in values], [columns[value] for value in values]


def _agreed(table: Table) -> float:
    return sum(times for (a, b), times in table.items() if a == b)


def _even(units: Sequence[Mapping[Hashable, int]]) -> tuple[int, list[Mapping[Hashable, int]]]:
    sizes = [sum(unit.values()) for unit in units]
    raters = max(sizes, default=0)
    return raters, [unit for unit, size in zip(units, sizes, strict=True) if size == raters]


def _sums(units: Sequence[Mapping[Hashable, int]]) -> Counter[Hashable]:
    total: Counter[Hashable] = Counter()
    for unit in units:
        total.update({value: times for value, times in unit.items() if times})
    return total
