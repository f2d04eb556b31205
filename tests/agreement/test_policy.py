"""What happens at the edges: stated once in the manual, held here for every measure."""

from __future__ import annotations

import pytest

from annotator.agreement.attributes import attribute_alpha
from annotator.agreement.coding import u_alpha, u_alpha_relevance
from annotator.agreement.gamma import Chance
from annotator.agreement.identity import identity_f1, identity_kappa
from annotator.agreement.links import link_f1, same_end
from annotator.agreement.measure import Measure, assess
from annotator.agreement.opinions import sentiment_f1
from annotator.agreement.spans import exact_f1, overlap_f1
from annotator.agreement.statements import statement_alpha, statement_f1
from annotator.agreement.table import layer_measures
from annotator.agreement.tokens import token_alpha, token_kappa
from annotator.agreement.unitizing import unitizing_alpha
from annotator.agreement.units import Document, span
from annotator.agreement.values import NEEDS_TWO, Coefficient
from annotator.domain.errors import Refused
from tests.agreement.shapes import document, nothing, value

EVERY: list[Measure] = [
    *layer_measures(with_gamma=Chance(samples=3, precision=None)),
    *(attribute_alpha("stance"), identity_kappa(), identity_f1(), sentiment_f1()),
    *(same_end("source"), link_f1(), link_f1(exact=True), statement_f1(), statement_alpha()),
]
each = pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.name)


@each
def test_fewer_than_two_annotators_leave_the_computation(measure: Measure) -> None:
    alone = document(30, A=[(0, 5)])
    found = nothing(measure, alone)
    assert found.reason == NEEDS_TWO
    assert found.basis
    assert (found.basis.used, found.basis.left_out) == (0, 1)
    assert nothing(measure).reason == NEEDS_TWO
    both = document(30, "two", A=[(0, 5, "x", 1), (9, 12, "y", 2)], B=[(0, 6, "x", 1)])
    assert assess(measure, [both, alone]).value == assess(measure, [both]).value


@each
def test_legitimate_data_never_raise_and_are_never_not_a_number(measure: Measure) -> None:
    empty: dict[str, list[tuple[object, ...]]] = {"A": [], "B": []}
    for people in (
        empty,
        {**empty, "A": [(0, 5)]},
        {**empty, "A": [(0, 30)], "B": [(0, 30)]},
        {**empty, "A": [(0, 1)] * 3, "B": [(0, 1)]},
        {"A": [(0, 5, "x", 1)], "B": [(0, 5, "x", 1)], "C": [(0, 5, "x", 1)]},
    ):
        assert isinstance(assess(measure, [document(30, **people)], draws=5), Coefficient)
    assert isinstance(assess(measure, [Document("none", 0, {"A": (), "B": ()})]), Coefficient)


def test_nobody_marked_anything() -> None:
    empty = document(30, A=[], B=[])
    assert "nobody marked" in nothing(exact_f1(), empty).reason
    assert "nobody marked" in nothing(unitizing_alpha(), empty).reason
    found = nothing(token_alpha(), empty)
    assert "no variation" in found.reason
    assert found.basis
    assert found.basis.both_empty == 1


def test_an_empty_document_still_counts_as_agreement_on_leaving_alone() -> None:
    some = document(30, A=[(0, 5)], B=[(3, 9)])
    empty = document(30, "two", A=[], B=[])
    assert value(token_alpha(), some, empty) > value(token_alpha(), some)
    assert value(u_alpha(), some, empty) > value(u_alpha(), some)
    assert value(exact_f1(), some, empty) == value(exact_f1(), some)


def test_one_marked_and_the_others_nothing() -> None:
    one = document(100, A=[(0, 5), (20, 40)], B=[])
    assert value(exact_f1(), one) == 0
    assert value(overlap_f1(), one) == 0
    assert value(unitizing_alpha(), one) == 0


def test_a_continuum_without_gap_is_explained() -> None:
    full = document(30, A=[(0, 30)], B=[(0, 30)])
    for measure in (u_alpha(), u_alpha_relevance()):
        assert "no gap" in nothing(measure, full).reason
    found = nothing(token_kappa(), full)
    assert "no variation" in found.reason
    assert found.observed == 1.0


@pytest.mark.parametrize("extent", [(5, 5), (6, 5), (-1, 3), (25, 31)])
def test_empty_or_ill_placed_units_are_refused_at_entry(extent: tuple[int, int]) -> None:
    with pytest.raises(Refused):
        document(30, A=[extent], B=[])


def test_negative_values_are_shown_as_they_are() -> None:
    assert value(token_alpha(), document(2, A=[(0, 1)], B=[(1, 2)])) == pytest.approx(-0.5)


def test_different_documents_are_never_laid_over_each_other_i1() -> None:
    """Two coders, several documents, wholly different spans at the same offsets."""
    first = document(200, "1", A=[(10, 20), (50, 70)], B=[(100, 120)])
    second = document(200, "2", A=[(100, 120)], B=[(10, 20), (50, 70)])
    for measure in (unitizing_alpha(), u_alpha(), token_alpha(), token_kappa(), exact_f1()):
        assert value(measure, first, second) < 0.1


def test_coverage_stands_beside_every_kappa_i3() -> None:
    # “the blackboard” against “blackboard”, then both “chalk”
    one = Document(
        "one",
        20,
        {"A": (span(0, 14), span(15, 20)), "B": (span(4, 14), span(15, 20))},
        ((0, 3), (4, 14), (15, 20)),
    )
    found = assess(token_kappa(union_only=True), [one])
    assert found.coverage
    assert (found.coverage.used, found.coverage.total) == (3, 3)
    beside = document(20, "two", A=[(0, 5)], B=[(0, 5)])
    found = assess(token_kappa(union_only=True), [one, beside])
    assert found.coverage
    assert found.coverage.share == pytest.approx(8 / 23)


def test_one_label_does_not_spoil_another_i5() -> None:
    """Ten coders tag ``name`` alike; all also overlay ``name.first``."""
    people = {f"p{n}": [(0, 9, "name"), (0, 4, "name.first")] for n in range(10)}
    one = document(30, **people)
    for measure in (exact_f1(), token_alpha(), unitizing_alpha()):
        assert value(measure, one) == 1.0
        for label in ("name", "name.first"):
            assert value(measure, one.only(label)) == 1.0


def test_a_unanimous_corpus_is_explained_i11() -> None:
    full = [document(30, str(n), A=[(0, 30)], B=[(0, 30)]) for n in range(3)]
    found = assess(token_alpha(), full)
    assert (found.value, found.observed) == (None, 0.0)
    assert "no variation" in found.reason


def test_agreement_and_disagreement_follow_one_rule_i9() -> None:
    """What overlap F1 calls shared is what attributes and links are compared on."""
    one = document(50, A=[(0, 9, "x", 1), (20, 29, "x", 2)], B=[(5, 12, "x", 1), (40, 44, "x", 1)])
    f1, ends = (assess(measure, [one]).coverage for measure in (overlap_f1(), same_end("source")))
    values = assess(attribute_alpha("stance"), [one]).coverage
    assert f1
    assert ends
    assert values
    assert f1.used == ends.used == values.used == 2
    assert f1.total == ends.total == values.total == 4
