"""The same words again: whole words, whole characters, every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.presentation.page_clusters import is_boundary
from annotator.services.occurrences import occurrences

FOUND = [
    ("ISIS said. ISIS did.\nISISs no. Isis no. ISIS", "ISIS", [0, 11, 40]),
    ("Amal Haddad, Amal\nHaddad and Amal\u00a0Haddad", "Amal Haddad", [0, 13, 29]),
    ("US-backed, the US’s, non-US, USA, BUS", "US", [0, 15, 25]),
    ("@port_union union", "union", [12]),
    ("cafe cafe\u0301 cafes café", "cafe", [0]),
    ("cafe\u0301 cafe\u0301s cafe", "cafe\u0301", [0]),
    ("তা ত তাক", "ত", [3]),
    ("তা ত তাক", "তা", [0]),
    ("👩 👩🏽 👩\u200d🚀 👩", "👩", [0, 9]),
    ("سلام سلامي سَلام", "سلام", [0]),
    ("“We go” We go” “We go", "“We go", [0, 15]),
    ("a+b a+b (a+b)", "a+b", [0, 4, 9]),
    ("a.b axb", "a.b", [0]),
    ("said, said", "said,", [0]),
    ("12 million, 120 million, 12\u2009million", "12 million", [0, 25]),
    ("Straße STRASSE", "Straße", [0]),
]


@pytest.mark.parametrize(("text", "words", "starts"), FOUND)
def test_whole_words_are_found(text: str, words: str, starts: list[int]) -> None:
    assert [start for start, _ in occurrences(text, words)] == starts


@pytest.mark.parametrize("words", ["", " ", "\u00a0\n"])
def test_nothing_is_nowhere(words: str) -> None:
    assert occurrences("some text here", words) == []


@given(
    text=st.lists(
        st.sampled_from(["a", "ab", "e\u0301", "e", " ", "👩", "🏽", "\u200d", "🚀", ".", "ক", "া", "\n"]),
        max_size=25,
    ).map("".join),
    data=st.data(),
)  # fmt: skip
def test_what_is_found_are_the_words_and_no_half_of_any(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    last = 0
    for first, end in occurrences(text, words):
        assert first >= last
        assert text[first:end].split() == words.split()
        assert is_boundary(text, first) or text[first - 1].isspace()
        assert is_boundary(text, end)
        last = end
