"""Counting, pooling, groups, intervals and the table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.measure import Measure, assess, count, quantile, tally_all
from annotator.agreement.spans import exact_f1, overlap_f1
from annotator.agreement.sums import Columns, joined
from annotator.agreement.table import layer_measures, table
from annotator.agreement.tokens import token_alpha
from annotator.agreement.values import Coefficient, Coverage, mean_of
from annotator.domain.errors import Refused
from tests.agreement.shapes import document

numbers = st.one_of(st.integers(-5, 2**70), st.floats(-10, 10), st.integers(0, 9))
tallies = st.lists(st.dictionaries(st.sampled_from("abcdef"), numbers), max_size=6)


@given(tallies, st.randoms(use_true_random=False))
def test_columns_add_like_dictionaries(rows, chance) -> None:
    columns = Columns(len(rows))
    for row in rows:
        columns.add(row)
    chosen = chance.choices(range(len(rows)), k=5) if rows else []
    total = columns.total_of(chosen)
    assert columns.total_of(chosen[::-1]) == total
    for name in "abcdef":
        parts = [rows[number].get(name, 0) for number in chosen]
        assert total.get(name, 0) == pytest.approx(sum(parts), rel=1e-12, abs=1e-9)


@given(tallies, st.integers(0, 6))
def test_parts_can_be_counted_apart_and_joined(rows, cut) -> None:
    whole, parts = Columns(6), (Columns(3), Columns(3))
    for number, row in enumerate(rows):
        whole.add(row)
        parts[number >= cut].add(row)
    assert joined(parts).total() == pytest.approx(whole.total())
    kept = list(range(0, len(rows), 2))
    assert whole.only(kept).total() == pytest.approx(whole.total_of(kept))


PROJECT = [
    document(
        60, f"d{number:02}",
        A=[(0, 5, "x"), (10, 10 + number % 7 + 1, "y")],
        B=[(number % 3, 5, "x"), (10, 15, "y")],
        C=[(0, 5, "x")] if number % 2 else [],
    )
    for number in range(20)
]  # fmt: skip


def test_an_interval_is_repeatable_and_holds_the_value() -> None:
    first = assess(token_alpha(), PROJECT, draws=200)
    again = assess(token_alpha(), PROJECT[::-1], draws=200)
    assert first == again
    assert first.interval
    assert first.interval.low < first.value < first.interval.high
    assert (first.interval.draws, first.interval.undefined) == (200, 0)
    assert assess(token_alpha(), PROJECT, draws=200, seed=1).interval != first.interval


def test_there_is_no_interval_of_one_document() -> None:
    assert assess(exact_f1(), PROJECT[:1], draws=50).interval is None


def test_draws_without_a_value_are_counted_and_too_many_give_no_interval() -> None:
    empty = [document(10, f"e{number}", A=[], B=[]) for number in range(3)]
    found = assess(exact_f1(), [PROJECT[0], *empty], draws=400).interval
    assert found
    assert 0 < found.undefined < 200
    many = [document(10, f"e{number:02}", A=[], B=[]) for number in range(30)]
    full = document(10, "full", A=[(0, 5)], B=[(0, 5)])
    assert assess(exact_f1(), [full, *many], draws=400).interval is not None
    unanimous = [document(5, f"u{number:02}", A=[(0, 5)], B=[(0, 5)]) for number in range(30)]
    varied = document(5, "v", A=[(0, 5)], B=[(0, 3)])
    few = assess(token_alpha(), [varied, *unanimous[:1]], draws=400).interval
    assert few is None or few.undefined < 200


def test_groups_are_counted_once() -> None:
    (counted,) = count([exact_f1()], PROJECT)
    odd = counted.where(lambda one: int(one.id[1:]) % 2 == 1)
    expected = assess(exact_f1(), [one for one in PROJECT if int(one.id[1:]) % 2])
    assert odd.coefficient() == expected
    nobody = counted.where(lambda one: False)
    assert nobody.coefficient().value is None


def test_counting_can_be_spread_over_workers() -> None:
    def halves(measures, documents, tick):
        cut = len(documents) // 2
        parts = (tally_all(measures, documents[:cut]), tally_all(measures, documents[cut:]))
        return [joined(part) for part in zip(*parts, strict=True)]

    measures = layer_measures()
    spread = [one.coefficient() for one in count(measures, PROJECT, None, halves)]
    assert spread == [one.coefficient() for one in count(measures, PROJECT)]


class Stopped(Exception):
    pass


def test_the_table_shows_layer_and_labels_tells_progress_and_stops() -> None:
    told: list[float] = []
    rows = table(PROJECT, draws=3, tick=told.append)
    assert told == sorted(told)
    assert told[0] >= 0
    assert told[-1] <= 1
    assert {row.label for row in rows} == {None, "x", "y"}
    names = [row.coefficient.name for row in rows if row.label is None]
    assert names == [measure.name for measure in layer_measures()]
    assert all(row.coefficient.coverage and row.coefficient.basis for row in rows)
    one = next(row for row in rows if row.label == "x" and row.coefficient.name == "(x)uα")
    assert one.coefficient.value is not None

    def stop(share: float) -> None:
        if share > 0.5:
            raise Stopped

    with pytest.raises(Stopped):
        table(PROJECT, draws=3, tick=stop)


def test_the_table_of_one_label_has_no_rows_by_label() -> None:
    one = [document(60, "1", A=[(0, 5, "x")], B=[(0, 4, "x")])]
    assert {row.label for row in table(one, [exact_f1(), overlap_f1()], draws=0)} == {None}


def test_a_coefficient_has_a_value_or_a_reason() -> None:
    with pytest.raises(Refused):
        Coefficient("x", None)
    with pytest.raises(Refused):
        Coefficient("x", 0.5, "but")
    with pytest.raises(Refused):
        Coefficient("x", float("nan"))
    assert Coverage(0, 0, "marks").share is None
    assert mean_of([]).value is None


def test_quantiles_lie_between_neighbours() -> None:
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    assert quantile([1.0], 0.975) == 1.0
    assert quantile([0.0, 10.0], 0.25) == 2.5


@pytest.mark.parametrize("measure", layer_measures(), ids=lambda measure: measure.name)
def test_the_value_alone_is_the_value(measure: Measure) -> None:
    (counted,) = count([measure], PROJECT)
    for chosen in (range(20), [0, 0, 3], [1], [1, 1], []):
        drawn = counted.columns.total_of(chosen)
        value = measure.value(drawn).value
        assert measure.value_alone(drawn) == (None if value is None else pytest.approx(value))
