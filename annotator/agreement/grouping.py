"""Which marks of several annotators are one and the same thing: at most one of each.

Pairs come from ``Pairing.match``, the rule of every other view; they are joined from the closest on,
and a pair that would put two marks of one annotator into one group is passed over. For two
annotators the groups are exactly the matched pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from operator import itemgetter
from typing import Any

from annotator.agreement.pairing import ANY, Pairing, pairing_of
from annotator.agreement.units import Document, Span, place
from annotator.domain.slices import BATCH, Slices, sliced

Group = Mapping[str, Span]
"""One thing in the text, as each annotator who saw it marked it."""

_Member = tuple[int, int]
_Order = tuple[Any, ...]
_Edge = tuple[int, int, list[_Order], _Member, _Member]


@sliced
def group(document: Document, threshold: float = ANY) -> Slices[list[Group]]:
    """Return every span of the document in exactly one group, in reading order.

    Neither the order of annotators nor that of marks matters.
    """
    pairing = pairing_of(document)
    edges = yield from _edges(pairing, threshold)
    groups: dict[_Member, dict[int, int]] = {
        (person, number): {person: number}
        for person, spans in enumerate(pairing.people)
        for number in range(len(spans))
    }
    for *_, one, other in edges:
        mine, theirs = groups[one], groups[other]
        if mine is not theirs and not mine.keys() & theirs.keys():
            mine |= theirs
            for member in theirs.items():
                groups[member] = mine
    distinct = {id(members): members for members in groups.values()}.values()
    yield
    names = document.annotators
    found: list[tuple[_Order, Group]] = []
    for members in distinct:
        own = {names[who]: pairing.people[who][members[who]] for who in sorted(members)}
        found.append((_reading_order(own), own))
        if len(found) % BATCH == 0:
            yield
    return [own for _, own in sorted(found, key=itemgetter(0))]


def _edges(pairing: Pairing, threshold: float) -> Slices[list[_Edge]]:
    """Return the pairs, the closest first."""
    found: list[_Edge] = []
    for first, second in combinations(range(len(pairing.people)), 2):
        shared = pairing.shared(first, second)
        yield
        pairs = pairing.match(first, second, threshold)
        yield
        for i, j in pairs:
            a, b = pairing.people[first][i], pairing.people[second][j]
            apart = a.length + b.length - 2 * shared[i, j]
            both = sorted((place(a), place(b)))
            found.append((apart, -shared[i, j], both, (first, i), (second, j)))
            if len(found) % BATCH == 0:
                yield
    found.sort()
    return found


def _reading_order(found: Group) -> _Order:
    spans = sorted(found.values(), key=place)
    return (
        min(item.start for item in spans),
        -max(item.end for item in spans),
        [place(s) for s in spans],
    )
