"""Shortened words stand on one line, are never longer than asked for, and show that something is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.presentation.shortening import in_quotes, short


@given(st.text(), st.integers(2, 80))
def test_words_are_whole_or_end_in_an_ellipsis(words: str, length: int) -> None:
    line, shown = " ".join(words.split()), short(words, length)
    assert len(shown) <= length
    assert shown == line or (shown.endswith("…") and line.startswith(shown[:-1]))
    assert (shown == line) == (len(line) <= length)


def test_no_blank_stands_before_the_ellipsis() -> None:
    assert short("We will\nnot go back", 9) == "We will…"


def test_quotation_marks_are_not_doubled() -> None:
    assert in_quotes("“We will not go back”") == "“We will not go back”"
    assert in_quotes("“We will\nnot go back", 8) == "“We will…”"
    assert in_quotes("Amal Haddad") == "“Amal Haddad”"
