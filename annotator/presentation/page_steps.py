"""Where the caret goes by word, sentence, paragraph, and what a selection grows to.

Everything is in code points and looks only at the paragraph around the caret.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from annotator.domain.fragment import Extent
from annotator.domain.segments import (
    next_token,
    paragraph_at,
    previous_token,
    sentence_at,
    token_at,
)
from annotator.presentation.page_clusters import following, preceding

UNITS = ("character", "token", "sentence", "paragraph", "article")

_QUOTATION = re.compile(
    '“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|"([^"]+)"|‘((?:[^‘’]|’(?=\\w))+)’(?!\\w)'
)
_CLAUSE_EDGE = re.compile('[,;:،؛—–()“”„«»"]+')
_HANGING = ", \u00a0\u202f"
"""What an inner edge of a quotation leaves outside: “We go,” he said."""


def target(text: str, caret: int, unit: str, *, forward: bool) -> int:
    """Return where the caret goes by one ``unit`` of ``UNITS``."""
    if unit == "character":
        return following(text, caret) if forward else preceding(text, caret)
    if unit == "token":
        return next_token(text, caret) if forward else previous_token(text, caret)
    if unit == "article":
        return len(text) if forward else 0
    start, end = sentence_at(text, caret) if unit == "sentence" else paragraph_at(text, caret)
    if forward:
        after = max(end - 1, caret)
        return next_token(text, after) if unit == "sentence" else _next_text(text, end + 1)
    if caret > start:
        return start
    if start == 0:
        return 0
    if unit == "sentence":
        return sentence_at(text, previous_token(text, start))[0]
    before = start - 1
    while before > 0 and text[before - 1] == "\n":
        before -= 1
    return paragraph_at(text, before)[0]


def token_edge(text: str, caret: int, *, forward: bool) -> int:
    """Return where a selection ends that grows by a word: at its end, not at the next one's start."""
    if not forward:
        return previous_token(text, caret)
    here = token_at(text, caret)
    if here is None or here[1] <= caret:
        here = token_at(text, next_token(text, caret))
    return here[1] if here and here[1] > caret else len(text)


def ladder(text: str, offset: int) -> list[Extent]:
    """Return what surrounds an offset, narrow to wide: word, clause, quotation, sentence, paragraph."""
    paragraph, sentence = paragraph_at(text, offset), sentence_at(text, offset)
    steps = {paragraph, sentence, *quotations_at(text, offset, paragraph)}
    token = token_at(text, offset)
    if token:
        steps |= {token, _clause(text, offset, sentence)}
    return sorted(
        (step for step in steps if step[0] < step[1]), key=lambda step: (step[1] - step[0], step)
    )


def quotations_at(text: str, offset: int, paragraph: Extent) -> list[Extent]:
    """Return what stands between quotation marks around an offset, without the marks."""
    found = []
    for match in _QUOTATION.finditer(text, *paragraph):
        group = match.lastindex or 0
        start, end = match.span(group)
        if match.start() <= offset < match.end():
            while end > start and text[end - 1] in _HANGING:
                end -= 1
            found.append((start, end))
    return found


def _clause(text: str, offset: int, sentence: Extent) -> Extent:
    """Return the stretch between commas, dashes or brackets around an offset in a sentence."""
    edges = [match.span() for match in _CLAUSE_EDGE.finditer(text, *sentence)]
    place = bisect_right(edges, (offset, len(text)))
    start = edges[place - 1][1] if place else sentence[0]
    end = edges[place][0] if place < len(edges) else sentence[1]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _next_text(text: str, offset: int) -> int:
    """Return the start of the next paragraph that has text."""
    while offset < len(text) and text[offset] == "\n":
        offset += 1
    return min(offset, len(text))
