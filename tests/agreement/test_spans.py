"""F1 of spans and the four schemes, on small examples computed by hand."""

from __future__ import annotations

import pytest

from annotator.agreement.measure import count
from annotator.agreement.pairing import HALF
from annotator.agreement.schemes import Scheme, scheme_f1, score
from annotator.agreement.spans import exact_f1, overlap_f1, pair_scores, touch_f1
from annotator.agreement.units import Span, span
from tests.agreement.shapes import document, nothing, value


def bio(text: str) -> list[Span]:
    """The spans of a line of BIO tags, one code point per token."""
    spans: list[Span] = []
    for at, tag in enumerate(text.split()):
        kind, _, label = tag.partition("-")
        if kind == "B":
            spans.append(span(at, at + 1, label))
        elif kind == "I":
            spans[-1] = span(spans[-1].start, at + 1, label)
    return spans


GOLD = ["O B-PER I-PER O O O B-ORG I-ORG", "B-LOC B-PER I-PER O O B-DATE"]
FOUND = ["O O B-PER I-PER O O B-ORG I-ORG", "B-LOC I-LOC B-PER O O B-DATE"]


@pytest.mark.parametrize(
    ("scheme", "correct", "incorrect", "partial", "f1"),
    [
        (Scheme.STRICT, 2, 3, 0, 0.40),
        (Scheme.EXACT, 2, 3, 0, 0.40),
        (Scheme.TYPE, 5, 0, 0, 1.00),
        (Scheme.PARTIAL, 2, 0, 3, 0.70),
    ],
)
def test_nervaluate_example_t19(scheme, correct, incorrect, partial, f1) -> None:
    scores = [score(scheme, bio(b), bio(a)) for a, b in zip(GOLD, FOUND, strict=True)]
    assert sum(one.correct for one in scores) == correct
    assert sum(one.incorrect for one in scores) == incorrect
    assert sum(one.partial for one in scores) == partial
    documents = [
        document(
            8,
            str(number),
            A=[(s.start, s.end, s.label) for s in bio(b)],
            B=[(s.start, s.end, s.label) for s in bio(a)],
        )
        for number, (a, b) in enumerate(zip(GOLD, FOUND, strict=True))
    ]
    assert value(scheme_f1(scheme), *documents) == pytest.approx(f1)


REFERENCE = [(0, 5, "X"), (20, 25, "X"), (30, 35, "X"), (40, 45, "X"), (50, 55, "X")]
ANSWER = [(0, 5, "X"), (10, 15, "X"), (30, 35, "Y"), (40, 43, "X"), (50, 53, "Y")]


@pytest.mark.parametrize(
    ("scheme", "counts", "f1"),
    [
        (Scheme.TYPE, (2, 2, 0, 1, 1), 0.4),
        (Scheme.PARTIAL, (2, 0, 2, 1, 1), 0.6),
        (Scheme.EXACT, (2, 2, 0, 1, 1), 0.4),
        (Scheme.STRICT, (1, 3, 0, 1, 1), 0.2),
    ],
)
def test_one_row_of_each_kind(scheme, counts, f1) -> None:
    found = score(scheme, [span(*mark) for mark in ANSWER], [span(*mark) for mark in REFERENCE])
    assert (found.correct, found.incorrect, found.partial, found.missed, found.spurious) == counts
    assert found.f1 == pytest.approx(f1)


@pytest.mark.parametrize(
    ("scheme", "counts", "f1"),
    [
        (Scheme.TYPE, (3, 2, 0, 1, 1), 0.5),
        (Scheme.PARTIAL, (3, 0, 2, 1, 1), 0.667),
        (Scheme.EXACT, (3, 2, 0, 1, 1), 0.5),
        (Scheme.STRICT, (2, 3, 0, 1, 1), 0.333),
    ],
)
def test_six_row_table_t19(scheme, counts, f1) -> None:
    """I match (twice), II spurious, III missed, IV wrong type, V wrong bounds, VI both."""
    reference = [*REFERENCE, (60, 65, "X")]
    answer = [*ANSWER, (60, 65, "X")]
    found = score(scheme, [span(*mark) for mark in answer], [span(*mark) for mark in reference])
    assert (found.correct, found.incorrect, found.partial, found.missed, found.spurious) == counts
    assert found.f1 == pytest.approx(f1, abs=5e-4)


def test_exact_and_overlap() -> None:
    one = document(100, A=[(0, 10), (20, 30), (40, 50)], B=[(0, 10), (22, 40)])
    assert value(exact_f1(), one) == pytest.approx(2 * 1 / 5)
    assert value(overlap_f1(), one) == pytest.approx(2 * 2 / 5)
    assert value(overlap_f1(HALF), one) == pytest.approx(2 * 1 / 5)


def test_overlap_asks_for_the_same_label() -> None:
    one = document(100, A=[(0, 10, "x")], B=[(0, 10, "y")])
    assert value(overlap_f1(), one) == 0
    assert value(touch_f1(), one) == 0


def test_many_to_one_is_not_symmetric_and_shows_both_sides() -> None:
    one = document(100, A=[(0, 50)], B=[(0, 10), (20, 30), (60, 70)])
    (counted,) = count([touch_f1()], [one])
    (pair,) = pair_scores(counted)
    assert (pair.precision, pair.recall) == (1.0, pytest.approx(2 / 3))
    assert value(touch_f1(), one) == pytest.approx(0.8)
    assert value(overlap_f1(), one) == pytest.approx(0.5)


def test_counts_are_added_over_documents_and_averaged_over_pairs() -> None:
    big = document(100, "1", A=[(0, 1), (2, 3), (4, 5)], B=[(0, 1), (2, 3), (4, 5)], C=[(9, 10)])
    small = document(100, "2", A=[(0, 1)], B=[(5, 6)], C=[(5, 6)])
    # A–B 2·3/8, A–C 0/6, B–C 2·1/6
    expected = (6 / 8 + 0 + 2 / 6) / 3
    assert value(exact_f1(), big, small) == pytest.approx(expected)


def test_edges_of_one_space_i6() -> None:
    one = document(100, A=[(10, 20), (30, 40)], B=[(10, 21), (30, 41)])
    assert value(exact_f1(), one) == 0
    assert value(overlap_f1(HALF), one) == 1


def test_pairs_that_marked_nothing_are_told() -> None:
    one = document(100, A=[(10, 20)], B=[], C=[])
    (counted,) = count([exact_f1()], [one])
    found = counted.coefficient()
    assert found.value == 0
    assert found.notes == ("1 pairs of annotators marked nothing and have no F1.",)
    assert [pair.f1 for pair in pair_scores(counted)] == [0, 0, None]
    nothing(exact_f1(), document(10, A=[], B=[]))
