"""Tags of tokens read as stretches: IOB1, IOB2, IOBES and BILOU, told apart tag by tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DOCUMENT = "-DOCSTART-"
"""Begins the line before each document."""
_TAG = re.compile(r"([BIOLUES])[-_](.+)", re.DOTALL)
_SURE_TAG = re.compile(r"O|[BILUES][-_]\S+")
_PLACE = re.compile(r"\d+-\d+")
"""The number of a sentence and of a token in it, as older files of WebAnno begin their lines."""
_LEAST = 3
"""Fewer tokens than this do not show that a text is made of columns."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A token and its tag."""

    form: str
    tag: str


def spans_of(row: Iterable[Tagged]) -> Iterator[tuple[int, int, str]]:
    """Yield ``(first token, last token, label)`` of each stretch of a sentence.

    ``I`` without a beginning begins one, as in IOB1; a tag without a letter counts as ``I``.
    """
    first, label = 0, ""
    last = -1
    for last, token in enumerate(row):
        letter, own = _read(token.tag)
        if label and (letter in "OBUS" or own != label):
            yield first, last - 1, label
            label = ""
        if letter == "O":
            continue
        if not label:
            first, label = last, own
        if letter in "LEUS":
            yield first, last, label
            label = ""
    if label:
        yield first, last, label


def _read(tag: str) -> tuple[str, str]:
    found = _TAG.fullmatch(tag)
    if found:
        return found[1], found[2]
    return ("O", "") if tag in ("O", "-", "_") else ("I", tag)


def is_tag(word: str) -> bool:
    """Tell whether a word is surely a tag: “O”, or a letter of a scheme with a label."""
    return _SURE_TAG.fullmatch(word) is not None


def looks_tagged(lines: Iterable[str]) -> bool:
    """Tell whether lines are tokens in columns with a tag last; blank lines and comments count for nothing."""
    tokens = [columns for line in lines if (columns := line.split()) and not is_comment(columns)]
    counts = {len(columns) for columns in tokens}
    if len(tokens) < _LEAST or len(counts) > 1 or min(counts) < 2:
        return False
    words = sum(any(map(str.isalpha, columns[0] + columns[1])) for columns in tokens)
    places = sum(_PLACE.fullmatch(columns[0]) is not None for columns in tokens)
    return all(is_tag(columns[-1]) for columns in tokens) and 2 * words > len(tokens) and not places


def is_comment(columns: Sequence[str]) -> bool:
    """Tell whether the columns of a line are a remark, not a token such as “#” with its tag."""
    return columns[0].startswith("#") and not is_tag(columns[-1])


def numbered(rows: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Tell whether the first column counts the tokens of each sentence from one."""
    return bool(rows) and all(
        len(columns) > 2 and columns[0] == str(number)
        for row in rows
        for number, columns in enumerate(row, 1)
    )
