"""κ, π, Fleiss' κ and α: the worked examples of Cohen, Krippendorff, Fleiss, Artstein & Poesio."""

from __future__ import annotations

import pytest

from annotator.agreement.alpha import Scale, krippendorff_alpha
from annotator.agreement.kappa import (
    cohen_kappa,
    crossed,
    fleiss_kappa,
    fleiss_kappa_by_value,
    scott_pi,
)
from annotator.agreement.values import NO_VARIATION
from annotator.domain.errors import Refused


def rows(*table: tuple[int, ...]) -> dict[tuple[int, int], int]:
    return {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}


@pytest.mark.parametrize(
    ("table", "observed", "expected", "kappa"),
    [
        (rows((88, 14, 18), (10, 40, 10), (2, 6, 12)), 0.70, 0.41, 0.4915),
        (rows((25, 12, 3), (13, 2, 15), (12, 16, 2)), 0.29, 0.35, -0.0923),
        (rows((20, 10), (20, 50)), 0.70, 0.54, 0.3478),
    ],
    ids=["T1 Cohen 1960 p. 45", "T2 Cohen 1960 p. 37", "T3 Artstein & Poesio 2008"],
)
def test_cohen(table: dict[tuple[int, int], int], observed, expected, kappa) -> None:
    found = cohen_kappa(table)
    assert found.observed == pytest.approx(observed, abs=5e-9)
    assert found.expected == pytest.approx(expected, abs=5e-9)
    assert found.value == pytest.approx(kappa, abs=5e-5)


def test_scott_t3() -> None:
    assert scott_pi(rows((20, 10), (20, 50))).value == pytest.approx(0.341, abs=5e-4)


def test_artstein_poesio_p568_t4() -> None:
    table = {("S", "S"): 46, ("I", "S"): 6, ("I", "I"): 32, ("I", "C"): 6, ("C", "C"): 10}
    kappa = cohen_kappa(table)
    assert kappa.observed == pytest.approx(0.88)
    assert kappa.value == pytest.approx(0.8013, abs=5e-5)
    alpha = krippendorff_alpha([pair for pair, n in table.items() for _ in range(n)])
    assert alpha.value == pytest.approx(0.8005, abs=5e-5)
    assert alpha.observed == pytest.approx(0.120)
    assert alpha.expected == pytest.approx(0.6016, abs=5e-5)


def test_krippendorff_2004_p224_t5() -> None:
    found = krippendorff_alpha(["10", "11", "01", "00", "00", "01", "00", "01", "00", "00"])
    assert found.observed == pytest.approx(0.400)
    assert found.expected == pytest.approx(0.4421, abs=5e-5)
    assert found.value == pytest.approx(0.0952, abs=5e-5)


def numbers(units: str) -> list[list[int | None]]:
    return [[None if c == "–" else int(c) for c in unit] for unit in units.split()]


T7 = numbers("11–1 2232 3333 3333 2222 1234 4444 1121 2222 –555 ––11 ––3–")
T8 = [
    list(unit)
    for unit in zip(
        *(
            numbers(coder.replace(" ", ""))[0]
            for coder in (
                "– – – – – 3 4 1 2 1 1 3 3 – 3",
                "1 – 2 1 3 3 4 3 – – – – – – –",
                "– – 2 1 3 4 4 – 2 1 1 3 3 – 4",
            )
        ),
        strict=True,
    )
]


@pytest.mark.parametrize(
    ("scale", "t7", "t8"),
    [
        (Scale.NOMINAL, 0.7434, 0.6914),
        (Scale.ORDINAL, 0.8154, 0.8067),
        (Scale.INTERVAL, 0.8491, 0.8108),
        (Scale.RATIO, 0.7974, 0.8089),
    ],
)
def test_krippendorff_2011_t7_and_three_coders_t8(scale: Scale, t7: float, t8: float) -> None:
    assert krippendorff_alpha(T7, scale).value == pytest.approx(t7, abs=5e-5)
    assert krippendorff_alpha(T8, scale).value == pytest.approx(t8, abs=5e-5)


def test_coverage_tells_what_could_not_be_paired() -> None:
    found = krippendorff_alpha(T7)
    assert found.coverage
    assert (found.coverage.used, found.coverage.total) == (40, 41)


def test_an_order_can_be_given_in_words() -> None:
    names = {1: "oppose", 2: "neutral", 3: "support", 4: "very", 5: "wholly"}
    units = [[None if v is None else names[v] for v in unit] for unit in T7]
    found = krippendorff_alpha(units, Scale.ORDINAL, list(names.values()))
    assert found.value == pytest.approx(0.8154, abs=5e-5)
    turned = krippendorff_alpha(units, Scale.ORDINAL, list(names.values())[::-1])
    assert turned.value == pytest.approx(found.value)


def test_words_are_no_numbers() -> None:
    with pytest.raises(Refused, match="nominal or an ordinal"):
        krippendorff_alpha([("a", "b"), ("a", "a")], Scale.INTERVAL)


FLEISS = [
    "444444",
    "222555",
    "233335",
    "555555",
    "222444",
    "113333",
    "333355",
    "113334",
    "114444",
    "555555",
    "144444",
    "124444",
    "222333",
    "144444",
    "224445",
    "333335",
    "111455",
    "111112",
    "224444",
    "133555",
    "555555",
    "244444",
    "224555",
    "114444",
    "144445",
    "222224",
    "111155",
    "224444",
    "133333",
    "555555",
]


def test_fleiss_1971_t11() -> None:
    units = [{c: unit.count(c) for c in set(unit)} for unit in FLEISS]
    found = fleiss_kappa(units)
    assert found.value == pytest.approx(0.430, abs=5e-4)
    assert found.observed == pytest.approx(0.5556, abs=5e-5)
    # The paper rounds the five shares first and prints 0.2201.
    assert found.expected == pytest.approx(0.2201, abs=2e-4)
    assert found.expected == pytest.approx(0.219938, abs=5e-7)
    by_value = fleiss_kappa_by_value(units)
    printed = dict(zip("12345", (0.248, 0.248, 0.517, 0.470, 0.565), strict=True))
    for category, kappa in printed.items():
        # The paper rounds on the way; so does the test of the example elsewhere.
        assert by_value[category].value == pytest.approx(kappa, abs=5e-3)


def test_positions_of_krippendorff_1995_p57_t15() -> None:
    bertha = [int(2 <= at < 10 or 14 <= at < 20) for at in range(24)]
    bill = [int(4 <= at < 8 or 15 <= at < 17) for at in range(24)]
    table = crossed(bertha, bill)
    assert cohen_kappa(table).value == pytest.approx(0.385, abs=5e-4)
    assert scott_pi(table).value == pytest.approx(0.314, abs=5e-4)
    found = krippendorff_alpha(zip(bertha, bill, strict=True))
    assert found.value == pytest.approx(0.329, abs=5e-4)


def test_small_chance_traps_t22() -> None:
    assert krippendorff_alpha([(1, 2), (2, 1)]).value == pytest.approx(-0.5)
    assert krippendorff_alpha([(1, 1), (2, 2)]).value == 1.0


@pytest.mark.parametrize("scale", list(Scale))
def test_one_value_throughout_is_explained(scale: Scale) -> None:
    found = krippendorff_alpha([(1, 1)] * 5, scale)
    assert (found.value, found.reason, found.observed) == (None, NO_VARIATION, 0.0)
    kappa = cohen_kappa({("a", "a"): 5})
    assert (kappa.value, kappa.reason, kappa.observed) == (None, NO_VARIATION, 1.0)
    fleiss = fleiss_kappa([{"a": 3}] * 4)
    assert (fleiss.value, fleiss.reason, fleiss.observed) == (None, NO_VARIATION, 1.0)
    assert fleiss_kappa_by_value([{"a": 3}] * 4)["a"].value is None


def test_nothing_at_all_is_explained() -> None:
    for found in (
        krippendorff_alpha([]),
        krippendorff_alpha([(1, None), (None, None)]),
        cohen_kappa({}),
        scott_pi({}),
        fleiss_kappa([]),
        fleiss_kappa([{"a": 1}]),
    ):
        assert found.value is None
        assert "two annotators" in found.reason


def test_ratio_of_zero_and_zero_is_no_difference() -> None:
    assert krippendorff_alpha([(0, 0), (1, 1), (0, 1)], Scale.RATIO).value is not None
