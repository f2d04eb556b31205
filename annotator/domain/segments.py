"""Tokens, sentences and paragraphs as extents in code points, for carets and selections.

These are reading aids, not linguistics: quick, in any script, without a model. Every
function looks only at the paragraph around the offset, so cost does not grow with the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.domain.fragment import Extent

_COMBINING = (
    "\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670"
    "\\u06d6-\\u06ed\\u0900-\\u0903\\u093a-\\u094f\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u1ab0-\\u1aff\\u1dc0-\\u1dff"
    "\\u200c\\u200d\\u20d0-\\u20ff\\ufe20-\\ufe2f"
)
"""Signs that belong to the letter before them, in the scripts news is most read in."""

_LETTERS = rf"[\w{_COMBINING}]+"

_TOKEN = re.compile(
    rf"{_LETTERS}(?:(?:[’'\-\u2010\u2011.]|\.-){_LETTERS})*"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    r"|[^\w\s](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[^\w\s])*"
)

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
        "no",
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
    for match in _TOKEN.finditer(text, start, end):
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
        if match.end() <= begin or _is_abbreviation(text, begin, match.start(), match.group()):
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


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_abbreviation(text: str, begin: int, stop: int, sign: str) -> bool:
    if sign != ".":
        return False
    word_start = stop
    while word_start > begin and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start:stop].lstrip("(“\"'‘«„").casefold()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return True
    return stop + 1 < len(text) and _continues(text, stop + 1)


def _continues(text: str, offset: int) -> bool:
    """Tell whether what follows a full stop goes on in lower case, as after “approx. five”."""
    while offset < len(text) and text[offset] == " ":
        offset += 1
    return offset < len(text) and text[offset].islower()
