"""Words, sentences and paragraphs: everything is covered, nothing a reader sees as one is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.segments import (
    next_token,
    paragraph_at,
    paragraphs,
    previous_token,
    sentence_at,
    sentences,
    snap_to_tokens,
    token_at,
    tokens,
)
from annotator.presentation.page_clusters import is_boundary

WHOLE = [
    "e\u0301", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "❤\ufe0f", "👩🏽\u200d🚀", "🏳\ufe0f\u200d🌈", "🇩🇪", "=\u0338", "“\u0301",
    "👨\u200d👩\u200d👧", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "葛\U000e0100", "क्षत्रिय", "বাংলা",
    "தமிழ்", "မြန်မာ", "ภาษาไทย", "ខ្មែរ", "한국", "ㄱ", "می\u200cخواهم", "سَلام", "שָׁלוֹם", "\u0600123", "don’t", "co-op",
    "3.5", "naïve", "𝓢𝓛", "e\u0301te\u0301", "well\u2011known", "soft\u00adhyphen",
]  # fmt: skip
"""What a reader takes for one word or one sign."""

OTHER = [
    " ",
    "  ",
    "\u00a0",
    "\n",
    ".",
    ",",
    "?",
    "”",
    "“",
    "(",
    "a",
    "Word",
    "x.",
    "!",
    "—",
    "\u200b",
    "\u2028",
    "No.",
    "Dr.",
]

texts = st.one_of(
    st.lists(st.sampled_from(WHOLE + OTHER), max_size=25).map("".join),
    st.text(max_size=40),
)


@given(text=texts)
def test_tokens_cover_everything_but_blanks_once(text: str) -> None:
    end = 0
    for first, last in tokens(text, 0, len(text)):
        assert first < last
        assert not text[end:first].strip()
        assert not any(sign.isspace() for sign in text[first:last])
        end = last
    assert not text[end:].strip()


@given(text=st.lists(st.sampled_from([*WHOLE, " ", ". ", " “", "\n"]), max_size=20).map("".join))
def test_no_token_ends_within_a_character(text: str) -> None:  # A11
    for first, last in tokens(text, 0, len(text)):
        assert is_boundary(text, first) or text[first - 1].isspace()
        assert is_boundary(text, last)


@pytest.mark.parametrize("word", WHOLE)
def test_what_reads_as_one_is_one_token(word: str) -> None:
    text = f"“{word} {word}”"
    found = [text[first:last] for first, last in tokens(text, 1, len(text) - 1)]
    assert found == [word, word]


def test_flags_in_a_row_are_one_token_each() -> None:
    text = "🇩🇪🇫🇷🇮🇹"
    assert [text[a:b] for a, b in tokens(text, 0, len(text))] == ["🇩🇪", "🇫🇷", "🇮🇹"]


def test_punctuation_stands_by_itself() -> None:
    text = "“We go,” she said (now)…"
    assert [text[a:b] for a, b in tokens(text, 0, len(text))] == [
        "“", "We", "go", ",", "”", "she", "said", "(", "now", ")", "…",
    ]  # fmt: skip


@given(text=texts)
def test_paragraphs_put_together_are_the_text(text: str) -> None:
    found = list(paragraphs(text))
    assert "\n".join(text[a:b] for a, b in found) == text
    for offset in range(len(text) + 1):
        assert paragraph_at(text, offset) == next((a, b) for a, b in found if a <= offset <= b)


def test_only_a_line_feed_ends_a_paragraph() -> None:  # B7
    text = "Line1\nLine4\u0085Line5\u2028Line6\u2029Line7\x0cLine8"
    assert [text[a:b] for a, b in paragraphs(text)] == ["Line1", text[6:]]
    assert list(paragraphs("")) == [(0, 0)]
    assert list(paragraphs("a\n\nb\n")) == [(0, 1), (2, 2), (3, 4), (5, 5)]


@given(text=texts)
def test_sentences_cover_everything_but_blanks_once(text: str) -> None:
    for start, stop in paragraphs(text):
        end = start
        for first, last in sentences(text, start, stop):
            assert start <= first < last <= stop
            assert not text[end:first].strip()
            assert not text[first].isspace()
            assert not text[last - 1].isspace()
            end = last
        assert not text[end:stop].strip()


@given(text=texts, data=st.data())
def test_a_sentence_is_found_from_anywhere_within(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    start, end = sentence_at(text, offset)
    first, last = paragraph_at(text, offset)
    assert first <= start <= end <= last
    if start < end:
        assert sentence_at(text, start) == sentence_at(text, end - 1) == (start, end)


SENTENCES = [
    ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
    ("“We go.” She left.", ["“We go.”", "She left."]),
    ('He asked: "Why?" Nobody knew.', ['He asked: "Why?"', "Nobody knew."]),
    ("“Why?” he asked. Nobody knew.", ["“Why?” he asked.", "Nobody knew."]),
    ("Yahoo! said so. Fine", ["Yahoo! said so.", "Fine"]),
    ("Dr. Haddad met Mr. Roos. They spoke.", ["Dr. Haddad met Mr. Roos.", "They spoke."]),
    ("J. K. Roos of the U.S. Navy left.", ["J. K. Roos of the U.S. Navy left."]),
    ("It cost 3.5 million. A lot.", ["It cost 3.5 million.", "A lot."]),
    ("It rose by approx. five percent. Then fell.", ["It rose by approx. five percent.", "Then fell."]),
    ("She lives at No. 10. He said no. Then he left.", ["She lives at No. 10.", "He said no.", "Then he left."]),
    ("(He left.) She stayed.", ["(He left.)", "She stayed."]),
    ("See example.org for more. Bye", ["See example.org for more.", "Bye"]),
    ("متى حدث ذلك؟ أمس.", ["متى حدث ذلك؟", "أمس."]),
    ("今天很冷。明天也冷。", ["今天很冷。", "明天也冷。"]),
    ("  Leading blanks.   And more.  ", ["Leading blanks.", "And more."]),
    ("Wait... what?! No way.", ["Wait... what?!", "No way."]),
    ("Er kam, z.B. mit Frau Dr. Amsel. Gut.", ["Er kam, z.B. mit Frau Dr. Amsel.", "Gut."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == expected


def test_in_the_blank_after_a_sentence_it_is_still_meant() -> None:
    text = "One.   Two."
    assert sentence_at(text, 5) == (0, 4)
    assert sentence_at(text, 7) == (7, 11)
    assert sentence_at("   ", 1) == (0, 3)


@given(text=texts, data=st.data())
def test_going_by_tokens_always_gets_on(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    starts = [first for first, _ in tokens(text, 0, len(text))]
    after, before = next_token(text, offset), previous_token(text, offset)
    assert after == min((start for start in starts if start > offset), default=len(text))
    assert before == max((start for start in starts if start < offset), default=0)


@given(text=texts, data=st.data())
def test_the_token_at_an_offset_touches_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    found = token_at(text, offset)
    if found is None:
        assert not text[offset : offset + 1].strip()
    else:
        assert found[0] <= offset <= found[1]
        assert found in list(tokens(text, 0, len(text)))


@given(text=texts, data=st.data())
def test_snapping_widens_to_whole_tokens(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap_to_tokens(text, start, end)
    if not text[start:end].strip():
        assert first == last
        return
    assert text[start:end].strip() in text[first:last]
    found = list(tokens(text, 0, len(text)))
    assert first in [token[0] for token in found]
    assert last in [token[1] for token in found]
    assert snap_to_tokens(text, first, last) == (first, last)


def test_a_selection_begun_within_a_word_takes_all_of_it() -> None:
    text = "He said don’t go."
    assert snap_to_tokens(text, 9, 15) == (8, 16)
    assert text[8:16] == "don’t go"
    assert snap_to_tokens(text, 7, 8) == (8, 8)
