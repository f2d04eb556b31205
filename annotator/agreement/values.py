"""What a coefficient is: a number, or the reason in words why there is none.

A coefficient that cannot be computed is never “not a number” and never an error: ``value`` is
None and ``reason`` says why, so that a table can show it beside the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from annotator.domain.errors import Refused

NEEDS_TWO = "needs two annotators: no document was finished by two or more"
NO_VARIATION = (
    "no variation: everyone used one and the same value throughout, so chance agreement is total"
)
NOTHING_MARKED = "nothing to compare: nobody marked anything"
NO_GAP = "no gap: marks cover the whole text, so there is nothing to tell them from"
NOTHING_PAIRED = "nothing to compare: no unit has values of two annotators"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the material a coefficient rests on.

    Attributes:
        used, total: counts of ``of``.
        of: what is counted, in the plural (“tokens”, “marks”, “code points”).
    """

    used: float
    total: float
    of: str

    @property
    def share(self) -> float | None:
        """``used / total`` from 0 to 1; None where there is nothing at all."""
        return self.used / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval over resampled documents.

    Attributes:
        level: share of the draws that lie inside, such as 0.95.
        draws: how many resamplings gave a value.
        undefined: how many gave none and were left out.
        seed: what the draws started from; the same seed gives the same interval.
    """

    low: float
    high: float
    level: float
    draws: int
    undefined: int
    seed: int


@dataclass(frozen=True, slots=True)
class Basis:
    """Which documents stand behind a coefficient.

    Attributes:
        used: documents that two or more annotators finished.
        left_out: documents with fewer, which do not enter.
        both_empty: used documents in which nobody marked anything.
        annotators: everyone who finished one of the used documents, sorted.
    """

    used: int
    left_out: int
    both_empty: int
    annotators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One measure of agreement.

    Attributes:
        value: None where it is not defined; negative values are legitimate.
        reason: why there is no value, in plain words; empty where there is one.
        observed, expected: agreement found and agreement by chance; for measures that count
            disagreement (``counts_disagreement``) these are disagreements.
        coverage: how much of the material entered.
        basis: the documents behind it; None where it was computed from a bare table.
        interval: None where none was asked for, or where there are too few documents.
        notes: what was done to the data, one sentence each.
    """

    name: str
    value: float | None
    reason: str = ""
    observed: float | None = None
    expected: float | None = None
    counts_disagreement: bool = False
    coverage: Coverage | None = None
    basis: Basis | None = None
    interval: Interval | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.reason):
            raise Refused(f"{self.name} needs either a value or a reason why there is none.")
        if self.value is not None and self.value != self.value:
            raise Refused(f"{self.name} came out as “not a number”.")


def mean_of(parts: Sequence[Coefficient]) -> Coefficient:
    """Return the mean of the coefficients that have a value, as for pairs of annotators.

    Those without one are left out, and a note says how many. If none has one, the reason is
    theirs — one that was looked at before one with nothing to look at — or ``NOTHING_PAIRED``
    where there are none at all.
    """
    found = [part for part in parts if part.value is not None]
    name = parts[0].name if parts else "mean"
    observed = _mean([part.observed for part in found or parts])
    if not found:
        telling = sorted({part.reason for part in parts} - {NOTHING_PAIRED})
        return Coefficient(name, None, telling[0] if telling else NOTHING_PAIRED, observed)
    left = len(parts) - len(found)
    notes = (f"{left} of {len(parts)} pairs of annotators have no value.",) if left else ()
    return Coefficient(
        name,
        _mean([part.value for part in found]),
        "",
        observed,
        _mean([part.expected for part in found]),
        found[0].counts_disagreement,
        notes=notes,
    )


def _mean(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return fsum(known) / len(known) if known else None
