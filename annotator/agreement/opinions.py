"""Sentiment graphs: holder, target, expression and polarity together (SF1).

Barnes, Kurtz, Oepen, Øvrelid & Velldal 2021, “Structured sentiment analysis as dependency graph
parsing”, ACL, §4.2; Barnes et al. 2022, SemEval-2022 task 10, §4. Parts are sets of tokens; a part
that is not there is one pseudo-token, so that two absent holders agree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import fsum
from typing import Any, NamedTuple

from annotator.agreement.measure import Measure, Tally
from annotator.agreement.units import Document, Span, Tie
from annotator.agreement.values import NOTHING_MARKED, Coefficient, Coverage
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value

_NOBODY = frozenset({-1})


class Opinion(NamedTuple):
    """Who feels how about what, in which words; sets of numbers of tokens."""

    holder: frozenset[int]
    target: frozenset[int]
    expression: frozenset[int]
    polarity: Value | None


@dataclass(frozen=True, slots=True)
class OpinionScore:
    """Weighted precision, recall and F1, from 0 to 1; None where there is nothing."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """Harmonic mean; 0 if only one side has opinions, None if neither has."""
        if self.precision is None and self.recall is None:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def opinion_score(
    found: Sequence[Opinion], reference: Sequence[Opinion], polar: bool = True
) -> OpinionScore:
    """Return SF1's parts of one document.

    An opinion counts if all three parts overlap those of one of the other side and, if
    ``polar``, the polarity is the same. Its credit is the best mean over the three parts of
    overlap/own length; precision is the mean credit of what was found, recall of the reference.
    """
    precision = _credit(found, reference, polar) / len(found) if found else None
    recall = _credit(reference, found, polar) / len(reference) if reference else None
    return OpinionScore(precision, recall)


def sentiment_f1(polar: bool = True, holder: str = "holder", target: str = "target") -> Measure:
    """SF1 over documents whose spans are sentiments, with polarity as their value.

    ``holder`` and ``target`` are link types; a voice, or no link, is an absent part. Several
    holders or targets make several opinions. Credits are added over documents; mean over pairs
    of annotators. Nobody marked a sentiment: no value. Needs tokens.
    """
    name = "SF1" if polar else "SF1 without polarity"
    return Measure(name, partial(_tally, polar, holder, target), _value)


def opinions_of(
    document: Document, person: str, holder: str = "holder", target: str = "target"
) -> list[Opinion]:
    """Return one annotator's opinions of a document."""
    ends: dict[tuple[str, Span], list[Tie]] = {}
    for tie in document.ties.get(person, ()):
        ends.setdefault((tie.type, tie.start), []).append(tie)
    found: list[Opinion] = []
    for item in document.spans.get(person, ()):
        parts = [
            [_numbers(document.tokens, tie.end) for tie in ends.get((type, item), ())]
            or [frozenset[int]()]
            for type in (holder, target)
        ]
        expression = _numbers(document.tokens, item)
        found.extend(Opinion(who, what, expression, item.value) for who, what in product(*parts))
    return found


def _numbers(tokens: Sequence[Extent], item: Span | None) -> frozenset[int]:
    """Return the numbers of the tokens a span covers any part of; none for a voice."""
    found: set[int] = set()
    for start, end in item.extents if item else ():
        number = bisect_right(tokens, start, key=lambda token: token[1])
        while number < len(tokens) and tokens[number][0] < end:
            found.add(number)
            number += 1
    return frozenset(found)


def _credit(mine: Iterable[Opinion], theirs: Sequence[Opinion], polar: bool) -> float:
    return fsum(
        max((_fit(opinion, other, polar) for other in theirs), default=0.0) for opinion in mine
    )


def _fit(mine: Opinion, theirs: Opinion, polar: bool) -> float:
    if polar and mine.polarity != theirs.polarity:
        return 0.0
    shares = []
    for own, other in zip(mine[:3], theirs[:3], strict=True):
        own_tokens, other_tokens = own or _NOBODY, other or _NOBODY
        common = len(own_tokens & other_tokens)
        if not common:
            return 0.0
        shares.append(common / len(own_tokens))
    return fsum(shares) / 3


def _tally(polar: bool, holder: str, target: str, document: Document) -> Tally:
    tally: dict[Any, float] = {}
    opinions = {person: opinions_of(document, person, holder, target) for person in document.spans}
    for first, second in document.pairs:
        a, b = opinions[first], opinions[second]
        tally[first, second, 0] = _credit(a, b, polar)
        tally[first, second, 1] = _credit(b, a, polar)
        tally[first, second, 2] = len(a)
        tally[first, second, 3] = len(b)
    return tally


def _value(total: Tally) -> Coefficient:
    found = []
    opinions = credit = 0.0
    for a, b in sorted({key[:2] for key in total}):
        of_first, of_second = total[a, b, 2], total[a, b, 3]
        score = OpinionScore(
            total[a, b, 0] / of_first if of_first else None,
            total[a, b, 1] / of_second if of_second else None,
        )
        opinions += of_first + of_second
        credit += total[a, b, 0] + total[a, b, 1]
        if score.f1 is not None:
            found.append(score.f1)
    coverage = Coverage(credit, opinions, "opinions (credit), each counted once for each partner")
    if not found:
        return Coefficient("SF1", None, NOTHING_MARKED, coverage=coverage)
    mean = fsum(found) / len(found)
    return Coefficient("SF1", mean, observed=mean, coverage=coverage)
