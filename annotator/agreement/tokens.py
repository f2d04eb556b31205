"""Agreement token by token: every token gets the label of the mark that covers it, or none.

A token belongs to a mark that covers any of its code points. Where marks of several labels cover
one token, its label is all of them together (“claim + cue”), so nothing depends on which came
first. Fragments of one mark count like any marked stretch. Documents without tokens add nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

from annotator.agreement.alpha import alpha_of, coincidences
from annotator.agreement.kappa import Table, cohen_kappa, scott_pi
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.units import Document, Span
from annotator.agreement.values import Coefficient, Coverage, mean_of
from annotator.domain.fragment import Extent

OUTSIDE = ""
"""The label of a token that no mark covers; marks always have one."""

ALL = "all"
"""In the place of a pair of values: how many tokens there were before any were left out."""

_PLUS = " + "


def token_labels(tokens: Sequence[Extent], spans: Iterable[Span]) -> list[str]:
    """Return the label of each token; ``tokens`` are sorted and do not overlap."""
    labels = [OUTSIDE] * len(tokens)
    ends = [end for _, end in tokens]
    for item in spans:
        for start, stop in item.extents:
            number = bisect_right(ends, start)
            while number < len(tokens) and tokens[number][0] < stop:
                labels[number] = _with(labels[number], item.label)
                number += 1
    return labels


def token_kappa(union_only: bool = False) -> Measure:
    """Cohen's κ over tokens, from −1 to 1; mean over pairs of annotators, tokens pooled.

    With ``union_only`` the tokens that neither of the two marked are left out: κ over all tokens
    is inflated by the many that everyone leaves alone. Formula: ``kappa.cohen_kappa``. Coverage
    says which share of the tokens entered. One label throughout has no value.
    """
    name = "token κ, marked by either" if union_only else "token κ"
    return Measure(name, partial(_paired, union_only), partial(_mean, cohen_kappa))


def token_pi(union_only: bool = False) -> Measure:
    """Scott's π over tokens; otherwise as ``token_kappa``. Formula: ``kappa.scott_pi``."""
    name = "token π, marked by either" if union_only else "token π"
    return Measure(name, partial(_paired, union_only), partial(_mean, scott_pi))


def token_alpha() -> Measure:
    """Krippendorff's nominal α over tokens and all annotators at once, from −1 to 1.

    Coincidences are added over documents, then α is taken once. A document in which nobody
    marked anything counts: everyone agreed on leaving its tokens alone. Formula:
    ``alpha.alpha_of``.
    """
    return Measure("token α", _coincident, _alpha)


def _with(label: str, other: str) -> str:
    if label in (OUTSIDE, other):
        return other
    return _PLUS.join(sorted({*label.split(_PLUS), other}))


def _patterns(document: Document) -> Counter[tuple[str, ...]]:
    """Return how many tokens got which labels from the annotators in order."""
    rows = [token_labels(document.tokens, spans) for spans in document.spans.values()]
    return Counter(zip(*rows, strict=True))


def _coincident(document: Document) -> Tally:
    return coincidences(_patterns(document))


def _alpha(total: Tally) -> Coefficient:
    found = alpha_of(total)
    values = found.coverage.used if found.coverage else 0
    return replace(found, coverage=Coverage(values, values, "labels of tokens"))


def _paired(union_only: bool, document: Document) -> Tally:
    tally: Counter[Any] = Counter()
    names = list(enumerate(document.annotators))
    for labels, times in _patterns(document).items():
        for (i, first), (j, second) in combinations(names, 2):
            tally[first, second, ALL] += times
            if not union_only or labels[i] != OUTSIDE or labels[j] != OUTSIDE:
                tally[first, second, labels[i], labels[j]] += times
    return tally


def _mean(coefficient: Callable[[Table], Coefficient], total: Tally) -> Coefficient:
    """Return the mean over pairs of annotators; pairs without a value are left out and told."""
    tables: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    tokens = 0.0
    for (first, second, *labels), times in total.items():
        table = tables.setdefault((first, second), {})
        if labels == [ALL]:
            tokens += times
        elif times:
            table[labels[0], labels[1]] = times
    found = [coefficient(table) for _, table in sorted(tables.items())]
    used = sum(sum(table.values()) for table in tables.values())
    return replace(mean_of(found), coverage=Coverage(used, tokens, "tokens, once for each pair"))
