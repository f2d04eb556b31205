"""What becomes of one record that two projects have, each by itself."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.merge_rules import Named, Verdict, essence, judge, order


def row(value: str, at: str = "1") -> Named:
    return {"id": "m", "value": value, "modified": at, "codebook_version": 1}


def known(*rows: Named) -> Collection[tuple[object, ...]]:
    return {essence(item) for item in rows}


A, B, C = row("a", "1"), row("b", "2"), row("c", "3")


@pytest.mark.parametrize(
    ("mine", "theirs", "here", "there", "verdict"),
    [
        (A, A, known(A), known(A), Verdict.SAME),
        (A, {**A, "codebook_version": 2}, known(A), known(A), Verdict.SAME),
        (None, A, known(), known(A), Verdict.NEW),
        (A, B, known(A), known(A, B), Verdict.CHANGED),
        (B, A, known(A, B), known(A), Verdict.NEWER_HERE),
        (B, C, known(A, B), known(A, C), Verdict.CONFLICT_THEIRS),
        (C, B, known(A, C), known(A, B), Verdict.CONFLICT_OURS),
        (A, None, known(A), known(), Verdict.SAME),
        (A, None, known(A), known(A), Verdict.REMOVED),
        (B, None, known(A, B), known(A), Verdict.CONFLICT_OURS),
        (None, A, known(A), known(A), Verdict.NEWER_HERE),
        (None, B, known(A), known(A, B), Verdict.CONFLICT_THEIRS),
        (row("a", "1"), row("a", "2"), known(), known(), Verdict.CHANGED),
    ],
)
def test_a_record_is_judged(
    mine: Named | None, theirs: Named | None, here: set, there: set, verdict: Verdict
) -> None:
    assert judge(mine, theirs, here, there) is verdict


rows = st.builds(row, st.sampled_from("abc"), st.sampled_from("123"))


@given(rows, rows, st.lists(rows), st.lists(rows))
def test_both_sides_come_to_the_same_form(
    one: Named, other: Named, mine: list, theirs: list
) -> None:
    here, there = known(one, *mine), known(other, *theirs)
    takes = (Verdict.CHANGED, Verdict.CONFLICT_THEIRS)
    ours = other if judge(one, other, here, there) in takes else one
    back = one if judge(other, one, there, here) in takes else other
    assert essence(ours) == essence(back)


@given(rows, rows)
def test_the_order_is_total(one: Named, other: Named) -> None:
    assert (order(one) == order(other)) == (essence(one) == essence(other))
