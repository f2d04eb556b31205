"""Words shortened to fit a button or a line."""

from __future__ import annotations


def short(words: str, length: int = 60) -> str:
    """Return words on one line, ending in … where they are longer than ``length`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
