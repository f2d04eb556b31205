"""γ: its pieces as printed, its reference values within what chance allows."""

from __future__ import annotations

import pytest

from annotator.agreement.alignment import Stretch, Weights, positional
from annotator.agreement.gamma import TOO_MANY, Chance, disorder, gamma
from annotator.agreement.measure import assess
from tests.agreement.shapes import document, nothing, value


def units(text: str) -> list[Stretch]:
    """``a 1 5, b 6 10`` as units."""
    return [
        Stretch(int(start), int(end), label)
        for label, start, end in (part.split() for part in text.split(",") if part.strip())
    ]


@pytest.mark.parametrize(
    ("one", "other", "unlike", "digits"),
    [
        ((1, 5), (2, 6), 0.0625, 1e-9),
        ((4, 14), (40, 44), 22.22, 0.005),
        ((4, 14), (20, 25), 3.24, 0.005),
        ((4, 14), (14, 24), 1, 1e-9),
        ((20, 30), (20, 25), 0.11, 0.005),
    ],
)
def test_place_of_two_units_t18(one, other, unlike, digits) -> None:
    found = positional(Stretch(*one, "x"), Stretch(*other, "x"))
    assert found == pytest.approx(unlike, abs=digits)


EXAMPLES = [
    (["a 1 5, b 6 10, a 11 15", "a 2 6, b 7 11, a 12 16"], Weights(), 0.0625, 0.884),
    (["a 1 5, b 6 10, a 20 24, b 30 34", "a 2 6, b 31 35"], Weights(), 0.70833, 0.567),
    (["a 1 5, b 10 14", "a 2 6, b 11 15", "a 1 4, c 9 14"], Weights(), 0.40876, 0.659),
    (["a 1 5, b 6 10, c 11 15", "a 2 7, b 8 12, a 11 15"], Weights(3, 2), 1.02778, 0.244),
]


@pytest.mark.parametrize(("people", "weights", "printed", "reference"), EXAMPLES)
def test_best_alignments_t18(people, weights, printed, reference) -> None:
    marked = [units(text) for text in people]
    assert disorder(marked, weights) == pytest.approx(printed, abs=5e-6)
    one = document(
        40, **{f"p{n}": [(u.start, u.end, u.label) for u in mine] for n, mine in enumerate(marked)}
    )
    found = assess(gamma(weights), [one])
    assert found.observed == pytest.approx(printed, abs=5e-6)
    assert found.value == pytest.approx(reference, abs=0.05)


def test_identical_marks_give_exactly_one() -> None:
    one = document(40, A=[(1, 5, "a"), (3, 9, "b")], B=[(1, 5, "a"), (3, 9, "b")])
    assert value(gamma(), one) == 1.0


def test_the_seed_decides_and_other_documents_do_not() -> None:
    one = document(40, A=[(1, 5, "a"), (8, 12, "b")], B=[(2, 5, "a")])
    again = document(40, B=[(1, 5, "a"), (8, 12, "b")], A=[(2, 5, "a")])
    empty = document(40, "two", A=[], B=[])
    found = value(gamma(), one)
    assert value(gamma(), again) == found
    assert value(gamma(), one, empty) == found
    assert value(gamma(chance=Chance(seed=5)), one) != found


def test_one_who_marked_beside_one_who_did_not_is_no_better_than_chance() -> None:
    assert value(gamma(), document(40, A=[(1, 5), (9, 12)], B=[])) <= 0.05


def test_nobody_marked_anything() -> None:
    nothing(gamma(), document(40, A=[], B=[]))


def test_too_much_for_three_is_said() -> None:
    crowd = {name: [(at, at + 9, "ab"[at % 2]) for at in range(60)] for name in "ABCDEF"}
    assert nothing(gamma(), document(80, **crowd)).reason == TOO_MANY
