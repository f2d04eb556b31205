"""Places are the same every time, fill the square, and bring together what is tied."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.layout import GAP, PASSES, ROUNDS, lay_out


def test_nobody_and_somebody_alone() -> None:
    assert lay_out(0, []) == []
    assert lay_out(1, []) == [(0.0, 0.0)]


def test_two_groups_stand_apart() -> None:
    ties = [
        (one, two, 1.0)
        for group in (range(5), range(5, 10))
        for one in group
        for two in group
        if one < two
    ]
    places = lay_out(10, [*ties, (0, 5, 1.0)])

    def mean(pairs: list[tuple[int, int]]) -> float:
        return sum(math.dist(places[a], places[b]) for a, b in pairs) / len(pairs)

    inside = mean([(a, b) for a, b, _ in ties])
    assert mean([(a, b) for a in range(5) for b in range(5, 10)]) > 1.5 * inside


def test_what_everybody_is_tied_to_does_not_lie_on_each_other() -> None:
    hubs, others = range(4), range(4, 60)
    places = lay_out(60, [(hub, other, 1.0) for hub in hubs for other in others])
    nearest = min(math.dist(places[a], places[b]) for a in range(60) for b in range(a))
    assert nearest > 0.75 * GAP * math.sqrt(4 / 60)
    middle = sum(math.hypot(*places[hub]) for hub in hubs) / len(hubs)
    assert middle < sum(math.hypot(*places[other]) for other in others) / len(others)


@settings(max_examples=15)
@given(st.integers(2, 25), st.data())
def test_places_differ_fill_the_square_and_are_the_same_again(count, data) -> None:
    end = st.integers(0, count - 1)
    ties = data.draw(st.lists(st.tuples(end, end, st.floats(0.1, 50)), max_size=30))
    places = lay_out(count, ties)
    assert places == lay_out(count, ties)
    assert len(set(places)) == count
    assert max(abs(part) for place in places for part in place) <= 1 + 1e-9
    for axis in (0, 1):
        side = [place[axis] for place in places]
        assert max(side) - min(side) > 1.99 or count == 2


def test_a_slice_is_a_round_and_more_may_never_come() -> None:
    slices = lay_out.slices(4, [])
    assert ROUNDS < sum(1 for _ in slices) <= ROUNDS + PASSES
    given_up = lay_out.slices(4, [])
    next(given_up)
    given_up.close()
