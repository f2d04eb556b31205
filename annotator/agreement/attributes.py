"""Agreement on what was said about marks that two people both made: stance, type, polarity, actor.

Marks are matched first (``pairing.Pairing.match``), then their values compared with Krippendorff's α.
A mark is a unit together with all marks matched to it, and each ordered pair of values weighs
1/(number of partners): where everyone's marks meet in one place this is exactly α of that unit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from annotator.agreement.alpha import Order, Scale, alpha_alone, alpha_of
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.pairing import ANY, matching, pairing_of
from annotator.agreement.sums import Sums
from annotator.agreement.units import Document
from annotator.agreement.values import Coefficient, Coverage

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers


def attribute_alpha(
    name: str,
    scale: Scale = Scale.NOMINAL,
    order: Order = None,
    threshold: float = ANY,
    same_label: bool = True,
) -> Measure:
    """Krippendorff's α of ``Span.value`` over matched marks, from −1 to 1.

    Use the ordinal scale, with its ``order``, for intensity and for stance (oppose < neutral <
    support), nominal for types and for actors. A value not filled in is missing; coverage is
    the share of all marks whose value could be compared. Formula and edge policy:
    ``alpha.alpha_of``.
    """
    return Measure(
        f"α of {name}, {scale.value}",
        partial(_tally, threshold, same_label),
        partial(_value, scale, order),
        partial(paired_alone, scale, order),
    )


def _tally(threshold: float, same_label: bool, document: Document) -> Tally:
    tally: Counter[Any] = Counter()
    tally["marks",] = sum(map(len, document.spans.values()))
    if not any(item.value is not None for spans in document.spans.values() for item in spans):
        return tally
    rule = matching(threshold, same_label)
    for m, value, other, times in pairing_of(document).value_pairs(rule):
        tally["pair", m, value, other] += times
    return tally


def _value(scale: Scale, order: Order, total: Tally) -> Coefficient:
    pairs = {key[1:]: times for key, times in total.items() if key[0] == "pair"}
    found = alpha_of(pairs, scale, order)
    used = found.coverage.used if found.coverage else 0
    return replace(found, coverage=Coverage(used, total["marks",], "marks"))


def paired_alone(scale: Scale, order: Order, sums: Sums) -> Numbers:
    """Return α of the pairs among other counts, for many sums at once."""
    places = {name[1:]: at for at, name in enumerate(sums.names) if name[0] == "pair"}
    return alpha_alone(places, sums, scale, order)
