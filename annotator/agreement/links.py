"""Agreement on links: who said it, who feels it, what it is about.

Two questions. Given marks that both people made, do their links lead to the same end
(``same_end``)? And over all links as triples (type, start, end), how many are shared
(``link_f1``)? Ends are the same if they overlap, or are the same voice; the author, “unknown” and
“not filled in” are three different things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from annotator.agreement.measure import Measure, Tally
from annotator.agreement.meeting import overlaps
from annotator.agreement.pairing import ANY, heaviest_pairs, matching, pairing_of
from annotator.agreement.spans import SHARED_AND_ALL, f1_alone, f1_of
from annotator.agreement.sums import Row, Sums, means, pair_names, share
from annotator.agreement.units import Document, Span, Tie
from annotator.agreement.values import NOTHING_MARKED, NOTHING_PAIRED, Coefficient, Coverage

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers

_ENDS = ("matched", "marks", "same")


def same_end(type: str, by_name: bool = False, threshold: float = ANY) -> Measure:
    """Share, from 0 to 1, of matched marks whose links of a type lead to the same end.

    Both without such a link counts as the same. Where several ends are allowed, each must have
    its counterpart. With ``by_name`` two ends that do not overlap are the same if ``Tie.name``
    is: the actor named at another place. Not corrected for chance. Mean over pairs of
    annotators, marks added over documents; no mark matched: no value. Coverage is the share of
    marks that were matched.
    """
    return Measure(f"{type}: same end", partial(_ends, type, by_name, threshold), _share, _alone)


def link_f1(exact: bool = False, type: str | None = None) -> Measure:
    """F1 over links as (type, start, end), from 0 to 1; mean over pairs, micro over documents.

    ``exact``: same fragments at both ends, or the same voice. Otherwise start and end must
    overlap, and links are matched one-to-one by the total intersection. ``type`` restricts it
    to links of one type. As for spans: no link at all has no value (Hripcsak & Rothschild 2005).
    """
    name = f"links F1, {'exact' if exact else 'overlap'}" + (f", {type}" if type else "")
    return Measure(name, partial(_links, exact, type), _f1, f1_alone)


def _is_same(first: Tie, second: Tie, by_name: bool) -> bool:
    if by_name and first.name and first.name == second.name:
        return True
    if first.end is None or second.end is None:
        return first.end is second.end and first.voice == second.voice
    return _common(first.end, second.end) > 0


def _common(first: Span, second: Span) -> int:
    return sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in first.extents
        for other_start, other_end in second.extents
    )


def _all_same(first: Sequence[Tie], second: Sequence[Tie], by_name: bool) -> bool:
    if len(first) != len(second):
        return False
    weights = {
        (i, j): 1
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if _is_same(a, b, by_name)
    }
    return len(heaviest_pairs(first, second, weights)) == len(first)


def _ends(type: str, by_name: bool, threshold: float, document: Document) -> Tally:
    numbers: list[int] = []
    led: dict[str, dict[Span, list[Tie]]] = {}
    for person in document.spans:
        led[person] = {}
        for tie in document.ties.get(person, ()):
            if tie.type == type:
                led[person].setdefault(tie.start, []).append(tie)
    pairing = pairing_of(document)
    matched = pairing.sizes(matching(threshold))
    for (m, first), (n, second) in combinations(enumerate(document.annotators), 2):
        a, b = pairing.people[m], pairing.people[n]
        same = matched[m][n]
        if led[first] or led[second]:
            same = sum(
                _all_same(led[first].get(a[i], ()), led[second].get(b[j], ()), by_name)
                for i, j in pairing.match(m, n, threshold)
            )
        numbers += (matched[m][n], len(a) + len(b), same)
    return Row(pair_names(document.annotators, _ENDS), numbers)


def _share(total: Tally) -> Coefficient:
    pairs = sorted({key[:2] for key in total})
    used = 2 * sum(total[a, b, "matched"] for a, b in pairs)
    marks = sum(total[a, b, "marks"] for a, b in pairs)
    coverage = Coverage(used, marks, "marks, each counted once for each partner")
    shares = [
        total[a, b, "same"] / total[a, b, "matched"] for a, b in pairs if total[a, b, "matched"]
    ]
    if not shares:
        reason = NOTHING_PAIRED if marks else NOTHING_MARKED
        return Coefficient("same end", None, reason, coverage=coverage)
    mean = fsum(shares) / len(shares)
    return Coefficient("same end", mean, observed=mean, coverage=coverage)


def _alone(sums: Sums) -> Numbers:
    """Return the values of ``_share``; the three numbers of two people stand beside each other."""
    matched, _, same = (sums.numbers[:, start::3] for start in range(3))
    return means(share(same, matched))


def _links(exact: bool, type: str | None, document: Document) -> Tally:
    numbers: list[int] = []
    people = [
        [tie for tie in document.ties.get(name, ()) if type is None or tie.type == type]
        for name in document.annotators
    ]
    for a, b in combinations(people, 2):
        shared = 0
        if a and b:
            shared = _exact(a, b) if exact else _overlapping(a, b)
        numbers += (shared, shared, len(a), len(b))
    return Row(pair_names(document.annotators, SHARED_AND_ALL), numbers)


def _exact(first: Sequence[Tie], second: Sequence[Tie]) -> int:
    a, b = (
        Counter(
            (tie.type, tie.start.extents, tie.end.extents if tie.end else tie.voice) for tie in ties
        )
        for ties in (first, second)
    )
    return (a & b).total()


def _overlapping(first: Sequence[Tie], second: Sequence[Tie]) -> int:
    places = [tie.start.extents for tie in (*first, *second)]
    starts = {
        (i, j - len(first)): common
        for (i, j), common in overlaps(places).items()
        if i < len(first) <= j
    }
    most = min(len(first), len(second)) + 1
    weights = {}
    for (i, j), common in starts.items():
        a, b = first[i], second[j]
        if a.type == b.type and _is_same(a, b, by_name=False):
            ends = _common(a.end, b.end) if a.end and b.end else 0
            weights[i, j] = (common + ends) * most + 1
    return len(heaviest_pairs(first, second, weights))


def _f1(total: Tally) -> Coefficient:
    found = f1_of(total)
    return replace(found, reason=found.reason and "nothing to compare: nobody made such a link")
