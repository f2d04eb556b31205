"""Numbers of things in words."""

from __future__ import annotations

import pytest

from annotator.domain.counts import counted


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1_000, "1,000 marks")]
)
def test_one_thing_is_no_several(count: int, told: str) -> None:
    assert counted(count, "mark") == told
