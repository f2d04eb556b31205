"""Sentences of a text, with or without their quotations folded into one token each.

Offsets are code points of the whole text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from annotator.assist.cutting import cutter
from annotator.assist.lexicons import CueWords
from annotator.assist.quotations import Quotation, paragraphs
from annotator.assist.tokens import CLOSERS, STOPS, Token, quoted, word
from annotator.domain.fragment import Extent

_LONGEST_SENTENCE = 200
"""In words. What is longer is no sentence but a list; it is cut, so that reading stays quick."""


@dataclass(slots=True)
class Sentence:
    """The words of a sentence, and where each begins.

    Attributes:
        headline: whether its capitals mean nothing; known once it is tagged.
    """

    tokens: list[Token]
    starts: list[int]
    headline: bool = False

    def extent(self, first: int, last: int) -> Extent:
        """Return where the words at the positions ``[first, last)`` stand; there is at least one."""
        return self.starts[first], self.starts[last - 1] + len(self.tokens[last - 1].text)


@dataclass(slots=True)
class Paragraph:
    """The sentences of one line (or of lines joined by a running quotation).

    Attributes:
        tagged: the words by which its tags were filled in.
    """

    sentences: list[Sentence]
    start: int
    end: int
    tagged: CueWords | None = None


@lru_cache(maxsize=4)
def plain(text: str, language: str, abbreviations: frozenset[str]) -> tuple[Paragraph, ...]:
    """Return the lines of a text with their words, no quotation folded; shared by all who read it."""
    tokens = cutter(language, abbreviations).cut(text)
    starts: list[int] = []
    at, find = 0, text.find
    for token in tokens:
        at = find(token.text, at)
        starts.append(at)
        at += len(token.text)
    found: list[Paragraph] = []
    last = 0
    for start, end in paragraphs(text):
        first, last = last, bisect_left(starts, end, last)
        sentences = _sentences(tokens[first:last], starts[first:last])
        found.append(Paragraph(list(sentences), start, end))
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
        whole = Sentence(
            [token for sentence in line.sentences for token in sentence.tokens],
            [start for sentence in line.sentences for start in sentence.starts],
        )
        folded = Sentence([], [])
        while waiting and waiting[-1].start < line.end:
            quote = waiting.pop()
            _take(whole, covered, quote.start, folded)
            folded.tokens.append(_folded(text, quote))
            folded.starts.append(quote.start)
            covered = quote.end
        _take(whole, covered, line.end, folded)
        covered = max(covered, line.start)
        found.append(
            Paragraph(list(_sentences(folded.tokens, folded.starts)), line.start, line.end)
        )
    return found


def _take(line: Sentence, start: int, end: int, found: Sentence) -> None:
    """Add the words of a line that stand in ``[start, end)``, those at its edges cut."""
    first = max(0, bisect_right(line.starts, start) - 1)
    if line.extent(first, first + 1)[1] <= start:
        first += 1
    last = bisect_left(line.starts, end)
    if first >= last:
        return
    tokens, starts = line.tokens[first:last], line.starts[first:last]
    if starts[0] < start:
        tokens[0] = word(tokens[0].text[start - starts[0] :])
        starts[0] = start
    if starts[-1] + len(tokens[-1].text) > end:
        tokens[-1] = word(tokens[-1].text[: end - starts[-1]])
    found.tokens += tokens
    found.starts += starts


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
    return quoted(text[quote.start : quote.end], quote, last[-1:], spoken=spoken)


def _sentences(tokens: list[Token], starts: list[int]) -> Iterator[Sentence]:
    begin = 0
    for end in _ends(tokens):
        while begin < end:
            cut = min(end, begin + _LONGEST_SENTENCE)
            yield Sentence(tokens[begin:cut], starts[begin:cut])
            begin = cut


def _ends(tokens: list[Token]) -> Iterator[int]:
    """Yield the positions behind the last words of sentences, of whatever length."""
    for position, token in enumerate(tokens):
        if token.closes and _is_last(tokens, position):
            yield position + 1
    yield len(tokens)


def _is_last(tokens: list[Token], position: int) -> bool:
    if position + 1 == len(tokens):
        return True
    token, following = tokens[position], tokens[position + 1]
    if token.quote is not None:
        if token.low and token.low in "?!.":
            return _begins(following) and (token.spoken or following.capital)
        return False
    if token.text[-1] in STOPS and (len(token.text) == 1 or token.text[0] in STOPS):
        return following.quote is not None or (
            following.text[0] not in CLOSERS and _begins(following)
        )
    closes = token.text[0] in CLOSERS and position > 0 and tokens[position - 1].text in STOPS
    return closes and _begins(following)


def _begins(token: Token) -> bool:
    return token.quote is not None or not token.text[0].islower()
