"""Quotations: what is found, and that nothing makes the search slow or wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.quotations import quotations


def inner(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in quote.inner] for quote in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We leave,” she said.", [["We leave,"]]),
        ('"We leave," she said.', [["We leave,"]]),
        ("''We leave,'' she said.", [["We leave,"]]),
        ("«Nous partons», dit-elle.", [["Nous partons"]]),
        ("« Nous partons », a dit Lena.", [[" Nous partons "]]),
        ("« Oui », dit-elle, « nous partons. »", [[" Oui "], [" nous partons. "]]),
        ("»Wir gehen«, sagte sie, »und zwar heute.«", [["Wir gehen"], ["und zwar heute."]]),
        ("„Wir gehen“, sagte sie.", [["Wir gehen"]]),
        ("“We leave,\" she said.", [["We leave,"]]),
        ("“He said ‘no’ to us,” she said.", [["He said ‘no’ to us,"]]),
        ("‘He said “no” to us,’ she said.", [["He said “no” to us,"]]),
        ("Haddad: ‘We will not go back’", [["We will not go back"]]),
        ("It was the dockers’\nhour.", []),
        ("“A “b” c” and “d”", [["A “b” c"], ["d"]]),
        ("The workers' union said the boss's offer was poor.", []),
        ("“It goes on", [["It goes on"]]),
        ("“One.\n\n“Two,” she said.", [["One.", "Two,"]]),
        ("“One.\n\nThen nothing.", [["One."]]),
        ("An odd mark” here.", []),
        ("“” is empty", []),
    ],
)  # fmt: skip
def test_examples(text: str, found: list[list[str]]) -> None:
    assert inner(text) == found


@given(st.text(alphabet="“”‘’\"'«»„ab .,\n—", max_size=80))
def test_they_are_in_order_and_within_the_text(text: str) -> None:
    last = 0
    for quote in quotations(text):
        assert len(quote.outer) == len(quote.inner)
        for (start, end), (inside, behind) in zip(quote.outer, quote.inner, strict=True):
            assert last <= start < inside <= behind <= end <= len(text)
            assert "\n" not in text[start:end]
            last = end


@pytest.mark.parametrize("unit", ["“", '"', "'", "“a ", '"a" ', "‘a", "''", "a\n“"])
def test_a_megabyte_of_marks_is_read(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert all(quote.end <= len(text) for quote in quotations(text))
