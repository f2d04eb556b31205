"""What kind of word each token is, as far as lists, endings and neighbours can tell.

No statistics: a closed list of small words, the forms of the verbs that introduce claims,
a list of other verbs, endings, and capital letters.
"""

from __future__ import annotations

from annotator.assist.homographs import is_no_verb
from annotator.assist.lexicons import CueWords
from annotator.assist.tags import (
    ADVERB,
    AUXILIARY,
    CLOSE,
    COLON,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    GENITIVE,
    ING,
    MODAL,
    NAME,
    NOT,
    NUMBER,
    OPEN,
    PREPOSITION,
    QUOTE,
    SEMICOLON,
    SIGNS,
    STOP,
    SUBJECT,
    SUBORDINATOR,
    THAT,
    TO,
    VERB,
    WORD,
    Words,
)
from annotator.assist.tokens import Paragraph, Token

_MARKS = {
    ",": COMMA, ".": STOP, "?": STOP, "!": STOP, "…": STOP, "...": STOP, ":": COLON, ";": SEMICOLON,
    "—": DASH, "–": DASH, "-": DASH, "--": DASH, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
}  # fmt: skip

_DOUBTFUL = frozenset((VERB, CUE))
_DOUBTFUL_WORDS = frozenset(("while", "there", "'s", "'"))
"""What may be something else beside its neighbours."""

_MOST_KNOWN = 50_000

_NOT_PARTICIPLES = frozenset(
    [
        "need",
        "speed",
        "breed",
        "bleed",
        "seed",
        "weed",
        "creed",
        "red",
        "bed",
        "hundred",
        "indeed",
        "united",
        "unprecedented",
        "so-called",
        "alleged",
        "supposed",
        "hatred",
        "sacred",
        "wicked",
        "naked",
        "kindred",
    ]
)
_NO_ADVERBS = frozenset((
    "family", "ally", "rally", "reply", "supply", "assembly", "monopoly", "anomaly", "belly",
    "bully", "jelly", "lily", "melancholy", "homily", "butterfly", "friendly", "elderly", "deadly",
    "costly", "lonely", "lovely", "ugly",
))  # fmt: skip
_LOW_IN_TITLES = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "over",
        "into",
        "but",
        "nor",
        "its",
        "his",
        "her",
        "per",
        "via",
    ]
)


def is_headline(sentence: list[Token]) -> bool:
    """Tell whether nearly every word is capitalised, so that capitals mean nothing."""
    if len(sentence) < 4:
        return False
    capitals = small = 0
    most = 0.15 * len(sentence)
    for token in sentence:
        if len(token.text) > 2 and token.text[0].isalpha() and token.low not in _LOW_IN_TITLES:
            if token.text[0].isupper():
                capitals += 1
            else:
                small += 1
                if small > most:
                    return False
    long = capitals + small
    return long >= 4 and (not small or (long > 5 and capitals > 0.85 * long))


def tag_paragraph(paragraph: Paragraph, words: Words, cues: CueWords) -> None:
    """Fill in the tags of a paragraph, unless that was done with the same words."""
    if paragraph.tagged is not cues:
        paragraph.headlines = [is_headline(sentence) for sentence in paragraph.sentences]
        for sentence, headline in zip(paragraph.sentences, paragraph.headlines, strict=True):
            _tag(sentence, words, cues, headline=headline)
        paragraph.tagged = cues


def _tag(sentence: list[Token], words: Words, cues: CueWords, *, headline: bool) -> None:
    """Fill in the tags of one sentence; what a word is by itself is looked up once for all texts."""
    first = True
    doubtful: list[int] = []
    for position, token in enumerate(sentence):
        if token.quote is not None:
            token.tag = QUOTE if token.spoken else WORD
        else:
            opens = first or (headline and token.low in cues.forms)
            known = cues.opening if opens else cues.within
            seen = known.get(token.text)
            if seen is None:
                _alone(token, words, cues, first=opens)
                if len(known) > _MOST_KNOWN:
                    known.clear()
                doubt = token.tag in _DOUBTFUL or token.low in _DOUBTFUL_WORDS
                seen = known[token.text] = (token.tag, token.form, doubt)
            token.tag, token.form, doubt = seen
            if doubt:
                doubtful.append(position)
        if first and token.tag not in SIGNS:
            first = False
    for position in doubtful:
        _among_neighbours(sentence, position, words, cues)


def _alone(token: Token, words: Words, cues: CueWords, *, first: bool) -> None:
    """Fill in what a word is when nothing is known of its neighbours."""
    token.tag = _kind(token, words, cues, first=first)
    token.form = cues.forms[token.low] if token.tag == CUE else None


def _kind(token: Token, words: Words, cues: CueWords, *, first: bool) -> str:
    low = token.low
    if token.text in _MARKS:
        return _MARKS[token.text]
    if not token.text[0].isalnum() and "'" not in low:
        return _MARKS.get(token.text[0], DASH)
    capital = token.text[0].isupper() or ("-" in token.text and not token.text.islower())
    acronym = len(token.text) > 1 and token.text.isupper() and "'" not in low
    small = "" if acronym and not first else cues.classes.get(low, "")
    if capital and not first and small not in (SUBJECT,):
        return NAME
    if small:
        return small
    if low[0].isdigit():
        return NUMBER
    if low in cues.forms:
        return CUE
    if low in words.get("verb", ()):
        return VERB
    return NAME if capital else _by_ending(low)


def _by_ending(low: str) -> str:
    if low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS:
        return ADVERB
    if low.endswith("ed") and len(low) > 3 and low not in _NOT_PARTICIPLES and "-" not in low:
        return VERB
    if low.endswith("ing") and len(low) > 5:
        return ING
    return WORD


def _among_neighbours(sentence: list[Token], position: int, words: Words, cues: CueWords) -> None:
    token = sentence[position]
    before = sentence[position - 1] if position else None
    after = sentence[position + 1] if position + 1 < len(sentence) else None
    if token.low == "while" and before is not None and before.low == "a":
        token.tag = WORD
    elif token.low == "there" and after is not None and after.tag in (AUXILIARY, MODAL):
        token.tag = SUBJECT
    elif token.low in ("'s", "'"):
        token.tag = _apostrophe(before, after)
    elif token.tag in (VERB, CUE) and is_no_verb(sentence, position, words, cues):
        token.tag = WORD


def _apostrophe(before: Token | None, after: Token | None) -> str:
    if before is None or before.tag in (SUBJECT, THAT, ADVERB, SUBORDINATOR):
        return AUXILIARY
    if after is not None and after.tag in (DETERMINER, NOT, TO, ADVERB, PREPOSITION, SUBJECT):
        return AUXILIARY
    return GENITIVE
