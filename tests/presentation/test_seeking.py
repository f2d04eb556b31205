"""A wish for an open article that cannot be fulfilled does not stand for ever."""

from __future__ import annotations

import pytest

from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.presentation.seeking import AT_ONCE, Seeking


def test_a_fault_ends_the_looking() -> None:
    def nearest(forward: bool) -> Slices[Id | None]:
        for _ in range(AT_ONCE):
            yield
        raise ValueError("spoilt")

    seeking = Seeking(nearest)
    seeking.begin((True,), lambda _: pytest.fail("nothing was found"), is_driven=True)
    assert seeking.is_going_on
    with pytest.raises(ValueError, match="spoilt"):
        seeking.look_on()
    assert not seeking.is_going_on
    seeking.look_on()
