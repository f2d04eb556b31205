"""Looked at together over arrays, or pair by pair: whose span is whose is the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.crowd import Crowd
from annotator.agreement.few import Few
from annotator.agreement.meeting import Rule, components
from annotator.agreement.pairing import (
    HALF,
    IDENTICAL,
    MANY,
    SAME_BOUNDS,
    Pairing,
    matching,
    pairing_of,
)
from annotator.agreement.units import Document, Span, place, span
from tests.agreement.shapes import spans

RULES = (
    IDENTICAL,
    SAME_BOUNDS,
    matching(),
    matching(HALF),
    matching(0.2),
    matching(same_label=False),
    IDENTICAL._replace(rest=True),
    SAME_BOUNDS._replace(rest=True),
    matching()._replace(rest=True),
)

people = st.integers(4, 24).flatmap(
    lambda length: st.lists(
        st.lists(spans(length), max_size=6).map(lambda some: sorted(some, key=place)),
        min_size=2,
        max_size=MANY + 1,
    )
)


def crowd_of(people: list[list[Span]]) -> Crowd:
    return Crowd(
        [[(item.extents, item.label) for item in mine] for mine in people],
        [[item.value for item in mine] for mine in people],
    )


def value_pairs(of: Crowd | Few, rule: Rule) -> Counter[object]:
    found: Counter[object] = Counter()
    for m, value, other, times in of.value_pairs(rule):
        found[m, value, other] += times
    return found


@given(people)
def test_every_rule_pairs_as_many_of_each_two_people(people: list[list[Span]]) -> None:
    crowd, few = crowd_of(people), Few(people)
    for rule in RULES:
        for i, row in enumerate(few.sizes(rule)):
            for j, number in enumerate(row):
                assert i == j or crowd.sizes(rule)[i][j] == number, rule
    assert crowd.ground.touched() == few.touched()


@given(people, st.sampled_from([rule for rule in RULES if rule.way == "match" and not rule.rest]))
def test_the_same_spans_are_paired_and_values_go_with_them(
    people: list[list[Span]], rule: Rule
) -> None:
    crowd, few = crowd_of(people), Few(people)
    for i, j in permutations(range(len(people)), 2):
        assert crowd.pairs(i, j, rule) == few.pairs(i, j, rule)
    assert value_pairs(crowd, rule) == value_pairs(few, rule)


@given(people.filter(lambda some: len(some) >= MANY), st.sampled_from("abc"))
def test_one_label_is_counted_from_the_whole(people: list[list[Span]], label: str) -> None:
    document = Document("one", 24, {f"P{at}": tuple(mine) for at, mine in enumerate(people)})
    part = document.only(label)
    alone = Pairing([tuple(item for item in mine if item.label == label) for mine in people])
    for rule in RULES:
        assert crossed(pairing_of(part).sizes(rule)) == crossed(alone.sizes(rule)), rule
    assert pairing_of(part).touched() == alone.touched()


def test_a_part_with_other_spans_is_no_part_any_more() -> None:
    document = Document("one", 24, {name: (span(0, 4), span(6, 9)) for name in "ABCD"})
    part = document.only("mark")
    assert part.whole is document
    other = replace(part, spans={name: (span(0, 4),) for name in "ABCD"})
    assert other.whole is None
    assert crossed(pairing_of(other).sizes(IDENTICAL)) == [1] * 12


@pytest.mark.parametrize(
    ("edges", "pieces"),
    [
        ([], []),
        ([(0, 0), (1, 1)], [[(0, 0)], [(1, 1)]]),
        ([(0, 0), (1, 1), (0, 1)], [[(0, 0), (0, 1), (1, 1)]]),
        ([(0, 1), (1, 0)], [[(0, 1)], [(1, 0)]]),
    ],
)
def test_pieces_have_no_end_in_common(edges: object, pieces: object) -> None:
    assert sorted(components(edges)) == pieces


def crossed(sizes: list[list[int]]) -> list[int]:
    return [number for i, row in enumerate(sizes) for j, number in enumerate(row) if i != j]
