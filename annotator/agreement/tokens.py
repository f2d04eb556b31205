"""Agreement token by token: every token gets the label of the mark that covers it, or none.

A token belongs to a mark that covers any of its code points. Where marks of several labels cover
one token, its label is all of them together (“claim + cue”), so nothing depends on which came
first. Fragments of one mark count like any marked stretch. Documents without tokens add nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import combinations, pairwise
from math import fsum
from operator import add
from typing import TYPE_CHECKING, Any

from annotator.agreement.alpha import alpha_alone, alpha_of, coincidences
from annotator.agreement.kappa import by_common_margins, by_own_margins, corrected
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.sums import Sums, means, share
from annotator.agreement.units import Document, Span
from annotator.agreement.values import Coefficient, Coverage, mean_of
from annotator.domain.fragment import Extent

if TYPE_CHECKING:
    from annotator.agreement.sums import Numbers

OUTSIDE = ""
"""The label of a token that no mark covers; marks always have one."""

_PLUS = " + "
_TOKENS, _SIZE, _UNION, _AGREED = "tokens", "size", "union", "agreed"

Chance = Callable[[Sequence[Any], Sequence[Any]], Any]
Margins = tuple[list[Any], list[Any]]
"""Tokens of each label in the eyes of the first and of the second of a pair."""


def token_labels(tokens: Sequence[Extent], spans: Iterable[Span]) -> list[str]:
    """Return the label of each token; ``tokens`` are sorted and do not overlap."""
    labels = [OUTSIDE] * len(tokens)
    for low, high, label in _Places(tokens).of(spans):
        for number in range(low, high):
            labels[number] = _with(labels[number], label)
    return labels


def token_kappa(union_only: bool = False) -> Measure:
    """Cohen's κ over tokens, from −1 to 1; mean over pairs of annotators, tokens pooled.

    With ``union_only`` the tokens that neither of the two marked are left out: κ over all tokens
    is inflated by the many that everyone leaves alone. Formula: ``kappa.cohen_kappa``. Coverage
    says which share of the tokens entered. One label throughout has no value.
    """
    name = "token κ, marked by either" if union_only else "token κ"
    return _measure(name, union_only, by_own_margins)


def token_pi(union_only: bool = False) -> Measure:
    """Scott's π over tokens; otherwise as ``token_kappa``. Formula: ``kappa.scott_pi``."""
    name = "token π, marked by either" if union_only else "token π"
    return _measure(name, union_only, by_common_margins)


def token_alpha() -> Measure:
    """Krippendorff's nominal α over tokens and all annotators at once, from −1 to 1.

    Coincidences are added over documents, then α is taken once. A document in which nobody
    marked anything counts: everyone agreed on leaving its tokens alone. Formula:
    ``alpha.alpha_of``.
    """
    return Measure("token α", _coincident, _alpha, _alpha_alone)


def _measure(name: str, union_only: bool, chance: Chance) -> Measure:
    mean = partial(_mean, union_only, chance)
    return Measure(name, _paired, mean, partial(_mean_alone, union_only, chance))


def _with(label: str, other: str) -> str:
    if label in (OUTSIDE, other):
        return other
    return _PLUS.join(sorted({*label.split(_PLUS), other}))


class _Places:
    """Which tokens a place in the text covers, each place looked up once."""

    def __init__(self, tokens: Sequence[Extent]) -> None:
        self._starts = [start for start, _ in tokens]
        self._ends = [end for _, end in tokens]
        self._known: dict[Extent, Extent] = {}

    def of(self, spans: Iterable[Span]) -> list[tuple[int, int, str]]:
        """Return from which token to which spans go, with their labels; what covers none is left out."""
        found = []
        for item in spans:
            for extent in item.extents:
                place = self._known.get(extent)
                if place is None:
                    low = bisect_right(self._ends, extent[0])
                    place = self._known[extent] = low, bisect_left(self._starts, extent[1])
                if place[0] < place[1]:
                    found.append((*place, item.label))
        return found


@lru_cache(maxsize=2)
def _covered(document: Document) -> dict[str, list[tuple[int, int, str]]]:
    """Return which tokens everybody covered; the last ones are kept, for all measures of one document."""
    places = _Places(document.tokens)
    return {name: places.of(spans) for name, spans in document.spans.items()}


def _patterns(document: Document) -> Counter[tuple[str, ...]]:
    """Return how many tokens got which labels from the annotators in order.

    Tokens between two places where anybody's mark begins or ends are all alike.
    """
    covered = _covered(document)
    edges = {edge for mine in covered.values() for low, high, _ in mine for edge in (low, high)}
    cuts = sorted({0, len(document.tokens), *edges})
    number_of = {cut: number for number, cut in enumerate(cuts)}
    rows = []
    for mine in covered.values():
        labels = [OUTSIDE] * (len(cuts) - 1)
        for low, high, label in mine:
            for number in range(number_of[low], number_of[high]):
                labels[number] = _with(labels[number], label)
        rows.append(labels)
    found: Counter[tuple[str, ...]] = Counter()
    for (low, high), pattern in zip(pairwise(cuts), zip(*rows, strict=True), strict=True):
        found[pattern] += high - low
    return found


def _coincident(document: Document) -> Tally:
    return coincidences(_patterns(document))


def _alpha_alone(sums: Sums) -> Numbers:
    return alpha_alone({name: at for at, name in enumerate(sums.names)}, sums)


def _alpha(total: Tally) -> Coefficient:
    found = alpha_of(total)
    values = found.coverage.used if found.coverage else 0
    return replace(found, coverage=Coverage(values, values, "labels of tokens"))


def _masks(covered: Iterable[tuple[int, int, str]]) -> dict[str, int]:
    """Return the tokens of each label but ``OUTSIDE`` as bits of one number."""
    found: dict[str, int] = {}
    for low, high, label in covered:
        found[label] = found.get(label, 0) | (1 << high) - (1 << low)
    return _apart(found)


def _apart(masks: dict[str, int]) -> dict[str, int]:
    """Return the masks without overlaps: what several cover becomes a label of its own."""
    parts: dict[str, int] = {}
    for label, mask in sorted(masks.items()):
        rest = mask
        for other, taken in list(parts.items()):
            both = taken & rest
            if both:
                joined = _with(other, label)
                parts[joined] = parts.get(joined, 0) | both
                parts[other] &= ~both
                rest &= ~both
        if rest:
            parts[label] = parts.get(label, 0) | rest
    return {label: mask for label, mask in parts.items() if mask}


def _paired(document: Document) -> Tally:
    """Count each annotator's tokens by label, and what every two share.

    Annotators' own counts are kept by team (who finished the document), for a pair is compared
    in the documents that both finished.
    """
    tally: dict[Any, int] = {}
    team = document.annotators
    tally[_TOKENS, team] = len(document.tokens)
    people = [(name, _masks(covered)) for name, covered in _covered(document).items()]
    marked = {name: _union(masks) for name, masks in people}
    for name, masks in people:
        for label, mask in masks.items():
            tally[_SIZE, team, name, label] = mask.bit_count()
    for (first, a), (second, b) in combinations(people, 2):
        tally[_UNION, first, second] = (marked[first] | marked[second]).bit_count()
        tally[_AGREED, first, second] = sum(
            (mask & b[label]).bit_count() for label, mask in a.items() if label in b
        )
    return tally


def _union(masks: dict[str, int]) -> int:
    union = 0
    for mask in masks.values():
        union |= mask
    return union


def _mean(union_only: bool, chance: Chance, total: Tally) -> Coefficient:
    """Return the mean over pairs of annotators; pairs without a value are left out and told."""
    pairs = list(_pairs(union_only, chance, total))
    found = [corrected("κ", units, agreed, by_chance) for _, units, agreed, by_chance in pairs]
    used, every = fsum(pair[1] for pair in pairs), fsum(pair[0] for pair in pairs)
    coverage = Coverage(used, every, "tokens, once for each pair")
    return replace(mean_of(found), coverage=coverage)


def _mean_alone(union_only: bool, chance: Chance, sums: Sums) -> Numbers:
    """Return the values of ``_mean``."""
    import numpy as np

    total = dict(zip(sums.names, np.ascontiguousarray(sums.numbers.T), strict=True))
    found = [
        share(agreed * units - by_chance, units * units - by_chance)
        for _, units, agreed, by_chance in _pairs(union_only, chance, total)
    ]
    return means(np.array(found).T)


def _pairs(
    union_only: bool, chance: Chance, total: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield for every two annotators their tokens: all, looked at, agreed, agreed by chance.

    For one sum of counts, or for many at once if each count is an array.
    """
    names = sorted({name[3] for name in total if name[0] == _SIZE})
    labels = {label: number for number, label in enumerate(names)}
    sizes: dict[tuple[tuple[str, ...], str], list[Any]] = {}
    for name, size in total.items():
        if name[0] == _SIZE:
            own = sizes.setdefault((name[1], name[2]), [0.0] * len(labels))
            own[labels[name[3]]] = size
    nothing = [0.0] * len(labels)
    tokens: dict[tuple[str, str], Any] = {}
    margins: dict[tuple[str, str], Margins] = {}
    for (what, team, *_), number in total.items():
        if what == _TOKENS:
            for pair in combinations(team, 2):
                tokens[pair] = tokens.get(pair, 0) + number
                both = sizes.get((team, pair[0]), nothing), sizes.get((team, pair[1]), nothing)
                margins[pair] = _plus(margins[pair], both) if pair in margins else both
    for first, second in sorted(tokens):
        number, union = tokens[first, second], total[_UNION, first, second]
        units = union if union_only else number
        rows, columns = margins[first, second]
        by_chance = chance([*rows, units - sum(rows)], [*columns, units - sum(columns)])
        agreed = total[_AGREED, first, second] + units - union
        yield number, units, agreed, by_chance


def _plus(one: Margins, other: Margins) -> Margins:
    return list(map(add, one[0], other[0])), list(map(add, one[1], other[1]))
