"""Charts keep every id they are given, and time has no gaps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.charts import MOST_PERIODS, chart, first_of, largest, of_time
from annotator.analysis.windows import Unit, period_ends, period_label
from annotator.domain.figure import Form, Part

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS])
HEAPS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")),
    st.lists(st.uuids().map(str), min_size=1, max_size=4),
)


@given(st.lists(DAYS, min_size=1, max_size=8), UNITS)
def test_every_day_is_in_a_period_and_no_period_is_left_out(days: list[date], asked: Unit) -> None:
    labels, unit = of_time(days, asked)
    assert len(labels) == len(set(labels)) <= MOST_PERIODS + 1
    assert labels[0] == period_label(min(days), unit)
    assert labels[-1] == period_label(max(days), unit)
    day = min(days)
    expected = []
    while day <= max(days):
        expected.append(period_label(day, unit))
        day = period_ends(day, unit)[1] + timedelta(days=1)
    assert labels == expected


def test_a_longer_unit_is_taken_where_columns_could_not_be_told_apart() -> None:
    century = [date(1920, 1, 1), date(2020, 1, 1)]
    assert of_time(century, Unit.DAYS)[1] is Unit.YEARS
    assert of_time(century[:1] * 2, Unit.DAYS) == (["1920-01-01"], Unit.DAYS)
    assert of_time([], Unit.WEEKS) == ([], Unit.WEEKS)


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(0, 4)), st.integers(0, 12))
def test_the_first_are_those_that_sorting_all_gives(sizes: dict[str, int], most: int) -> None:
    assert first_of(sizes, most) == sorted(sizes, key=lambda name: (-sizes[name], name))[:most]


@given(HEAPS, st.integers(0, 6))
def test_the_largest_rows_come_first_and_nothing_is_lost(heaps: dict, most: int) -> None:
    rows = largest(heaps, most)
    parts = [(key, Part(key)) for key in "xyz"]
    figure = chart("f", "F", Form.BARS, rows, parts, heaps)
    totals = [figure.total(row) for row in range(len(rows))]
    assert totals == sorted(totals, reverse=True)
    for row, name in enumerate(rows):
        for part, key in enumerate("xyz"):
            assert list(figure.behind.get((row, part), ())) == heaps.get((name, key), [])
    if most >= 6:
        assert sum(totals) == sum(map(len, heaps.values()))


@pytest.mark.parametrize(("missing", "told"), [(False, "5"), (True, "3 of 5")])
def test_a_total_says_what_is_missing(missing: bool, told: str) -> None:
    heaps = {("a", "done"): ["1", "2", "3"], ("a", "open"): ["4", "5"]}
    parts = [("done", Part("Done")), ("open", Part("Open", is_missing=missing))]
    figure = chart("f", "F", Form.BARS, ["a"], parts, heaps, labels={"a": "Actor"})
    assert figure.total_told(0) == told
    assert figure.heading(0, 1) == "F: Actor, Open"
    assert list(figure.table()) == [["", "Done", "Open"], ["Actor", 3, 2]]
