"""Tags of tokens read as stretches: IOB1, IOB2, IOBES and BILOU, told apart tag by tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TAG = re.compile(r"([BIOLUES])[-_](.+)", re.DOTALL)


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
