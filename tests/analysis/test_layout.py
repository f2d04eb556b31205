"""Places are the same every time, fill the square, and bring together what is tied."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.layout import ROUNDS, lay_out


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


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []

    class Enough(Exception):
        pass

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            raise Enough

    with pytest.raises(Enough):
        lay_out(4, [], tell)
    assert told == [(number, ROUNDS) for number in range(4)]
