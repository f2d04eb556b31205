"""Text cut into words as spaCy's blank pipeline of the language does it; offsets are code points.

spaCy cuts what stands between two spaces by itself, so each such run is cut once and looked up
from then on. It cuts signs off a plain word whatever the word: “go,” is cut like “lorem,”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.assist.tokens import Token, low, word

if TYPE_CHECKING:
    from spacy.language import Language

_MARK = re.compile(r"('''|''|``|[—“”„«»\"])")
_EDGED = re.compile(r"([“\"(]?)([A-Z]?[a-z]{2,40})([.,;:?!]?[”\"]?|\)[.,]?)")
"""A plain word between signs. What is not plain (“3km”, “NATO’s”, “don’t”) is cut by itself."""
_STANDS_IN = "lorem"
_LETTERS = re.compile(r"[a-z]+")
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
        self._known: dict[str, tuple[Token, ...]] = {}
        self._tokens: dict[str, Token] = {}
        # Where words are cut by rules, nothing but letters is one word, but for these (“cannot”).
        self._special: Mapping[str, object] = getattr(nlp.tokenizer, "rules", {})
        # Letters of short forms, behind or before which a sign may be something else (“Mr.”).
        self._odd = {
            letters
            for form in (*self._special, *abbreviations)
            for letters in _LETTERS.findall(form.lower())
        }

    def cut(self, text: str) -> list[Token]:
        """Return the words of a text; nothing but space stands between them."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._tokens.clear()
        runs = text.split()
        known = self._known
        self._learn(sorted(set(runs).difference(known)))
        return [token for run in runs for token in known[run]]

    def _learn(self, unknown: list[str]) -> None:
        """Cut some runs that were never seen."""
        known = self._known
        hard: list[str] = []
        alike: list[tuple[str, str, str, str]] = []
        for run in unknown:
            if len(run) >= _LONGEST or (
                self._special and run.isalpha() and run not in self._special
            ):
                known[run] = (self._token(run),)
                continue
            edged = _EDGED.fullmatch(run) if self._special else None
            if edged is None or edged[2].lower() in self._odd:
                hard.append(run)
                continue
            before, word, behind = edged.groups()
            other = _STANDS_IN if word.islower() else _STANDS_IN.capitalize()
            alike.append((run, word, other, before + other + behind))
        hard += sorted({like for _, _, _, like in alike}.difference(known))
        for at in range(0, len(hard), _AT_ONCE):
            self._cut(hard[at : at + _AT_ONCE])
        for run, word, other, like in alike:
            tokens = [self._token(token.text.replace(other, word)) for token in known[like]]
            known[run] = tuple(tokens)

    def _cut(self, unknown: list[str]) -> None:
        """Cut some runs that were never seen, all in one go."""
        columns = self._nlp.tokenizer(" ".join(unknown)).to_array(["IDX", "LENGTH"]).T
        starts, lengths = (column.tolist()[::-1] for column in columns)
        begin = 0
        for run in unknown:
            end = begin + len(run)
            found: list[str] = []
            while starts and starts[-1] < end:
                start, length = starts.pop(), lengths.pop()
                if start + length > end:
                    # A short form of two words (“EE. UU.”), or two that only met here.
                    starts.append(end + 1)
                    lengths.append(start + length - end - 1)
                    length = end - start
                for piece in _apart(run[start - begin : start - begin + length]):
                    if found and self._belongs(found[-1], piece):
                        found[-1] += piece
                    else:
                        found.append(piece)
            self._known[run] = tuple(map(self._token, found))
            begin = end + 1

    def _token(self, text: str) -> Token:
        token = self._tokens.get(text)
        if token is None:
            token = self._tokens[text] = word(text)
        return token

    def _belongs(self, last: str, piece: str) -> bool:
        """Tell whether words are one: with a hyphen (“London-based”), a short form with its dot."""
        if piece == "." and low(last) in self._abbreviations:
            return True
        if piece[0] in _HYPHENS:
            return last[-1].isalnum()
        return last[-1] in _HYPHENS and len(last) > 1 and piece[0].isalnum()


@lru_cache(maxsize=4)
def cutter(language: str, abbreviations: frozenset[str]) -> Cutter:
    """Return what cuts the texts of a language; one that spaCy does not know is read as “xx”."""
    import spacy
    from spacy.util import get_lang_class
    from spacy.vocab import Vocab

    code = language.split("-", maxsplit=1)[0].lower()
    try:
        get_lang_class(code)
    except (ImportError, ValueError):
        code = "xx"
    # Nothing is asked of a word but where it stands: an empty vocabulary works nothing out of it.
    try:
        return Cutter(spacy.blank(code, vocab=Vocab()), abbreviations)
    except (ImportError, ValueError):
        # Some languages need a segmenter that does not come with the program.
        return Cutter(spacy.blank("xx", vocab=Vocab()), abbreviations)


def _apart(piece: str) -> list[str]:
    """Return a word cut at the quotation marks in it, each of which is a word of its own."""
    if len(piece) == 1 or piece.isalnum():
        return [piece]
    return [part for part in _MARK.split(piece) if part]
