"""Matching is the best there is, found without looking at all pairs, the same from both sides."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.matching import heaviest
from annotator.agreement.pairing import ANY, HALF, Pairing, by_overlap, matching
from annotator.agreement.units import Span, span
from tests.agreement.shapes import documents

edges = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=14
)


def best(weights: dict[tuple[int, int], int]) -> int:
    """The weight of the heaviest matching, by trying all."""
    return max(
        sum(weights.get((row, column), 0) for row, column in enumerate(order))
        for order in permutations(range(5))
    )


@given(edges)
def test_no_matching_is_heavier(weights: dict[tuple[int, int], int]) -> None:
    pairs = heaviest(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(weights[pair] for pair in pairs) == best(weights)


@given(edges, st.randoms())
def test_the_order_of_edges_does_not_matter(weights, chance) -> None:
    shuffled = list(weights.items())
    chance.shuffle(shuffled)
    assert heaviest(dict(shuffled)) == heaviest(weights)


def test_long_chains_are_quick() -> None:
    weights = {
        (i, j): 1 + (i * 7 + j) % 50 for i in range(5000) for j in (i - 1, i, i + 1) if j >= 0
    }
    assert len(heaviest(weights)) > 2500


def total(pairs: list[tuple[Span, Span]]) -> int:
    return sum(common(a, b) for a, b in pairs)


def common(a: Span, b: Span) -> int:
    return sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in a.extents
        for other_start, other_end in b.extents
    )


@given(documents(people=2))
def test_one_to_one_by_the_greatest_intersection(one) -> None:
    first, second = one.spans.values()
    for same_label in (True, False):
        pairs = by_overlap(first, second, ANY, same_label)
        weights = {
            (i, j): common(a, b)
            for i, a in enumerate(first)
            for j, b in enumerate(second)
            if common(a, b) and (a.label == b.label or not same_label)
        }
        assert total(pairs) == best(weights)
        assert all(a.label == b.label for a, b in pairs) or not same_label


@given(documents(people=2), st.sampled_from((ANY, 0.3, HALF, 1.0)))
def test_it_is_the_same_from_the_other_side(one, threshold: float) -> None:
    first, second = one.spans.values()
    there = by_overlap(first, second, threshold)
    back = by_overlap(second, first, threshold)
    assert len(there) == len(back)
    assert sorted(map(repr, there)) == sorted(repr((b, a)) for a, b in back) or first == second


@given(documents(people=2))
def test_what_is_identical_is_matched_in_every_way(one) -> None:
    pairing = Pairing(list(one.spans.values()))
    exact = len(pairing.identical(0, 1))
    assert exact <= len(pairing.match(0, 1, HALF)) <= len(pairing.match(0, 1))
    touched = pairing.touched()
    assert len(pairing.match(0, 1)) <= min(touched[0][1], touched[1][0])
    assert pairing.sizes(matching())[0][1] == len(pairing.match(0, 1))


def test_iou_counts_intersection_over_union() -> None:
    a, b = [span(0, 10)], [span(5, 15)]
    assert by_overlap(a, b, 1 / 3) == [(a[0], b[0])]
    assert by_overlap(a, b, 0.34) == []


def test_fragments_are_counted_not_the_gap_between_them() -> None:
    split = Span(((0, 5), (20, 25)), "mark")
    assert by_overlap([split], [span(6, 19)]) == []
    assert by_overlap([split], [span(0, 5), span(20, 24)]) == [(split, span(0, 5))]


def test_equal_marks_find_the_partner_of_equal_value() -> None:
    mine = [span(0, 5, "c", "oppose"), span(0, 5, "c", "support")]
    theirs = [span(0, 5, "c", "support")]
    assert by_overlap(mine, theirs) == [(mine[1], theirs[0])]


@pytest.mark.parametrize("count", [1, 3])
def test_doubles_count_as_often_as_both_have_them(count: int) -> None:
    assert len(by_overlap([span(0, 5)] * 2, [span(0, 5)] * count)) == min(2, count)
