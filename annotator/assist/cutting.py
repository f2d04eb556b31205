"""Text cut into words as spaCy's blank pipeline of the language does it; offsets are code points.

spaCy cuts what stands between two spaces by itself, so each such run is cut once and looked up
from then on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

Piece = tuple[int, int, str, str]
"""Start and end within the run, the word, and the word in lower case with straight apostrophes."""

RUN = re.compile(r"\S+")
"""What stands between two spaces."""

_MARK = re.compile(r"'''|''|``|[—“”„«»\"]")
_HYPHENS = "-‐‑"
_LONGEST = 60
"""A longer run is no word but a link or a drawing; it stays whole."""
_MOST_KNOWN = 50_000
_AT_ONCE = 2_000


class Cutter:
    """Cuts the texts of one language, whose short forms keep their dot."""

    def __init__(self, nlp: Language, abbreviations: frozenset[str]) -> None:
        self._nlp = nlp
        self._abbreviations = abbreviations
        self._known: dict[str, tuple[Piece, ...]] = {}
        # Where words are cut by rules, nothing but letters is one word, but for these (“cannot”).
        self._special: Mapping[str, object] = getattr(nlp.tokenizer, "rules", {})

    def pieces(self, text: str) -> Mapping[str, tuple[Piece, ...]]:
        """Return the words of every run between spaces that is in a text, by the run."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        hard = []
        for run in sorted(set(RUN.findall(text)).difference(self._known)):
            if len(run) >= _LONGEST or (
                self._special and run.isalpha() and run not in self._special
            ):
                self._known[run] = ((0, len(run), run, _low(run)),)
            else:
                hard.append(run)
        for at in range(0, len(hard), _AT_ONCE):
            self._cut(hard[at : at + _AT_ONCE])
        return self._known

    def _cut(self, unknown: list[str]) -> None:
        """Cut some runs that were never seen, all in one go."""
        columns = self._nlp.tokenizer(" ".join(unknown)).to_array(["IDX", "LENGTH"]).T
        starts, lengths = (column.tolist()[::-1] for column in columns)
        begin = 0
        for run in unknown:
            end = begin + len(run)
            found: list[Piece] = []
            while starts and starts[-1] < end:
                start, length = starts.pop(), lengths.pop()
                if start + length > end:
                    # A short form of two words (“EE. UU.”), or two that only met here.
                    starts.append(end + 1)
                    lengths.append(start + length - end - 1)
                    length = end - start
                for a, b in _apart(run, start - begin, start - begin + length):
                    piece = (a, b, run[a:b], _low(run[a:b]))
                    if found and self._belongs(found[-1], piece):
                        last = found.pop()
                        piece = (last[0], b, last[2] + piece[2], last[3] + piece[3])
                    found.append(piece)
            self._known[run] = tuple(found)
            begin = end + 1

    def _belongs(self, last: Piece, piece: Piece) -> bool:
        """Tell whether words are one: with a hyphen (“London-based”), a short form with its dot."""
        if piece[2] == "." and last[3] in self._abbreviations:
            return True
        if piece[2][0] in _HYPHENS:
            return last[2][-1].isalnum()
        return last[2][-1] in _HYPHENS and len(last[2]) > 1 and piece[2][0].isalnum()


@lru_cache(maxsize=4)
def cutter(language: str, abbreviations: frozenset[str]) -> Cutter:
    """Return what cuts the texts of a language; one that spaCy does not know is read as “xx”."""
    import spacy
    from spacy.util import get_lang_class

    code = language.split("-", maxsplit=1)[0].lower()
    try:
        get_lang_class(code)
    except (ImportError, ValueError):
        code = "xx"
    try:
        return Cutter(spacy.blank(code), abbreviations)
    except (ImportError, ValueError):
        # Some languages need a segmenter that does not come with the program.
        return Cutter(spacy.blank("xx"), abbreviations)


def _apart(run: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the extents of a word; a quotation mark within it is a word of its own."""
    found = []
    at = start
    if end - start > 1 and not run.isalnum():
        for match in _MARK.finditer(run, start, end):
            if match.start() > at:
                found.append((at, match.start()))
            found.append(match.span())
            at = match.end()
    if at < end:
        found.append((at, end))
    return found


def _low(word: str) -> str:
    return word.lower().replace("’", "'")
