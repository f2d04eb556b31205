"""Where the same words stand again."""

from __future__ import annotations

import re
import unicodedata

from annotator.domain.fragment import Extent

_JOINERS = ("\u200c", "\u200d")


def occurrences(text: str, words: str) -> list[Extent]:
    """Return every place where these words stand as whole words, in any spacing, in code points.

    A letter with its signs is one: “cafe” does not stand in “café”, however that is written.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    return [
        match.span()
        for match in re.finditer(r"\s+".join(parts), text)
        if not _goes_on(text, match.start()) and not _goes_on(text, match.end())
    ]


def _goes_on(text: str, offset: int) -> bool:
    """Tell whether a word, or a character as a reader sees it, goes on across ``offset``."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if _clings(after) or before in _JOINERS:
        return True
    return (_is_of_word(before) or _clings(before)) and _is_of_word(after)


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _clings(sign: str) -> bool:
    """Tell whether a sign belongs to the one before it, as accents and skin colours do."""
    return (
        sign in _JOINERS
        or unicodedata.category(sign)[0] == "M"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )
