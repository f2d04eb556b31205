"""Counting, pooling, groups, intervals and the table."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.alpha import Scale
from annotator.agreement.attributes import attribute_alpha
from annotator.agreement.coding import k_u_alpha
from annotator.agreement.links import link_f1, same_end
from annotator.agreement.measure import Measure, assess, count, quantile
from annotator.agreement.spans import exact_f1, overlap_f1
from annotator.agreement.statements import statement_alpha, statement_f1
from annotator.agreement.sums import Columns, joined
from annotator.agreement.table import Look, Row, counted, label_measures, layer_measures, table
from annotator.agreement.tokens import token_alpha, token_pi
from annotator.agreement.values import Coefficient, Coverage, mean_of
from annotator.domain.errors import Refused
from tests.agreement.shapes import document

numbers = st.one_of(st.integers(-5, 2**70), st.floats(-10, 10), st.integers(0, 9))
tallies = st.lists(st.dictionaries(st.sampled_from("abcdef"), numbers), max_size=6)


@given(tallies, st.randoms(use_true_random=False))
def test_columns_add_like_dictionaries(rows, chance) -> None:
    columns = filled(rows)
    assert len(columns) == len(rows)
    total = columns.total()
    for name in "abcdef":
        parts = [row.get(name, 0) for row in rows]
        assert total.get(name, 0) == pytest.approx(sum(parts), rel=1e-12, abs=1e-9)
        if all(isinstance(part, int) and 0 <= part < 2**32 for part in parts):
            assert type(total.get(name, 0)) is int
    chance.shuffle(rows)
    assert filled(rows).total() == total


@given(tallies, st.data())
def test_draws_add_each_document_as_often_as_it_was_taken(rows, data) -> None:
    often = st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))
    times = np.array([data.draw(often), data.draw(often)], "float64").reshape(2, len(rows))
    sums = filled(rows).matrix().sums(times)
    assert len(sums.names) == len({name for row in rows for name in row})
    for taken, total in zip(times, sums.each(), strict=True):
        for name in sums.names:
            parts = [n * row.get(name, 0) for n, row in zip(taken, rows, strict=True)]
            assert total[name] == pytest.approx(sum(parts), rel=1e-12, abs=1e-9)


@given(tallies, st.integers(0, 6))
def test_parts_can_be_counted_apart_and_joined(rows, cut) -> None:
    parts = filled(rows[:cut]), filled(rows[cut:])
    assert joined(parts).total() == filled(rows).total()
    kept = list(range(0, len(rows), 2))
    chosen = filled(rows).only(kept).total()
    expected = filled([rows[number] for number in kept]).total()
    assert {name: number for name, number in chosen.items() if number} == {
        name: number for name, number in expected.items() if number
    }


def filled(rows: list[dict[str, float]]) -> Columns:
    columns = Columns()
    for row in rows:
        columns.add(row)
    return columns


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


def test_documents_can_be_counted_in_parts() -> None:
    look = Look(tuple(layer_measures()), label_measures, lambda label: [k_u_alpha(label)])
    parts = [look.tallied(PROJECT[:1]), look.tallied(PROJECT[1:6]), look.tallied(PROJECT[6:])]
    for part in parts[1:]:
        parts[0].add(part)
    found = [Row(label, one.with_interval(10)) for label, one in counted(look, parts[0])]
    assert found == table(PROJECT, draws=10)


def test_a_label_that_is_not_in_every_part_is_absent_there() -> None:
    odd = document(60, "e", A=[(0, 5, "w")], B=[(3, 9, "x")])
    look = Look(tuple(layer_measures()), label_measures, lambda label: [k_u_alpha(label)])
    parts = [look.tallied(PROJECT), look.tallied([odd])]
    for part in parts[1:]:
        parts[0].add(part)
    found = [Row(label, one.with_interval(10)) for label, one in counted(look, parts[0])]
    assert found == table([*PROJECT, odd], draws=10)
    assert {row.label for row in found} == {None, "w", "x", "y"}


VALUED = [
    document(
        60, f"c{number:02}",
        A=[(0, 5, "x", 1 + number % 3), (10, 16, "y", 3)],
        B=[(number % 3, 5, "x", 2), (10, 15, "y", 3)],
        C=[(0, 5, "x", 1 + number % 2)] if number % 2 else [],
    )
    for number in range(6)
]  # fmt: skip

ALONE = [
    *(measure for measure in layer_measures() if measure.alone),
    *(token_pi(), link_f1(), same_end("source"), statement_f1()),
    *(attribute_alpha("value", scale) for scale in Scale),
    *(statement_alpha(scale) for scale in (Scale.NOMINAL, Scale.ORDINAL)),
    attribute_alpha("value", Scale.ORDINAL, (3, 1, 2)),
]


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


@pytest.mark.parametrize("measure", ALONE, ids=lambda measure: measure.name)
def test_the_value_alone_is_the_value(measure: Measure) -> None:
    (one,) = count([measure], [*VALUED, *PROJECT])
    times = np.zeros((6, 26))
    for row, taken in enumerate((range(26), [0, 0, 3], [1], [1, 1], [8, 9, 9], [])):
        np.add.at(times[row], list(taken), 1)
    sums = one.columns.matrix().sums(times)
    expected = [measure.value(total).value for total in sums.each()]
    assert measure.alone
    for value, alone in zip(expected, measure.alone(sums).tolist(), strict=True):
        assert alone == pytest.approx(math.nan if value is None else value, nan_ok=True)
    assert measure.values(sums) == pytest.approx([v for v in expected if v is not None])
