"""What kind of word each token is, as far as lists, endings and neighbours can tell.

No statistics: a closed list of small words, the forms of the verbs that introduce claims,
a list of other verbs, endings, and capital letters.
"""

from __future__ import annotations

from annotator.assist.homographs import is_no_verb
from annotator.assist.lexicons import CueWords, Form
from annotator.assist.sentences import Paragraph, Sentence
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
from annotator.assist.tokens import CAPITAL, SMALL, Token

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


def is_headline(tokens: list[Token]) -> bool:
    """Tell whether nearly every word is capitalised, so that capitals mean nothing."""
    cases = [token.case for token in tokens]
    capitals, small = cases.count(CAPITAL), cases.count(SMALL)
    long = capitals + small
    return long >= 4 and (not small or (long > 5 and capitals > 0.85 * long))


def tag_paragraph(paragraph: Paragraph, words: Words, cues: CueWords) -> None:
    """Fill in the tags of a paragraph, unless that was done with the same words."""
    if paragraph.tagged is not cues:
        for sentence in paragraph.sentences:
            sentence.headline = is_headline(sentence.tokens)
            _tag(sentence, words, cues)
        paragraph.tagged = cues


def _tag(sentence: Sentence, words: Words, cues: CueWords) -> None:
    """Fill in the tags of one sentence; what a word is by itself is looked up once for all texts."""
    known = cues.within
    tokens = sentence.tokens = [
        (known.get(token.text) or _alone(token, words, cues, first=False))
        if token.quote is None
        else _quotation(token, cues)
        for token in sentence.tokens
    ]
    first = True
    for position, token in enumerate(tokens):
        if token.quote is None and (first or (sentence.headline and token.low in cues.forms)):
            tokens[position] = cues.opening.get(token.text) or _alone(
                token, words, cues, first=True
            )
        first = first and tokens[position].tag in SIGNS
        if not first and not sentence.headline:
            break
    for position in [at for at, token in enumerate(tokens) if token.doubtful]:
        _among_neighbours(tokens, position, words, cues)


def _quotation(token: Token, cues: CueWords) -> Token:
    """Return a folded quotation as what it stands for in its sentence."""
    return _as(token, QUOTE if token.spoken else WORD, None, cues)


def _alone(token: Token, words: Words, cues: CueWords, *, first: bool) -> Token:
    """Return what a word is when nothing is known of its neighbours, and keep it in mind."""
    tag = _kind(token, words, cues, first=first)
    known = cues.opening if first else cues.within
    if len(known) > _MOST_KNOWN:
        known.clear()
    found = known[token.text] = _as(token, tag, cues.forms[token.low] if tag == CUE else None, cues)
    return found


def _as(token: Token, tag: str, form: Form | None, cues: CueWords) -> Token:
    """Return a word as one of a kind."""
    low = token.low
    doubtful = token.quote is None and (tag in _DOUBTFUL or low in _DOUBTFUL_WORDS)
    leads = tag in (CUE, COLON) or low in cues.before or (tag == WORD and low in cues.all_nouns)
    return Token(
        token.text, low, token.capital, token.named, token.case, token.closes,
        tag, form, doubtful, leads, token.quote, token.spoken,
    )  # fmt: skip


def _kind(token: Token, words: Words, cues: CueWords, *, first: bool) -> str:
    low = token.low
    if token.text in _MARKS:
        return _MARKS[token.text]
    if not token.text[0].isalnum() and "'" not in low:
        return _MARKS.get(token.text[0], DASH)
    capital = token.capital or ("-" in token.text and not token.text.islower())
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


def _among_neighbours(tokens: list[Token], position: int, words: Words, cues: CueWords) -> None:
    token = tokens[position]
    before = tokens[position - 1] if position else None
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    tag = token.tag
    if token.low == "while" and before is not None and before.low == "a":
        tag = WORD
    elif token.low == "there" and after is not None and after.tag in (AUXILIARY, MODAL):
        tag = SUBJECT
    elif token.low in ("'s", "'"):
        tag = _apostrophe(before, after)
    elif tag in _DOUBTFUL and is_no_verb(tokens, position, words, cues):
        tag = WORD
    if tag != token.tag:
        tokens[position] = _as(token, tag, token.form, cues)


def _apostrophe(before: Token | None, after: Token | None) -> str:
    if before is None or before.tag in (SUBJECT, THAT, ADVERB, SUBORDINATOR):
        return AUXILIARY
    if after is not None and after.tag in (DETERMINER, NOT, TO, ADVERB, PREPOSITION, SUBJECT):
        return AUXILIARY
    return GENITIVE
