"""Token κ, π and α over what marks cover."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given

from annotator.agreement.alpha import krippendorff_alpha
from annotator.agreement.kappa import cohen_kappa, crossed, scott_pi
from annotator.agreement.measure import assess
from annotator.agreement.tokens import (
    OUTSIDE,
    token_alpha,
    token_kappa,
    token_labels,
    token_pi,
)
from annotator.agreement.units import Span, span
from annotator.agreement.values import mean_of
from tests.agreement.shapes import document, documents, value

TOKENS = [(0, 3), (4, 8), (9, 12), (13, 20)]


def test_a_token_belongs_to_a_mark_that_covers_any_of_it() -> None:
    assert token_labels(TOKENS, [span(7, 9, "x")]) == [OUTSIDE, "x", OUTSIDE, OUTSIDE]
    assert token_labels(TOKENS, [span(3, 4, "x")]) == [OUTSIDE] * 4
    assert token_labels(TOKENS, [span(0, 20, "x")]) == ["x"] * 4


def test_several_labels_on_one_token_are_one_label_together() -> None:
    marks = [span(0, 8, "x"), span(4, 12, "y"), span(4, 5, "x")]
    assert token_labels(TOKENS, marks) == ["x", "x + y", "y", OUTSIDE]
    assert token_labels(TOKENS, marks[::-1]) == ["x", "x + y", "y", OUTSIDE]


def test_fragments_leave_the_gap_between_them_outside() -> None:
    assert token_labels(TOKENS, [Span(((0, 3), (13, 20)), "x")]) == ["x", OUTSIDE, OUTSIDE, "x"]


@given(documents())
def test_it_is_the_plain_coefficient_of_the_labels(one) -> None:
    rows = [token_labels(one.tokens, spans) for spans in one.spans.values()]
    alpha = krippendorff_alpha(zip(*rows, strict=True))
    assert assess(token_alpha(), [one]).value == pytest.approx(alpha.value)
    pairs = [list(zip(a, b, strict=True)) for a, b in combinations(rows, 2)]
    for union_only, kappa in ((False, token_kappa()), (True, token_kappa(union_only=True))):
        tables = [
            crossed(*zip(*chosen, strict=True)) if chosen else {}
            for chosen in (
                [pair for pair in both if not union_only or pair != (OUTSIDE, OUTSIDE)]
                for both in pairs
            )
        ]
        expected = mean_of([cohen_kappa(table) for table in tables])
        found = assess(kappa, [one])
        assert found.value == pytest.approx(expected.value)
        assert found.observed == pytest.approx(expected.observed)
        expected = mean_of([scott_pi(table) for table in tables])
        assert assess(token_pi(union_only), [one]).value == pytest.approx(expected.value)


def test_documents_are_pooled_not_averaged() -> None:
    one = document(4, "1", A=[(0, 1)], B=[(0, 1)])
    two = document(40, "2", A=[(0, 30)], B=[(10, 40)])
    rows = [
        [label for d in (one, two) for label in token_labels(d.tokens, d.spans[who])]
        for who in "AB"
    ]
    expected = cohen_kappa(crossed(*rows)).value
    assert value(token_kappa(), one, two) == pytest.approx(expected)


def test_pairs_are_compared_where_both_are_done() -> None:
    one = document(10, "1", A=[(0, 5)], B=[(0, 4)])
    two = document(10, "2", A=[(0, 5)], C=[(2, 5)])
    expected = [
        cohen_kappa(crossed(*(token_labels(d.tokens, spans) for spans in d.spans.values()))).value
        for d in (one, two)
    ]
    assert None not in expected
    found = assess(token_kappa(), [one, two])
    # B and C share no document and have no value.
    assert found.value == pytest.approx(sum(expected) / 2)
