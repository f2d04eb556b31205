"""Quotation marks tell a quotation from reported speech, also where they stand within it."""

from __future__ import annotations

import pytest

from annotator.domain.fragment import cut
from annotator.domain.quotation import mode

QUOTED = [
    ("We said “never again” today.", "never again", "direct"),
    ("We said “never again,” today.", "never again", "direct"),
    ('We said "never again." Today.', "never again", "direct"),
    ("Wir sagten „nie wieder“ heute.", "nie wieder", "direct"),
    ("Nous: « jamais » dit-il.", "jamais", "direct"),
    ("Nous: «\u202fjamais\u202f» dit-il.", "jamais", "direct"),
    ("“No” was all “yes” meant.", "was all", "reported"),
    ("They said they would never return.", "they would never return", "reported"),
    ("They said it was “an insult” to all.", "it was “an insult” to all", "mixed"),
    ("They called it “an insult”.", "“an insult”", "direct"),
]


@pytest.mark.parametrize(("text", "words", "told"), QUOTED)
def test_the_mode_is_read_off_the_signs_around_and_within(text: str, words: str, told: str) -> None:
    start = text.index(words)
    assert mode(text, (cut(text, start, start + len(words)),)) == told


def test_a_quotation_is_direct_where_each_of_its_fragments_is() -> None:
    text = "“We go,” he said, “and they know it.”"
    begin, between, end = (
        cut(text, text.index(words), text.index(words) + len(words))
        for words in ("We go", "he said", "and they know it")
    )
    assert mode(text, (begin, end)) == "direct"
    assert mode(text, (begin, between, end)) == "reported"
