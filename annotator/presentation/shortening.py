"""Words shortened to fit a button or a line."""

from __future__ import annotations

from annotator.services.wording import quoted


def short(words: str, length: int = 60) -> str:
    """Return words on one line, ending in … where they are longer than ``length`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def begun(words: str) -> str:
    """Return words as they stand at the beginning of a line: with a capital."""
    return words[:1].upper() + words[1:]


def in_quotes(words: str, length: int = 60) -> str:
    """Return words on one line in quotation marks, with … after ``length`` characters of longer ones.

    Marks that they begin or end with themselves are not written twice.
    """
    return quoted(words, length)
