"""What a study counts in the end: which actor makes which claim with which stance, per article.

Marks may differ in their bounds and still say the same. Here a claim is only what it adds to the
picture: its actor (``Tie.name`` of its source, or the voice), its kind (the label: a layer or a
topic) and its stance (the value), once per article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from annotator.agreement.alpha import Order, Scale, alpha_of, coincidences
from annotator.agreement.attributes import paired_alone
from annotator.agreement.measure import Measure, Tally
from annotator.agreement.spans import SHARED_AND_ALL, f1_alone, f1_of
from annotator.agreement.sums import Row, pair_names
from annotator.agreement.units import Document, Span
from annotator.agreement.values import NOTHING_MARKED, Coefficient, Coverage
from annotator.domain.mark import Value

ABSENT = "(not stated)"
"""What an annotator says of an actor and claim that only others found."""


class Statement(NamedTuple):
    """An actor makes a claim of a kind; ``stance`` None is “not filled in”."""

    actor: str
    claim: str
    stance: Value | None


def statements_of(document: Document, person: str, source: str = "source") -> set[Statement]:
    """Return what one annotator has actors say in a document, each thing once.

    A claim without a source link, or with one that has no name, is left out: nobody is known to
    say it.
    """
    names: dict[Span, list[str]] = {}
    for tie in document.ties.get(person, ()):
        who = tie.name or tie.voice
        if tie.type == source and who:
            names.setdefault(tie.start, []).append(who)
    return {
        Statement(who, item.label, item.value)
        for item in document.spans.get(person, ())
        for who in names.get(item, ())
    }


def statement_f1(source: str = "source") -> Measure:
    """F1 over statements (actor, claim, stance) of an article, from 0 to 1.

    Mean over pairs of annotators, counts added over articles. Nobody states anything: no value
    (Hripcsak & Rothschild 2005, JAMIA 12(3), eq. 4).
    """
    return Measure("statements F1", partial(_shared, source), f1_of, f1_alone)


def statement_alpha(
    scale: Scale = Scale.NOMINAL,
    order: Order = None,
    source: str = "source",
) -> Measure:
    """Krippendorff's α of the stance, each actor and claim in an article being one unit.

    Nominal: who does not have the actor and claim gives the value “not stated”, and several
    stances make one value together, so that missing an actor counts as disagreement. On other
    scales both are missing values, and coverage tells how much that is. Formula and edge policy:
    ``alpha.alpha_of``.
    """
    return Measure(
        f"statements α, {scale.value}",
        partial(_units, scale, source),
        partial(_value, scale, order),
        partial(paired_alone, scale, order),
    )


def _shared(source: str, document: Document) -> Tally:
    numbers: list[int] = []
    stated = [statements_of(document, person, source) for person in document.annotators]
    for a, b in combinations(stated, 2):
        shared = len(a & b)
        numbers += (shared, shared, len(a), len(b))
    return Row(pair_names(document.annotators, SHARED_AND_ALL), numbers)


def _units(scale: Scale, source: str, document: Document) -> Tally:
    people: list[dict[tuple[str, str], set[Value | None]]] = []
    for person in document.spans:
        stances: dict[tuple[str, str], set[Value | None]] = {}
        for actor, claim, stance in statements_of(document, person, source):
            stances.setdefault((actor, claim), set()).add(stance)
        people.append(stances)
    patterns = Counter(
        tuple(_one_value(scale, stances.get(unit)) for stances in people)
        for unit in {unit for stances in people for unit in stances}
    )
    tally: Counter[Any] = Counter()
    for name, times in coincidences(patterns).items():
        tally["pair", *name] = times
    tally["values",] = patterns.total() * len(people)
    return tally


def _one_value(scale: Scale, stances: set[Value | None] | None) -> Hashable:
    if scale is not Scale.NOMINAL:
        return next(iter(stances)) if stances and len(stances) == 1 else None
    if stances is None:
        return ABSENT
    return tuple(sorted(map(str, stances)))


def _value(scale: Scale, order: Order, total: Tally) -> Coefficient:
    pairs = {key[1:]: times for key, times in total.items() if key[0] == "pair"}
    found = alpha_of(pairs, scale, order)
    used = found.coverage.used if found.coverage else 0
    given = total["values",]
    reason = NOTHING_MARKED if found.reason and not given else found.reason
    coverage = Coverage(used, given, "values, one for each annotator and statement")
    return replace(found, reason=reason, coverage=coverage)
