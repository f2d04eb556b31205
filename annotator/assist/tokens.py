"""Words and sentences of a text, quotations folded into one token each.

Offsets are code points of the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.assist.cutting import RUN, cutter
from annotator.assist.lexicons import CueWords, Form
from annotator.assist.quotations import Quotation, paragraphs
from annotator.domain.fragment import Extent

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
    """The sentences of one line (or of lines joined by a running quotation).

    Attributes:
        tagged: the words by which its tags were filled in.
        headlines: for each sentence, whether its capitals mean nothing; known once it is tagged.
    """

    sentences: list[list[Token]]
    start: int
    end: int
    tagged: CueWords | None = None
    headlines: list[bool] = field(default_factory=list)


@lru_cache(maxsize=4)
def plain(text: str, language: str, abbreviations: frozenset[str]) -> tuple[Paragraph, ...]:
    """Return the lines of a text with their words, no quotation folded; shared by all who read it."""
    known = cutter(language, abbreviations).pieces(text)
    found: list[Paragraph] = []
    for start, end in paragraphs(text):
        tokens: list[Token] = []
        for run in RUN.finditer(text, start, end):
            at = run.start()
            for begin, stop, word, low in known[run.group()]:
                tokens.append(Token(at + begin, at + stop, word, low))
        found.append(Paragraph(list(_sentences(tokens)), start, end))
    return tuple(found)


def read(
    text: str, quotes: list[Quotation], language: str, abbreviations: frozenset[str] = frozenset()
) -> list[Paragraph]:
    """Return the paragraphs of a text in reading order, each quotation folded into one word.

    Paragraphs without quotations are the ones that ``plain`` returns.
    """
    found: list[Paragraph] = []
    waiting = list(reversed(quotes))
    covered = 0
    for line in plain(text, language, abbreviations):
        if line.end <= covered:
            continue
        if covered <= line.start and not (waiting and waiting[-1].start < line.end):
            found.append(line)
            continue
        here = [token for sentence in line.sentences for token in sentence]
        tokens: list[Token] = []
        at = 0
        while waiting and waiting[-1].start < line.end:
            quote = waiting.pop()
            at = _take(text, here, at, (covered, quote.start), tokens)
            tokens.append(_folded(text, quote))
            covered = quote.end
        _take(text, here, at, (covered, line.end), tokens)
        covered = max(covered, line.start)
        found.append(Paragraph(list(_sentences(tokens)), line.start, line.end))
    return found


def _take(text: str, here: list[Token], at: int, bounds: Extent, found: list[Token]) -> int:
    """Add the words of a line within bounds, cut at them; return the position of the next word."""
    start, end = bounds
    while at < len(here) and here[at].end <= start:
        at += 1
    while at < len(here) and here[at].start < end:
        token = here[at]
        if token.start >= start and token.end <= end:
            found.append(Token(token.start, token.end, token.text, token.low))
        else:
            found.append(_token(text, max(token.start, start), min(token.end, end)))
        if token.end > end:
            return at
        at += 1
    return at


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
    announced = text[max(0, quote.start - 2) : quote.start].strip() in (",", ":")
    single = last[-1:] in (",", "?", "!") or announced
    spoken = count >= 5 or (complete and (count >= 2 or single) and not shouted)
    return Token(
        quote.start, quote.end, text[quote.start : quote.end], last[-1:], quote=quote, spoken=spoken
    )


def _sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    start, last = 0, len(tokens) - 1
    for position, token in enumerate(tokens):
        longest = position - start + 1 >= _LONGEST_SENTENCE
        if token.text.isalnum() and position != last and not longest:
            continue
        may_end = (
            position == last
            or token.quote is not None
            or token.text[-1] in _STOPS
            or token.text[0] in _CLOSERS
        )
        if longest or (may_end and _ends(tokens, position)):
            yield tokens[start : position + 1]
            start = position + 1


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
    closes = token.text[0] in _CLOSERS and position > 0 and tokens[position - 1].text in _STOPS
    return closes and _begins(following)


def _begins(token: Token) -> bool:
    return token.quote is not None or not token.text[0].islower()


def extent(tokens: list[Token]) -> Extent:
    """Return the extent from the first to the last of some tokens."""
    return tokens[0].start, tokens[-1].end
