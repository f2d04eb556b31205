"""When two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.names import (
    folded,
    initials,
    is_acronym,
    is_part_of,
    short_forms,
    without_possessive,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Da’esh", "DAESH"),
        ("the U.N.", "UN"),
        ("José  Múgica", "jose mugica"),
        ("The harbour workers’ union", "harbour workers union"),
        ("Amal Haddad's", "Amal Haddad"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Amal", "Amalia"), ("U.N.", "US"), ("The", "Them")])
def test_names_that_are_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text(alphabet="abzé دش.’-()"))
def test_case_and_outer_blanks_never_matter(name: str) -> None:
    assert folded(f"  {name.upper()} ") == folded(name)


@given(st.text())
def test_a_folded_name_is_words_and_single_blanks(name: str) -> None:
    assert all(word and not word.isspace() for word in folded(name).split(" ")) or not folded(name)


def test_acronyms() -> None:
    assert initials("Bureau of Land Management") == "blm"
    assert initials("Haddad") == ""
    assert is_acronym("UN")
    assert is_acronym("SdAP")
    assert not is_acronym("Haddad")
    assert not is_acronym("UN Council")


def test_parts_of_names_are_whole_words() -> None:
    assert is_part_of("haddad", "amal haddad")
    assert is_part_of("amal", "amal haddad")
    assert not is_part_of("had", "amal haddad")
    assert not is_part_of("amal haddad", "amal haddad")


def test_what_a_text_abbreviates() -> None:
    text = (
        "The Bureau of River Crossings (BRC) met the Harbour Workers Union (HWU) in Lund (1962). "
        "A spokesman (AFP) was late.\nIsles\nUnited Nations (UN) staff came."
    )
    assert short_forms(text) == {
        "BRC": "Bureau of River Crossings",
        "HWU": "Harbour Workers Union",
        "UN": "United Nations",
    }


@given(st.text(alphabet="AB ab()\n.’“", max_size=80))
def test_short_forms_never_fail(text: str) -> None:
    for short, long in short_forms(text).items():
        assert long in " ".join(text.split())
        assert short in text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Iraq’s", "Iraq"),
        ("the harbour workers’", "the harbour workers"),
        ("McDonald’s", "McDonald’s"),
        ("Amal Haddad", "Amal Haddad"),
    ],
)
def test_a_possessive_goes_where_the_text_has_the_name_without(words: str, name: str) -> None:
    text = "Iraq’s army and Iraq. McDonald’s paid the harbour workers. Amal Haddad"
    assert without_possessive(words, text) == name
