"""Names of the actor book in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.gazetteer import Entry, Gazetteer, may_stand_in, words_of

NAMES = st.lists(
    st.text("aAbBİiıßsS’'.- é\u0307", min_size=1, max_size=9).filter(str.strip), max_size=6
)


def book(names: list[str]) -> list[Entry]:
    return [Entry(name, None, (name,)) for name in names]


@pytest.mark.parametrize("name", ["İstanbul Port", "Straße AG", "O’Neil Inc", "ΟΔΟΣ", "Jean-Luc"])
def test_a_name_is_found_whatever_its_letters(name: str) -> None:
    text = f"Yesterday {name} said so."
    (found,) = Gazetteer(book([name])).matches(text)
    assert text[found[0] : found[1]] == name
    assert may_stand_in(words_of(text), name)
    assert not may_stand_in(words_of("Somebody else said so."), name)


@given(NAMES, st.text("aAbBİiıßsS’'.- é\u0307", max_size=60))
def test_only_names_whose_words_are_in_the_text_need_to_be_looked_for(
    names: list[str], text: str
) -> None:
    words = words_of(text)
    there = [name for name in names if may_stand_in(words, name)]
    assert list(Gazetteer(book(there)).matches(text)) == list(Gazetteer(book(names)).matches(text))


def test_nothing_but_signs_is_no_name() -> None:
    assert not may_stand_in(words_of("– … –"), "…")
