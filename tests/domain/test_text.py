"""How bytes become a frozen text, and what counts as visible at the edge of a mark."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.errors import BadInput, DoubtfulEncoding
from annotator.domain.text import (
    MAX_ARTICLE_BYTES,
    decode,
    encoding_of,
    freeze,
    is_visible,
    sha256_of,
    trim,
)

ODD = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\x01\x7f\u00a0\u200b\u2060\u00ad"
"""Signs that other programs take for line ends or blanks; in a text they stay what they are."""

plain = st.characters(exclude_categories=["Cs"]).filter(
    lambda sign: sign != "\0" and not 0xFDD0 <= ord(sign) <= 0xFDEF and ord(sign) & 0xFFFE != 0xFFFE
)
texts = st.text(st.one_of(plain, st.sampled_from("\r\n \ufeff" + ODD)), max_size=60).map(
    lambda text: text + "x"
)


@given(text=texts)
def test_nothing_but_line_ends_and_a_byte_order_mark_is_changed(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert decoded.had_bom == text.startswith("\ufeff")
    assert decoded.encoding == "utf-8"


@example(text="\ufeff\ufeff\ufeffx")
@given(text=texts)
def test_a_frozen_text_is_frozen_already(text: str) -> None:
    kept, _ = freeze(text)
    assert freeze(kept)[0] == kept


@given(
    text=texts,
    codec=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
)
def test_a_byte_order_mark_names_the_encoding(text: str, codec: str) -> None:  # B11
    text = text.lstrip("\ufeff")
    decoded = decode(("\ufeff" + text).encode(codec))
    assert decoded.text == freeze(text)[0]
    assert (decoded.encoding, decoded.had_bom) == (codec, True)


@given(text=texts)
def test_hashes_are_of_the_bytes_and_of_the_text(text: str) -> None:
    raw = text.encode()
    decoded = decode(raw)
    assert decoded.source_sha256 == hashlib.sha256(raw).hexdigest()
    assert decoded.text_sha256 == hashlib.sha256(decoded.text.encode()).hexdigest()
    assert decoded.text_sha256 == sha256_of(decoded.text)


NEWLINES = {
    "none": (b"one", "one"),
    "lf": (b"one\ntwo\n", "one\ntwo\n"),
    "crlf": (b"one\r\ntwo\r\n", "one\ntwo\n"),
    "cr": (b"one\rtwo\r", "one\ntwo\n"),
    "mixed": (b"one\rtwo\nthree\r\nfour", "one\ntwo\nthree\nfour"),
}


@pytest.mark.parametrize("kind", NEWLINES)
def test_line_ends_become_line_feeds_and_are_recorded(kind: str) -> None:  # B6
    raw, text = NEWLINES[kind]
    decoded = decode(raw)
    assert (decoded.text, decoded.newlines) == (text, kind)


def test_a_line_feed_after_cr_lf_is_a_line_of_its_own() -> None:
    assert decode(b"a\r\n\nb\r\rc\n\rd").text == "a\n\nb\n\nc\n\nd"


def test_the_same_article_from_windows_and_from_unix_has_the_same_offsets() -> None:  # B1
    unix = "John loves Mary.\nHe married her."
    windows = decode(unix.replace("\n", "\r\n").encode())
    assert windows.text == decode(unix.encode()).text == unix
    assert (windows.text[17:19], windows.text[28:31]) == ("He", "her")
    assert windows.newlines == "crlf"


@pytest.mark.parametrize("sign", ODD)
def test_other_separators_are_kept(sign: str) -> None:  # B7
    decoded = decode(f"a{sign}b".encode())
    assert decoded.text == f"a{sign}b"
    assert decoded.newlines == "none"


def test_letters_are_not_composed_or_taken_apart() -> None:  # A9
    for text in ("e\u0301", "\u00e9", "\U0001d49c\u0301", "\ufb01", "\u212b"):
        assert decode(text.encode()).text == text


# Doubtful encodings: never guessed


def test_what_is_not_utf_8_is_asked_for() -> None:  # B25
    with pytest.raises(DoubtfulEncoding, match=r"not UTF-8 at byte 7 \(line 2\).*cp1252") as caught:
        decode("ab\ncdef\xe9 “".encode("cp1252", "replace"))
    assert caught.value.candidates[0] == "cp1252"


@pytest.mark.parametrize("codec", ["cp1252", "iso8859-1", "cp1251", "utf-16-le", "shift_jis"])
def test_a_named_encoding_is_used_and_recorded(codec: str) -> None:  # B24
    text = {"cp1251": "Москва", "shift_jis": "東京"}.get(codec, "café")
    decoded = decode(text.encode(codec), codec)
    assert decoded.text == text
    assert codecs.lookup(decoded.encoding) == codecs.lookup(codec)


def test_a_wrong_named_encoding_is_refused_with_its_place() -> None:
    with pytest.raises(BadInput, match=r"not valid ascii at byte 5 \(line 2\)"):
        decode(b"abc\nd\xe9", "ascii")
    with pytest.raises(BadInput, match="not valid utf-8 at byte 4"):
        decode(b"\xef\xbb\xbfx\xff")


@pytest.mark.parametrize(
    "name", ["klingon", "", "é", "a\0b", "rot13", "hex", "base64", "zlib", "undefined"]
)
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="no encoding"):
        decode(b"abc", name)


@given(raw=st.binary(max_size=200), encoding=st.sampled_from([None, "cp1252", "utf-16", "utf-7"]))
def test_any_bytes_give_a_text_or_a_sentence(raw: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(raw, encoding)
    except BadInput:
        return
    assert freeze(decoded.text)[0] == decoded.text
    decoded.text.encode("utf-8")


# What no text can hold


ILL = {
    "NUL": ("\0", "NUL character in line 3"),
    "high surrogate": ("\ud83d", r"lone surrogate\), U\+D83D, in line 3"),
    "low surrogate": ("\udc00", r"lone surrogate\), U\+DC00, in line 3"),
    "noncharacter": ("\ufdd0", r"noncharacter, U\+FDD0, in line 3"),
    "the last of the plane": ("\uffff", r"noncharacter, U\+FFFF, in line 3"),
    "the last of all": ("\U0010ffff", r"noncharacter, U\+10FFFF, in line 3"),
}


@pytest.mark.parametrize("name", ILL)
def test_what_no_text_can_hold_is_refused_with_its_line(name: str) -> None:
    sign, told = ILL[name]
    with pytest.raises(BadInput, match=told):
        freeze(f"one\r\ntwo\rthree {sign} four")


def test_surrogates_in_bytes_are_refused() -> None:
    with pytest.raises(BadInput, match="byte 1"):
        decode(b"a\xed\xa0\x80b")
    with pytest.raises(BadInput, match="utf-16-le"):
        decode(codecs.BOM_UTF16_LE + b"\x3d\xd8a\x00")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \t\r\n", "\u00a0\u200b\u2060\n".encode()])
def test_a_text_without_anything_visible_is_refused(raw: bytes) -> None:
    with pytest.raises(BadInput, match="has no text in it"):
        decode(raw)


def test_size_is_limited() -> None:
    assert len(decode(b"a" * MAX_ARTICLE_BYTES).text) == MAX_ARTICLE_BYTES
    with pytest.raises(BadInput, match="20 MB"):
        decode(b"a" * (MAX_ARTICLE_BYTES + 1))


# Edges


@pytest.mark.parametrize(
    "sign",
    " \t\n\u00a0\u1680\u2003\u200b\u200e\u202a\u202f\u2028\u2029\u2060\u3000\ufeff\u00ad\x0c\x85\u2800\u061c",
)
def test_blanks_and_invisible_signs_cannot_stand_at_an_edge(sign: str) -> None:  # B12
    assert not is_visible(sign)
    assert trim(f"{sign}a{sign}b{sign}", 0, 5) == (1, 4)
    assert trim(sign * 3, 0, 3) is None


@pytest.mark.parametrize("sign", "a1.“”’-–…😀é漢س\u0301\ufe0f")
def test_what_can_be_seen_can(sign: str) -> None:
    assert is_visible(sign)


def test_every_space_of_unicode_is_no_edge() -> None:
    for number in range(0x110000):
        sign = chr(number)
        if sign.isspace() or unicodedata.category(sign).startswith("Z"):
            assert not is_visible(sign), hex(number)


@given(text=st.text(st.sampled_from("ab \u00a0\u200b\u2060\n😀"), max_size=20), data=st.data())
def test_trimming_takes_only_what_is_invisible_and_all_of_it(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    trimmed = trim(text, start, end)
    if trimmed is None:
        assert not any(map(is_visible, text[start:end]))
        return
    first, last = trimmed
    assert start <= first < last <= end
    assert is_visible(text[first])
    assert is_visible(text[last - 1])
    assert not any(map(is_visible, text[start:first] + text[last:end]))
    assert trim(text, first, last) == trimmed


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_its_mark_is_asked_about(codec: str) -> None:
    raw = "The mayor said no to it.\n\nThe union cheered.\n".encode(codec)
    with pytest.raises(DoubtfulEncoding, match="UTF-16 without its mark") as doubt:
        decode(raw)
    assert doubt.value.candidates[0] == codec
    with pytest.raises(DoubtfulEncoding):
        encoding_of([raw])
    assert decode(raw, codec).text == raw.decode(codec)
    assert encoding_of([raw], codec) == codec


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("koi8-r", "Мэр сказал нет."),
        ("cp1251", "Мэр сказал нет."),
        ("shift_jis", "市長は反対だと述べた。"),
        ("gb18030", "市长表示反对。"),
        ("big5", "市長表示反對。"),
        ("euc-kr", "시장은 반대했다."),
        ("cp1252", "Der Bürgermeister sagte „nein“."),
        ("cp1256", "قال رئيس البلدية لا."),
    ],
)
def test_the_encoding_of_a_text_is_among_those_offered(codec: str, words: str) -> None:
    with pytest.raises(DoubtfulEncoding) as doubt:
        decode(words.encode(codec))
    assert codec in doubt.value.candidates
