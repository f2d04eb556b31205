"""Words are those that spaCy's blank pipeline makes, whatever was cut before."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.cutting import Cutter, cutter

NONE: frozenset[str] = frozenset()
PIECES = (
    "said", "cannot", "don't", "U.S.", "U.S.-led", "3.5", "“We", "go,”", "a", "km", "5km", "café",
    "Mr.", "(NATO)", "well-known", "e.g.", "I'm", "ein", "z.B.", "l'été", "aujourd’hui", "😀", "...",
)  # fmt: skip
"""No quotation mark within a word and no short form: these are cut otherwise than spaCy does."""


@lru_cache
def blank(language: str) -> Any:
    import spacy

    return spacy.blank(language)


def words(of: Cutter, text: str) -> list[tuple[int, str]]:
    found = []
    at = 0
    for token in of.cut(text):
        at = text.index(token.text, at)
        found.append((at, token.text))
        at += len(token.text)
    return found


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "tr", "zh", "xx"])
@given(parts=st.lists(st.sampled_from(PIECES), max_size=12))
def test_words_are_those_of_spacy(language: str, parts: list[str]) -> None:
    text = " ".join(parts)
    wanted = [(token.idx, token.text) for token in blank(language).tokenizer(text)]
    glued = "".join(word for _, word in words(cutter(language, NONE), text))
    assert glued == "".join(word for _, word in wanted)
    if not any("-" in part for part in parts):
        assert words(cutter(language, NONE), text) == wanted


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "ru", "tr", "xx"])
@given(
    before=st.sampled_from(["", "“", '"', "("]),
    word=st.sampled_from(["House", "an", "km", "etc", "Mr", "cant", "usw", "Mme", "lorem"]),
    behind=st.sampled_from(
        ["", ",", ".", "?", ":", ";", '"', "”", ")", ".”", ',"', "),", ").", ":)"]
    ),
)
def test_signs_are_cut_off_a_word_as_spacy_does_it(
    language: str, before: str, word: str, behind: str
) -> None:
    run = before + word + behind
    wanted = [(token.idx, token.text) for token in blank(language).tokenizer(run)]
    assert words(cutter(language, NONE), run) == wanted


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_is_lost_and_nothing_depends_on_what_came_before(first: str, text: str) -> None:
    fresh, used = cutter("es", NONE), cutter("es", frozenset(("ee",)))
    used.cut(first)
    found = words(fresh, text)
    assert all(text[at : at + len(word)] == word for at, word in found)
    assert "".join(word for _, word in found) == "".join(text.split())


def test_a_short_form_of_two_words_is_no_word_more_or_less() -> None:
    assert words(cutter("es", NONE), "Los EE. UU. y la ONU") == [
        (0, "Los"), (4, "EE."), (8, "UU."), (12, "y"), (14, "la"), (17, "ONU"),
    ]  # fmt: skip


def test_hyphens_and_short_forms_hold_words_together() -> None:
    found = words(cutter("en", frozenset(("sen",))), "London-based Sen. Holm said—“Really")
    assert [word for _, word in found] == [
        "London-based", "Sen.", "Holm", "said", "—", "“", "Really",
    ]  # fmt: skip
