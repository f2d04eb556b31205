"""Words and sentences of a text, quotations folded into one token each.

spaCy's blank pipeline of the language makes the words; offsets stay code points of the
whole text. Lines are cut before they reach it, so that no input makes it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.assist.lexicons import Form
from annotator.assist.quotations import Quotation, paragraphs
from annotator.domain.fragment import Extent

if TYPE_CHECKING:
    from spacy.language import Language

_CUT = re.compile(r"'''|''|``|[—“”„«»\"]|\S{60,}|\s{60,}")
_LONGEST_PIECE = 2_000
_LONGEST_SENTENCE = 200
"""In words. What is longer is no sentence but a list; it is cut, so that reading stays quick."""
_STOPS = frozenset(".?!…")
_CLOSERS = frozenset(")]}”»\"'’")


@dataclass(slots=True)
class Token:
    """One word, sign or whole quotation; ``tag`` and ``form`` are filled in by ``tagging``.

    Attributes:
        low: the word in lower case, with straight apostrophes.
        quote: the quotation this token stands for.
        spoken: whether the quotation is long or complete enough to be what somebody said.
    """

    start: int
    end: int
    text: str
    low: str
    tag: str = ""
    form: Form | None = None
    quote: Quotation | None = None
    spoken: bool = False


@dataclass(slots=True)
class Paragraph:
    """The sentences of one line (or of lines joined by a running quotation)."""

    sentences: list[list[Token]] = field(default_factory=list)


@lru_cache(maxsize=4)
def pipeline(language: str) -> Language:
    """Return the blank pipeline of a language; one that spaCy does not know is read as “xx”."""
    import spacy
    from spacy.util import get_lang_class

    code = language.split("-", maxsplit=1)[0].lower()
    try:
        get_lang_class(code)
    except (ImportError, ValueError):
        code = "xx"
    try:
        return spacy.blank(code)
    except (ImportError, ValueError):
        # Some languages need a segmenter that does not come with the program.
        return spacy.blank("xx")


def read(
    text: str, quotes: list[Quotation], language: str, abbreviations: frozenset[str] = frozenset()
) -> list[Paragraph]:
    """Return the paragraphs of a text with their words, in reading order."""
    nlp = pipeline(language)
    found: list[Paragraph] = []
    waiting = list(reversed(quotes))
    covered = 0
    for start, end in paragraphs(text):
        if end <= covered:
            continue
        line = Paragraph()
        tokens: list[Token] = []
        at = max(start, covered)
        while waiting and waiting[-1].start < end:
            quote = waiting.pop()
            tokens += words(nlp, text, at, quote.start)
            tokens.append(_folded(text, quote))
            at = quote.end
        covered = max(covered, at)
        tokens += words(nlp, text, at, max(at, end))
        line.sentences = list(_sentences(_joined(tokens, abbreviations)))
        found.append(line)
    return found


def words(nlp: Language, text: str, start: int, end: int) -> list[Token]:
    """Return the words of ``text[start:end]``."""
    found: list[Token] = []
    at = start
    for match in _CUT.finditer(text, start, end):
        _take(nlp, text, at, match.start(), found)
        if not match.group().isspace():
            found.append(_token(text, *match.span()))
        at = match.end()
    _take(nlp, text, at, end, found)
    return found


def _take(nlp: Language, text: str, start: int, end: int, found: list[Token]) -> None:
    while start < end:
        stop = min(end, start + _LONGEST_PIECE)
        if stop < end:
            space = text.rfind(" ", start, stop)
            stop = space + 1 if space > start else stop
        piece = text[start:stop]
        if not piece.isspace():
            for word in nlp.tokenizer(piece):
                if not word.is_space:
                    begin = start + word.idx
                    found.append(_token(text, begin, begin + len(word.text)))
        start = stop


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    return Token(start, end, word, word.lower().replace("’", "'"))


def _folded(text: str, quote: Quotation) -> Token:
    inner = [text[start:end] for start, end in quote.inner]
    count = sum(len(part.split()) for part in inner)
    last = inner[-1].rstrip()
    behind = text[quote.end : quote.end + 2].lstrip()[:1]
    complete = bool(last) and (last[-1] in ",.?!…—-" or behind == ",")
    shouted = all(part.isupper() for part in inner)
    spoken = count >= 5 or (complete and (count >= 2 or last[-1] in ",?!") and not shouted)
    return Token(
        quote.start, quote.end, text[quote.start : quote.end], last[-1:], quote=quote, spoken=spoken
    )


def _joined(tokens: list[Token], abbreviations: frozenset[str]) -> list[Token]:
    """Put words with hyphens together again (“London-based”), and short forms with their dot."""
    found: list[Token] = []
    for token in tokens:
        if (
            found
            and found[-1].end == token.start
            and token.quote is None
            and found[-1].quote is None
            and (
                (token.text == "." and found[-1].low in abbreviations)
                or (token.text[0] in "-‐‑" and found[-1].text[-1].isalnum())
                or (
                    found[-1].text[-1] in "-‐‑"
                    and len(found[-1].text) > 1
                    and token.text[0].isalnum()
                )
            )
        ):
            last = found[-1]
            found[-1] = Token(last.start, token.end, last.text + token.text, last.low + token.low)
        else:
            found.append(token)
    return found


def _sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    current: list[Token] = []
    for position, token in enumerate(tokens):
        current.append(token)
        if _ends(tokens, position) or len(current) >= _LONGEST_SENTENCE:
            yield current
            current = []
    if current:
        yield current


def _ends(tokens: list[Token], position: int) -> bool:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None:
        return True
    if token.quote is not None:
        if token.low and token.low in "?!.":
            return _begins(following) and (token.spoken or following.text[0].isupper())
        return False
    if token.text[-1] in _STOPS and (len(token.text) == 1 or token.text[0] in _STOPS):
        return following.quote is not None or (
            following.text[0] not in _CLOSERS and _begins(following)
        )
    return token.text[0] in _CLOSERS and position > 0 and tokens[position - 1].text in _STOPS


def _begins(token: Token) -> bool:
    return token.quote is not None or not token.text[0].islower()


def extent(tokens: list[Token]) -> Extent:
    """Return the extent from the first to the last of some tokens."""
    return tokens[0].start, tokens[-1].end
