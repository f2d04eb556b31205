"""Marks of several annotators taken for one thing."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.grouping import group
from annotator.agreement.pairing import by_overlap
from annotator.agreement.units import Document, span
from tests.agreement.shapes import document

spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from("xy")).map(
        lambda made: (made[0], made[0] + made[1], made[2])
    ),
    max_size=6,
)


@given(spans, spans, spans)
def test_every_mark_is_in_one_group_and_nobody_twice_in_one(a, b, c) -> None:
    one = document(40, A=a, B=b, C=c)
    found = group(one)
    listed = sorted((name, item) for members in found for name, item in members.items())
    assert listed == sorted((name, item) for name, items in one.spans.items() for item in items)


@given(spans, spans)
def test_of_two_annotators_groups_are_the_matched_pairs(a, b) -> None:
    one = document(40, A=a, B=b)
    pairs = [(members["A"], members["B"]) for members in group(one) if len(members) == 2]
    assert sorted(pairs) == sorted(by_overlap(one.spans["A"], one.spans["B"]))


@given(spans, spans, spans, st.integers(0, 1000))
def test_neither_names_nor_order_matter(a, b, c, seed) -> None:
    people = {"A": a, "B": b, "C": c}
    chance = random.Random(seed)
    shuffled = {name: chance.sample(items, len(items)) for name, items in people.items()}
    names = dict(zip("ABC", chance.sample("ABC", 3), strict=True))
    renamed = {names[name]: items for name, items in shuffled.items()}
    back = {new: old for old, new in names.items()}
    expected = [sorted(members.items()) for members in group(document(40, **people))]
    found = [
        sorted((back[name], item) for name, item in members.items())
        for members in group(document(40, **renamed))
    ]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_the_closest_go_together() -> None:
    one = Document("d", 60, {
        "A": (span(0, 10), span(30, 40)),
        "B": (span(0, 9), span(31, 40)),
        "C": (span(5, 10), span(50, 55)),
    })  # fmt: skip
    found = [
        {name: (item.start, item.end) for name, item in members.items()} for members in group(one)
    ]
    assert found == [
        {"A": (0, 10), "B": (0, 9), "C": (5, 10)},
        {"A": (30, 40), "B": (31, 40)},
        {"C": (50, 55)},
    ]


def test_marks_of_different_labels_stay_apart() -> None:
    assert len(group(document(20, A=[(0, 5, "x")], B=[(0, 5, "y")]))) == 2
