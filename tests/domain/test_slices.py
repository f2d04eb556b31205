"""A computation in slices comes to the same as the whole, and may be given up between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.slices import Slices, looked_through, sliced


@sliced
def total(numbers: list[int], begun: list[str]) -> Slices[int]:
    """Add up."""
    found = 0
    try:
        for number in numbers:
            yield
            found += number
    finally:
        begun.append("left")
    return found


@given(st.lists(st.integers()))
def test_the_result_is_that_of_the_whole(numbers: list[int]) -> None:
    assert total(numbers, []) == sum(numbers)
    slices = total.slices(numbers, [])
    for _ in numbers:
        next(slices)
    with pytest.raises(StopIteration) as end:
        next(slices)
    assert end.value.value == sum(numbers)


def test_what_is_given_up_cleans_up_after_itself() -> None:
    left: list[str] = []
    slices = total.slices([1, 2, 3], left)
    next(slices)
    slices.close()
    assert left == ["left"]


def test_it_keeps_its_name_and_words() -> None:
    assert (total.__name__, total.__doc__) == ("total", "Add up.")


def test_bits_that_hold_what_is_looked_through_are_counted() -> None:
    told = looked_through(iter([[1, 2], [3], [4, 5]]), 5)
    assert list(told) == [
        ((2, 5, ""), [1, 2]),
        ((3, 5, ""), [3]),
        ((5, 5, ""), [4, 5]),
    ]


def test_of_what_is_found_among_others_the_others_count() -> None:
    told = looked_through([[7], [], [8, 9]], 50, 20)
    assert [reached for reached, _ in told] == [(20, 50, ""), (40, 50, ""), (50, 50, "")]
