"""α_U and the uα family: Krippendorff 1995, 2004 and Krippendorff, Mathet et al. 2016."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.coding import NOT_BOTH, cu_alpha, k_u_alpha, u_alpha, u_alpha_relevance
from annotator.agreement.measure import assess
from annotator.agreement.unitizing import (
    Section,
    observed_distance,
    section_distance,
    unitizing_alpha,
)
from annotator.agreement.units import merged
from annotator.agreement.values import NO_GAP
from tests.agreement.shapes import document, documents, nothing, value


def lengths(*units: tuple[int, int], label: str = "x", times: int = 1) -> list[tuple[object, ...]]:
    return [(start * times, (start + length) * times, label) for start, length in units]


T12 = document(
    300,
    i=lengths((75, 70), (220, 30), label="c") + lengths((30, 60), (150, 50), label="k"),
    j=lengths((70, 80), (205, 20), (250, 20), label="c") + lengths((30, 60), (150, 50), label="k"),
)


def test_krippendorff_2004_p254_t12() -> None:
    c = assess(unitizing_alpha("c"), [T12])
    assert c.observed == pytest.approx(0.01444, abs=5e-6)
    assert c.expected == pytest.approx(0.05322, abs=5e-6)
    assert c.value == pytest.approx(0.7286, abs=5e-5)
    k = assess(unitizing_alpha("k"), [T12])
    assert k.expected == pytest.approx(0.0490, abs=5e-5)
    assert k.value == 1.0
    assert value(unitizing_alpha(), T12) == pytest.approx(0.8587, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        (Section(5, 6), Section(4, 2), 26),
        (Section(5, 6), Section(6, 4), 2),
        (Section(1, 8), Section(2, 1), 37),
        (Section(1, 8), Section(4, 1), 25),
        (Section(225, 70), Section(220, 80), 50),
        (Section(370, 30), Section(355, 20), 850),
        (Section(400, 50, False), Section(400, 20), 400),
        (Section(1, 8), Section(0, 2, False), 0),
    ],
)
def test_section_distances_t13(one: Section, other: Section, distance: int) -> None:
    assert section_distance(one, other) == section_distance(other, one) == distance


T15 = {
    "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)]),
    "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)]),
    "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)]),
    "D": ([(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)], [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)]),
}


@pytest.mark.parametrize(
    ("example", "coarse", "fine", "published", "off"),
    [
        ("A", 0.5153, 0.553, 0.553, 0.003),
        ("B", -1.0811, -0.928, -0.926, 0.003),
        ("C", 0.6033, 0.693, 0.679, 0.02),
        ("D", -0.2068, 0.066, 0.066, 0.003),
    ],
)
def test_krippendorff_1995_p57_t15(example, coarse, fine, published, off) -> None:
    mine, theirs = T15[example]
    at_units = document(24, a=lengths(*mine), b=lengths(*theirs))
    assert value(unitizing_alpha("x"), at_units) == pytest.approx(coarse, abs=5e-5)
    times = 50_000
    close = document(
        24 * times,
        width=24 * times,
        a=lengths(*mine, times=times),
        b=lengths(*theirs, times=times),
    )
    found = value(unitizing_alpha("x"), close)
    assert found == pytest.approx(fine, abs=6e-4)
    assert found == pytest.approx(published, abs=off)


T16 = document(
    20,
    Alex=[(2, 5, "1"), (9, 11, "1"), (12, 20, "2")],
    Paul=[(2, 5, "1"), (7, 15, "2")],
    Susan=[(2, 5, "1"), (10, 15, "2")],
)


def test_u_alpha_family_t16() -> None:
    assert value(u_alpha(), T16) == pytest.approx(0.4739, abs=5e-5)
    assert value(u_alpha_relevance(), T16) == pytest.approx(0.4328, abs=5e-5)
    for measure, printed, share in (
        (cu_alpha(), 0.7789, 0.3833),
        (k_u_alpha("1"), 0.7693, 0.9545),
        (k_u_alpha("2"), 0.7870, 0.5952),
    ):
        found = assess(measure, [T16])
        assert found.value == pytest.approx(printed, abs=5e-5)
        assert found.coverage
        assert found.coverage.share == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize(("example", "printed"), [("A", 0.3583), ("B", 0.4220), ("C", 0.3512)])
def test_one_label_is_relevance_t17(example: str, printed: float) -> None:
    mine, theirs = T15[example]
    one = document(24, a=lengths(*mine), b=lengths(*theirs))
    assert value(u_alpha(), one) == pytest.approx(printed, abs=5e-5)
    assert value(u_alpha_relevance(), one) == pytest.approx(printed, abs=5e-5)


def test_without_a_gap_there_is_no_value_t17() -> None:
    mine, theirs = T15["D"]
    full = document(24, a=lengths(*mine), b=lengths(*theirs))
    assert nothing(u_alpha(), full).reason == NO_GAP
    assert nothing(u_alpha_relevance(), full).reason == NO_GAP


def test_coding_needs_a_place_both_marked() -> None:
    apart = document(20, a=[(0, 5, "x")], b=[(10, 15, "y")])
    assert nothing(cu_alpha(), apart).reason == NOT_BOTH
    assert nothing(k_u_alpha("x"), apart).reason == NOT_BOTH
    nothing(k_u_alpha("z"), apart)


def test_coding_of_one_label_has_no_variation() -> None:
    alike = document(20, a=[(0, 5, "x")], b=[(0, 5, "x")])
    found = nothing(cu_alpha(), alike)
    assert "no variation" in found.reason
    assert found.observed == 0
    assert value(u_alpha(), alike) == 1.0


def test_same_label_overlaps_are_merged_and_counted() -> None:
    stacked = document(50, a=[(0, 10), (5, 15), (15, 20)], b=[(0, 15), (15, 20)])
    for measure in (unitizing_alpha(), u_alpha()):
        found = assess(measure, [stacked])
        assert found.value == 1.0
        assert found.notes == (
            "1 overlapping units of one label by one annotator were merged into their neighbours.",
        )


def test_units_that_touch_stay_apart() -> None:
    touching = document(50, a=[(0, 10), (10, 20)], b=[])
    assert merged(touching.spans["a"]) == ({"mark": [(0, 10), (10, 20)]}, 0)


def test_different_labels_that_overlap_are_cut_and_counted() -> None:
    crossing = document(50, a=[(0, 10, "x"), (5, 15, "y")], b=[(0, 10, "x"), (10, 15, "y")])
    found = assess(u_alpha(), [crossing])
    assert found.value == 1.0
    assert found.notes == ("1 units gave way where units of different labels overlapped.",)


@given(documents(people=4))
def test_the_sweep_adds_up_all_section_distances(one) -> None:
    people = [merged(spans)[0].get("a", []) for spans in one.spans.values()]
    naive = sum(
        section_distance(a, b)
        for first, second in combinations(people, 2)
        for a in sections(first, one.length)
        for b in sections(second, one.length)
    )
    assert observed_distance(people) == naive


def sections(units: list[tuple[int, int]], length: int) -> list[Section]:
    found, last = [], 0
    for start, end in units:
        if start > last:
            found.append(Section(last, start - last, False))
        found.append(Section(start, end - start))
        last = end
    return found + ([Section(last, length - last, False)] if last < length else [])


@given(st.integers(1, 30), st.integers(0, 30))
def test_a_lone_unit_is_worth_nothing(size: int, room: int) -> None:
    lone = document(size + room, a=[(0, size)], b=[])
    assert value(unitizing_alpha(), lone) == 0.0
