"""How words of an article stand in the names of acts."""

from __future__ import annotations

import pytest

from annotator.services.wording import QUOTE_LENGTH, quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Amal Haddad", "“Amal Haddad”"),
        ("“We disagree", "“We disagree”"),
        ('"We disagree."', "“We disagree.”"),
        ("«هذا خطأ»", "“هذا خطأ”"),
        ("said “no”", "“said “no””"),
        ("one\n\ntwo", "“one two”"),
        ("“", "““”"),
    ],
)
def test_quotation_marks_are_not_doubled(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_long_words_are_cut() -> None:
    assert quoted("“" + "a" * 90) == "“" + "a" * QUOTE_LENGTH + "…”"
