"""Each case of the collection of known failures of other tools is held by a test, or is said to concern what is not built yet.

A test names the cases it holds in a comment at the end of a line: ``# A1, B5``.
"""

from __future__ import annotations

import re

import pytest

from tests.support.checkout import ROOT, tracked_files

CASES = [
    "A1",
    "A3",
    "A4",
    "A5",
    "A6",
    "A7",
    "A9",
    "A11",
    "A12",
    "B1",
    "B2",
    "B4",
    "B5",
    "B6",
    "B7",
    "B9",
    "B10",
    "B11",
    "B12",
    "B13",
    "B14",
    "B15",
    "B17",
    "B18",
    "B19",
    "B20",
    "B22",
    "B23",
    "B24",
    "B25",
    "B26",
    "C1",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "C9",
    "C10",
    "C13",
    "C14",
    "C15",
    "C16",
    "C17",
    "C18",
    "C19",
    "D2",
    "D3",
    "D4",
    "D5",
    "D6",
    "D7",
    "D8",
    "D9",
    "D11",
    "D12",
    "D13",
    "D14",
    "D16",
    "E1",
    "E2",
    "E4",
    "E5",
    "E6",
    "E7",
    "E9",
    "E10",
    "E11",
    "E12",
    "F1",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
    "F13",
    "G1",
    "G2",
    "G3",
    "G4",
    "G5",
    "G6",
    "G7",
    "G8",
    "G9",
    "G10",
    "G16",
    "G17",
    "G18",
    "H1",
    "H2",
    "H3",
    "H4",
    "H7",
    "H8",
    "I-1",
    "I-2",
    "I-3",
    "I-5",
    "I-6",
    "I-8",
    "I-9",
    "I-10",
    "I-11",
    "I-12",
]

NOT_BUILT_YET = {
    "B20": "CoNLL-U with its “# text” lines is not written yet; our columns have no such line",
}
"""Why no test names a case, in a sentence; taken out by whoever builds what it concerns."""

NAMED = re.compile(r"#\s((?:[A-I]-?\d{1,2},\s?)*[A-I]-?\d{1,2})\s*$", re.MULTILINE)


def cases_named() -> dict[str, list[str]]:
    """Return the files that name each case."""
    found: dict[str, list[str]] = {}
    for path in tracked_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests"):
            for listed in NAMED.findall(path.read_text(encoding="utf-8")):
                for case in re.split(r",\s?", listed):
                    found.setdefault(case, []).append(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_held_by_a_test_or_accounted_for(case: str) -> None:
    assert case in cases_named() or case in NOT_BUILT_YET, f"No test names {case}."


def test_only_known_cases_are_accounted_for() -> None:
    assert set(NOT_BUILT_YET) <= set(CASES)
    for reason in NOT_BUILT_YET.values():
        assert len(reason.split()) > 5


def test_comments_that_name_cases_are_understood() -> None:
    assert NAMED.findall("def test_x() -> None:  # A1, A4\n    x = 1  # B14") == ["A1, A4", "B14"]
    assert NAMED.findall("x = 1  # A1 is nice\ny = 2  # a1") == []
