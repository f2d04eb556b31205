"""Who is meant: whether annotators take the same mentions for the same actor.

With one actor book for all, ``attributes.attribute_alpha`` on the actor of each mention says it.
Where everyone names actors in their own way, only groups can be compared: which mentions of a
document stand for one actor. Mentions are matched first; ``Span.value`` is the actor, and mentions
tied to none are left out (coverage tells).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

from annotator.agreement.kappa import cohen_kappa
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.pairing import ANY, pairing_of
from annotator.agreement.spans import f1_of
from annotator.agreement.sums import Row, pair_names
from annotator.agreement.units import Document
from annotator.agreement.values import Coefficient, Coverage, mean_of

_COUNTS = ("both", "first", "second", "all", "used", "marks")


def identity_kappa(threshold: float = ANY) -> Measure:
    """Cohen's κ over all pairs of matched mentions: one actor or two? Mean over pairs of annotators.

    The agreement of two groupings corrected for chance, as the adjusted Rand index is (Hubert &
    Arabie 1985; Warrens 2008, Journal of Classification 25, shows that it is this κ). From −1
    to 1. Fewer than two matched mentions, or all of one actor: no value.
    """
    return Measure("actor identity, κ", partial(_tally, threshold), _kappa)


def identity_f1(threshold: float = ANY) -> Measure:
    """F1 over pairs of matched mentions that stand for one actor, from 0 to 1.

    2·(one actor for both)/(one actor for the first + one actor for the second); the pairwise F
    of coreference. Nobody sees two mentions of one actor: no value.
    """
    return Measure("actor identity, F1", partial(_tally, threshold), _f1)


def _tally(threshold: float, document: Document) -> Tally:
    numbers: list[int] = []
    pairing = pairing_of(document)
    tied = [any(item.value is not None for item in spans) for spans in pairing.people]
    for m, n in combinations(range(len(pairing.people)), 2):
        a, b = pairing.people[m], pairing.people[n]
        meant = [
            (a[i].value, b[j].value)
            for i, j in (pairing.match(m, n, threshold) if tied[m] and tied[n] else ())
            if a[i].value is not None and b[j].value is not None
        ]
        both = _couples(Counter(meant))
        one = _couples(Counter(mine for mine, _ in meant))
        other = _couples(Counter(theirs for _, theirs in meant))
        everything = len(meant) * (len(meant) - 1) // 2
        numbers += (both, one, other, everything, 2 * len(meant), len(a) + len(b))
    return Row(pair_names(document.annotators, _COUNTS), numbers)


def _couples(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _kappa(total: Tally) -> Coefficient:
    parts = []
    for a, b in sorted({key[:2] for key in total}):
        both, one, other = (total[a, b, what] for what in ("both", "first", "second"))
        everything = total[a, b, "all"]
        table = {
            (True, True): both,
            (True, False): one - both,
            (False, True): other - both,
            (False, False): everything - one - other + both,
        }
        parts.append(cohen_kappa({cell: times for cell, times in table.items() if times}))
    return replace(mean_of(parts), coverage=_coverage(total))


def _f1(total: Tally) -> Coefficient:
    counts: dict[Any, float] = {}
    for a, b in {key[:2] for key in total}:
        counts[a, b, 0] = counts[a, b, 1] = total[a, b, "both"]
        counts[a, b, 2] = total[a, b, "first"]
        counts[a, b, 3] = total[a, b, "second"]
    found = f1_of(counts)
    reason = found.reason and "nothing to compare: nobody tied two matched mentions to one actor"
    return replace(found, reason=reason, coverage=_coverage(total))


def _coverage(total: Tally) -> Coverage:
    used = sum(times for key, times in total.items() if key[2] == "used")
    marks = sum(times for key, times in total.items() if key[2] == "marks")
    return Coverage(used, marks, "mentions, each counted once for each partner")
