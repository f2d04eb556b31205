"""What does not stay under its bar is told, by every limit the bar has."""

from __future__ import annotations

import pytest

from tests.bench.bars import Bar
from tests.bench.measuring import judgement, row, table


@pytest.mark.parametrize(
    ("bar", "times", "beside", "words", "holds"),
    [
        (Bar(3), [29.0], [10.0], "≤ 3 ×", True),
        (Bar(3), [31.0], [10.0], "≤ 3 ×", False),
        (Bar(1.5, median=2_000), [2_100.0], [2_000.0], "≤ 2,000 ms and ≤ 1.5 ×", False),
        (Bar(p95=8), [1.0, 2.0, 8.5], [1.0], "p95 ≤ 8 ms", False),
        (Bar(median=8), [1.0, 2.0, 8.5], [1.0], "≤ 8 ms", True),
        (Bar(beyond=10), [12.0], [3.0], "p95 ≤ 10 ms beyond it", True),
        (Bar(beyond=10), [14.0], [3.0], "p95 ≤ 10 ms beyond it", False),
        (Bar(median=250, unit="MB"), [251.0], None, "≤ 250 MB", False),
        (Bar(2), [5.0], None, "≤ 2 ×", True),
    ],
)
def test_each_limit_counts(
    bar: Bar, times: list[float], beside: list[float] | None, words: str, holds: bool
) -> None:
    found = row("import", times, beside=("raw", beside) if beside else None, bar=bar)
    assert found.bar == words
    assert found.holds is holds


def test_what_is_beyond_its_bar_is_named() -> None:
    rows = [
        row("import", [40.0], beside=("raw", [10.0]), bar=Bar(3)),
        row("export", [11.0], beside=("plain", [10.0]), bar=Bar(1.5)),
        row("rows", [1.0]),
    ]
    lines = table(rows).splitlines()
    assert lines[1].endswith("raw (10.00) · ≤ 3 × NOT HELD")
    assert lines[2].endswith("plain (10.00) · ≤ 1.5 ×")
    assert judgement(rows) == ["1 of 2 figures stay under their bars; these do not:", "  import"]
    assert judgement(rows[1:]) == ["1 of 1 figures stay under their bars."]
    assert judgement(rows[2:]) == []
