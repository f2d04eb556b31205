"""Which marks of several annotators are one and the same thing: at most one of each.

Pairs come from ``Pairing.match``, the rule of every other view; they are joined from the closest on,
and a pair that would put two marks of one annotator into one group is passed over. For two
annotators the groups are exactly the matched pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from annotator.agreement.pairing import ANY, pairing_of
from annotator.agreement.units import Document, Span, place

Group = Mapping[str, Span]
"""One thing in the text, as each annotator who saw it marked it."""

_Member = tuple[int, int]


def group(document: Document, threshold: float = ANY) -> list[Group]:
    """Return every span of the document in exactly one group, in reading order.

    Neither the order of annotators nor that of marks matters.
    """
    pairing = pairing_of(document)
    edges: list[tuple[int, int, list[tuple[object, ...]], _Member, _Member]] = []
    for first, second in combinations(range(len(pairing.people)), 2):
        shared = pairing.shared(first, second)
        for i, j in pairing.match(first, second, threshold):
            a, b = pairing.people[first][i], pairing.people[second][j]
            apart = a.length + b.length - 2 * shared[i, j]
            both = sorted((place(a), place(b)))
            edges.append((apart, -shared[i, j], list(both), (first, i), (second, j)))
    groups: dict[_Member, dict[int, int]] = {
        (person, number): {person: number}
        for person, spans in enumerate(pairing.people)
        for number in range(len(spans))
    }
    for *_, one, other in sorted(edges):
        mine, theirs = groups[one], groups[other]
        if mine is not theirs and not mine.keys() & theirs.keys():
            mine |= theirs
            for member in theirs.items():
                groups[member] = mine
    distinct = {id(members): members for members in groups.values()}.values()
    names = document.annotators
    found = [
        {names[person]: pairing.people[person][members[person]] for person in sorted(members)}
        for members in distinct
    ]
    return sorted(found, key=_reading_order)


def _reading_order(found: Group) -> tuple[object, ...]:
    spans = sorted(found.values(), key=place)
    return (
        min(item.start for item in spans),
        -max(item.end for item in spans),
        [place(s) for s in spans],
    )
