"""Sentences hold every word of a text once, in order and in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.quotations import quotations
from annotator.assist.sentences import Paragraph, Sentence, plain, read

NONE: frozenset[str] = frozenset()
PARTS = (
    "She", "said", "so", "“", "”", '"', "'", "``", "''", "«", "»", ".", ",", "?", "\n", "\u2028", " ", " ",
    "a-b", "don’t", "É", "😀",
)  # fmt: skip


def of_all(paragraphs: tuple[Paragraph, ...] | list[Paragraph]) -> list[Sentence]:
    return [sentence for paragraph in paragraphs for sentence in paragraph.sentences]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_every_word_stands_in_one_sentence_with_or_without_quotations(text: str) -> None:
    for paragraphs in (plain(text, "en", NONE), read(text, quotations(text), "en")):
        at = 0
        for sentence in of_all(paragraphs):
            for place, token in enumerate(sentence.tokens):
                start, end = sentence.extent(place, place + 1)
                assert text[start:end] == token.text
                assert start >= at
                assert not text[at:start].strip()
                at = end
        assert not text[at:].strip()


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_a_quotation_is_one_word(text: str) -> None:
    found = [
        token.quote
        for sentence in of_all(read(text, quotations(text), "en"))
        for token in sentence.tokens
        if token.quote is not None
    ]
    assert found == quotations(text)


def test_a_word_that_goes_on_before_and_behind_a_quotation_is_cut_there() -> None:
    long = "x" * 70
    text = f"It (“{long}”) works. Nobody came."
    assert len(plain(text, "en", NONE)[0].sentences[0].tokens) == 4
    (paragraph,) = read(text, quotations(text), "en")
    assert [[token.text for token in one.tokens] for one in paragraph.sentences] == [
        ["It", "(", f"“{long}”", ")", "works", "."],
        ["Nobody", "came", "."],
    ]


def test_words_written_alike_are_one_and_a_long_list_is_cut() -> None:
    (paragraph,) = plain("word " * 450, "en", NONE)
    assert [len(sentence.tokens) for sentence in paragraph.sentences] == [200, 200, 50]
    assert len({id(token) for sentence in paragraph.sentences for token in sentence.tokens}) == 1
