"""Tokens, sentences and paragraphs as extents in code points, for carets and selections.

These are reading aids, not linguistics: quick, in any script, without a model. Every
function looks only at the paragraph around the offset, so cost does not grow with the article.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain

from annotator.domain.fragment import Extent

_PREPENDED = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
"""Signs that belong to the digits after them, such as the Arabic number sign."""

_SENTENCE_END = re.compile(
    r"[.!?…\u061f\u06d4\u3002\uff01\uff1f]+[\"'”’»)\]\u201d\u2019]*(?=\s|$)|[\u3002\uff01\uff1f]"
)

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "rev",
        "hon",
        "jr",
        "sr",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "inc",
        "corp",
        "co",
        "ltd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.n",
        "d.c",
        "z.b",
        "bzw",
        "ca",
        "usw",
        "mme",
        "mlle",
        "dott",
        "sig",
        "sra",
    ]
)


def paragraphs(text: str) -> Iterator[Extent]:
    """Yield each stretch between line feeds, empty ones too."""
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            yield start, len(text)
            return
        yield start, end
        start = end + 1


def paragraph_at(text: str, offset: int) -> Extent:
    """Return the paragraph in which ``offset`` stands (an offset at its end belongs to it)."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def tokens(text: str, start: int, end: int) -> Iterator[Extent]:
    """Yield the words and signs of ``[start, end)``."""
    for match in _token_pattern().finditer(text, start, end):
        yield match.span()


def token_at(text: str, offset: int) -> Extent | None:
    """Return the token that covers ``offset`` or ends there, or None in blank space."""
    start, end = paragraph_at(text, offset)
    touching = None
    for token in tokens(text, start, end):
        if token[0] <= offset < token[1]:
            return token
        if token[1] == offset:
            touching = token
        if token[0] > offset:
            break
    return touching


def snap_to_tokens(text: str, start: int, end: int) -> Extent:
    """Widen a selection to whole tokens; blank space at its edges is left out."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return start, end
    first = token_at(text, start)
    last = token_at(text, end - 1)
    return (first[0] if first and first[0] <= start < first[1] else start), (
        last[1] if last and last[0] <= end - 1 < last[1] else end
    )


def next_token(text: str, offset: int) -> int:
    """Return the start of the first token after ``offset``, or the end of the text."""
    position = offset
    while position < len(text):
        start, end = paragraph_at(text, position)
        for token in tokens(text, start, end):
            if token[0] > offset:
                return token[0]
        position = end + 1
    return len(text)


def previous_token(text: str, offset: int) -> int:
    """Return the start of the last token before ``offset``, or 0."""
    position = offset
    while position >= 0:
        start, end = paragraph_at(text, position)
        starts = [token[0] for token in tokens(text, start, end) if token[0] < offset]
        if starts:
            return starts[-1]
        position = start - 1
    return 0


def sentences(text: str, start: int, end: int) -> Iterator[Extent]:
    """Yield the sentences of one paragraph, without the blank space between them."""
    begin = _skip_space(text, start, end)
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() <= begin or _continues(text, match.end()):
            continue
        if match.group() == "." and _is_abbreviation(text, begin, match.start()):
            continue
        yield begin, match.end()
        begin = _skip_space(text, match.end(), end)
    if begin < end:
        last = end
        while text[last - 1].isspace():
            last -= 1
        yield begin, last


def sentence_at(text: str, offset: int) -> Extent:
    """Return the sentence around ``offset``; in blank space, the one before it."""
    start, end = paragraph_at(text, offset)
    found = list(sentences(text, start, end))
    if not found:
        return start, end
    index = bisect_right([sentence[0] for sentence in found], offset) - 1
    return found[max(index, 0)]


@cache
def _token_pattern() -> re.Pattern[str]:
    """Return what a token is: letters with their signs, also hyphenated; a flag; one other sign."""
    marks = _combining_marks()
    letters = rf"[\w{marks}{_PREPENDED}\u00ad\u200c\u200d]+"
    inside = r"(?:[’'\-\u2010\u2011.]|\.-)"
    after = rf"[{marks}\u200c\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    return re.compile(
        rf"{letters}(?:{inside}{letters})*"
        rf"|[\U0001f1e6-\U0001f1ff]{{2}}{after}*"
        rf"|[^\w\s](?:\u200d[^\w\s]|\u200d|{after})*"
    )


def _combining_marks() -> str:
    """Return the signs of every script that belong to the letter before them, for a character class."""
    ranges: list[list[int]] = []
    for number in chain(range(0x300, 0x20000), range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(number))[0] == "M":
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    """Tell whether the word before the full stop at ``stop`` is one that is written with it."""
    word_start = stop
    while word_start > begin and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start:stop].lstrip("(“\"'‘«„").casefold()
    if word == "no":  # “No. 10”, but “She said no.”
        return bool(re.match(r"\s*\d", text[stop + 1 : stop + 4]))
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _continues(text: str, offset: int) -> bool:
    """Tell whether the text goes on in lower case, as after “approx. five” or “Why?” she asked."""
    while offset < len(text) and text[offset] in " \u00a0":
        offset += 1
    return offset < len(text) and text[offset].islower()
