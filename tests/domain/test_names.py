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
    usual_spelling,
    without_case,
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


@given(st.text(alphabet="aAbBéÉßزهUSW ."), st.data())
def test_capitals_alone_tell_no_two_apart_but_acronyms(words: str, data: st.DataObject) -> None:
    other = "".join(data.draw(st.sampled_from((sign, sign.swapcase()))) for sign in words)
    if not is_acronym(words) and not is_acronym(other):
        assert without_case(words) == without_case(other)
    if is_acronym(words):
        assert without_case(words) == words


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("He", "he", True),
        ("The Union", "the union", True),
        ("US", "us", False),
        ("WHO", "Who", False),
    ],
)
def test_pronouns_are_one_and_acronyms_are_none(one: str, other: str, are_one: bool) -> None:
    assert (without_case(one) == without_case(other)) is are_one


@given(st.dictionaries(st.text(), st.integers(1, 9), min_size=1))
def test_the_usual_spelling_is_the_most_frequent_whatever_the_order(counts: dict[str, int]) -> None:
    usual = usual_spelling(counts)
    assert counts[usual] == max(counts.values())
    assert usual == usual_spelling(dict(sorted(counts.items())))
