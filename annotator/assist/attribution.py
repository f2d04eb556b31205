"""An attribution: who says what, and the words by which that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.assist.cues import (
    Cue,
)  # fmt: skip
from annotator.assist.noun_phrases import Stretch
from annotator.assist.quotations import Quotation
from annotator.assist.sentences import Sentence
from annotator.assist.tags import (
    AUXILIARY,
    COLON,
    COMMA,
    CUE,
    DASH,
    MODAL,
    POSSESSIVE,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
    SUBJECT,
    THAT,
    VERB,
)
from annotator.assist.tokens import Token
from annotator.domain.fragment import Extent

DIRECT, MIXED, REPORTED = "direct", "mixed", "reported"

_EDGES = frozenset((COMMA, QUOTE, DASH, STOP, COLON, SEMICOLON))


@dataclass(slots=True)
class Attribution:
    """Who says what, and by which words that is known; all offsets are code points.

    Attributes:
        cue: the whole cue (“did not say”); None for a quotation without one.
        head: the word that carries it (“say”).
        source: the words that name the source, as they stand; None where none was found.
        outer: what is said with its quotation marks and the word “that”.
        inner: what is said, without them.
        claim: whether it says that something is so, rather than a wish or a deed.
        lemma: basic form of the verb, empty for other cues.
        sure: 0 to 1.
        later: quotations of the sentences right after it, which the same source says.
    """

    cue: Extent | None
    head: Extent | None
    source: Extent | None
    outer: list[Extent]
    inner: list[Extent]
    mode: str
    claim: bool
    lemma: str
    groups: tuple[str, ...]
    reason: str
    sure: float
    paragraph: int = 0
    later: list[Quotation] = field(default_factory=list)


def is_claim(cue: Cue, content: list[Token]) -> bool:
    """Tell whether it is said that something is so: not a wish, a deed, or a mere thing."""
    if any(token.tag == QUOTE for token in content):
        return True
    if len(content) == 1 and content[0].tag in (PRONOUN, SUBJECT, POSSESSIVE):
        return False
    if cue.verb is None:
        return True
    verbal = any(token.tag in (VERB, AUXILIARY, MODAL, CUE, THAT) for token in content)
    judges = "calling" in cue.verb.groups and not cue.has("q")
    return cue.verb.claim and (verbal or judges)


def outer_extents(sentence: Sentence, part: Stretch) -> Iterable[Extent]:
    """Return the extents of a stretch; a quotation over paragraphs keeps one for each."""
    start, end = part
    quote = sentence.tokens[start].quote if end - start == 1 else None
    return (sentence.extent(start, end),) if quote is None else quote.outer


def inner_extents(sentence: Sentence, part: Stretch) -> Iterable[Extent]:
    """Return the extents of a stretch without “that” and, for a quotation alone, its marks."""
    start, end = part
    if sentence.tokens[start].tag == THAT:
        start += 1
    quote = sentence.tokens[start].quote if end - start == 1 else None
    if quote is not None:
        return quote.inner
    return (sentence.extent(start, end),) if start < end else ()
