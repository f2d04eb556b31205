"""What kind of word each token is, as far as lists, endings and neighbours can tell.

No statistics: a closed list of small words, the forms of the verbs that introduce claims,
a list of other verbs, endings, and capital letters.
"""

from __future__ import annotations

from annotator.assist.lexicons import CueWords
from annotator.assist.tokens import Token

QUOTE, COMMA, STOP, COLON, SEMICOLON, DASH, OPEN, CLOSE, NUMBER = (
    "quote", "comma", "stop", "colon", "semicolon", "dash", "open", "close", "number",
)  # fmt: skip
NAME, WORD, DETERMINER, SUBJECT, PRONOUN, POSSESSIVE, GENITIVE = (
    "name", "word", "determiner", "subject", "pronoun", "possessive", "genitive",
)  # fmt: skip
PREPOSITION, TO, AND, SUBORDINATOR, THAT = "preposition", "to", "and", "subordinator", "that"
AUXILIARY, MODAL, NOT, ADVERB, VERB, ING, CUE = (
    "auxiliary", "modal", "not", "adverb", "verb", "ing", "cue",
)  # fmt: skip

NOMINAL = frozenset(
    (NAME, WORD, DETERMINER, POSSESSIVE, GENITIVE, NUMBER, PREPOSITION, TO, OPEN, CLOSE, ING)
)
"""Tags that the words of a noun phrase have."""

SIGNS = frozenset((QUOTE, COMMA, STOP, COLON, SEMICOLON, DASH, OPEN, CLOSE))

_MARKS = {
    ",": COMMA, ".": STOP, "?": STOP, "!": STOP, "…": STOP, "...": STOP, ":": COLON, ";": SEMICOLON,
    "—": DASH, "–": DASH, "-": DASH, "--": DASH, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
}  # fmt: skip

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
_NOMINAL_BEFORE = frozenset((DETERMINER, POSSESSIVE, GENITIVE, PREPOSITION, NUMBER))

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

Words = dict[str, frozenset[str]]


def is_headline(sentence: list[Token]) -> bool:
    """Tell whether nearly every word is capitalised, so that capitals mean nothing."""
    long = [
        token
        for token in sentence
        if len(token.text) > 2 and token.text[0].isalpha() and token.low not in _LOW_IN_TITLES
    ]
    capitals = sum(token.text[0].isupper() for token in long)
    return len(long) >= 4 and (
        capitals == len(long) or (len(long) > 5 and capitals > 0.85 * len(long))
    )


def tag(sentence: list[Token], words: Words, cues: CueWords) -> None:
    """Fill in the tags of one sentence."""
    first = True
    headline = is_headline(sentence)
    for token in sentence:
        verbal = headline and token.low in cues.forms
        token.tag = _alone(token, words, cues, first=first or verbal)
        if token.tag not in SIGNS:
            first = False
    for position in range(len(sentence)):
        _among_neighbours(sentence, position, words)


def _alone(token: Token, words: Words, cues: CueWords, *, first: bool) -> str:
    if token.quote is not None:
        return QUOTE if token.spoken else WORD
    low = token.low
    if token.text in _MARKS:
        return _MARKS[token.text]
    if not token.text[0].isalnum() and "'" not in low:
        return _MARKS.get(token.text[0], DASH)
    capital = token.text[0].isupper()
    acronym = len(token.text) > 1 and token.text.isupper() and "'" not in low
    small = "" if acronym and not first else _small_word(low, words)
    if capital and not first and small not in (SUBJECT,):
        return NAME
    if small:
        return small
    if low[0].isdigit():
        return NUMBER
    form = cues.forms.get(low)
    if form is not None:
        token.form = form
        return CUE
    if low in words.get("verb", ()):
        return VERB
    return NAME if capital else _by_ending(low)


def _by_ending(low: str) -> str:
    if low.endswith("ly") and len(low) > 4:
        return ADVERB
    if low.endswith("ed") and len(low) > 3 and low not in _NOT_PARTICIPLES and "-" not in low:
        return VERB
    if low.endswith("ing") and len(low) > 5:
        return ING
    return WORD


_CLASSES = (
    ("to", TO), ("that", THAT), ("negation", NOT), ("modal", MODAL), ("subject", SUBJECT),
    ("possessive", POSSESSIVE), ("auxiliary", AUXILIARY), ("determiner", DETERMINER),
    ("coordinator", AND), ("subordinator", SUBORDINATOR), ("preposition", PREPOSITION),
    ("pronoun", PRONOUN), ("adverb", ADVERB),
)  # fmt: skip


def _small_word(low: str, words: Words) -> str:
    if low == "to":
        return TO
    if low == "that":
        return THAT
    for name, kind in _CLASSES:
        if low in words.get(name, ()):
            return kind
    return ""


def _among_neighbours(sentence: list[Token], position: int, words: Words) -> None:
    token = sentence[position]
    before = sentence[position - 1] if position else None
    after = sentence[position + 1] if position + 1 < len(sentence) else None
    if token.low == "while" and before is not None and before.low == "a":
        token.tag = WORD
    elif token.low == "there" and after is not None and after.tag in (AUXILIARY, MODAL):
        token.tag = SUBJECT
    elif token.low in ("'s", "'"):
        token.tag = _apostrophe(before, after)
    elif token.tag in (VERB, CUE) and _is_no_verb(sentence, position, words):
        token.tag = WORD


def _is_no_verb(sentence: list[Token], position: int, words: Words) -> bool:
    """Tell whether a word that looks like a verb is a noun or an adjective here."""
    token = sentence[position]
    before = sentence[position - 1] if position else None
    after = sentence[position + 1] if position + 1 < len(sentence) else None
    shape = token.form.shape if token.form is not None else ""
    alone = after is None or after.tag in (COMMA, STOP, VERB, AUXILIARY, MODAL, AND)
    if shape == "ing" and alone and (before is None or before.tag != COMMA):
        return True
    adverb = position > 1 and before is not None and before.tag == ADVERB
    if adverb and sentence[position - 2].tag in (DETERMINER, POSSESSIVE, GENITIVE):
        # “the newly installed chief”
        return True
    if shape == "adjective":
        return not _is_predicate(sentence, position)
    if before is not None and before.tag in _NOMINAL_BEFORE:
        return not (before.tag == PREPOSITION and shape == "ing")
    if shape in ("base", "s"):
        return not _stands_as_verb(sentence, position, words)
    opens = token.tag == VERB and (before is None or before.tag in (COMMA, AND))
    # “heated debate”: between nothing verbal and a noun an -ed word is an adjective.
    return opens and token.low.endswith("ed") and after is not None and after.tag in (WORD, NAME)


def _is_predicate(sentence: list[Token], position: int) -> bool:
    """Tell whether an adjective stands behind “is” (“is not at all sure”)."""
    left = position - 1
    while left >= 0 and sentence[left].tag in (ADVERB, NOT, DETERMINER):
        left -= 1
    return left >= 0 and sentence[left].tag == AUXILIARY


def _apostrophe(before: Token | None, after: Token | None) -> str:
    if before is None or before.tag in (SUBJECT, THAT, ADVERB, SUBORDINATOR):
        return AUXILIARY
    if after is not None and after.tag in (DETERMINER, NOT, TO, ADVERB, PREPOSITION, SUBJECT):
        return AUXILIARY
    return GENITIVE


def _stands_as_verb(sentence: list[Token], position: int, words: Words) -> bool:
    """Tell whether a word that could be a noun (“claims”, “report”) is a verb here."""
    token = sentence[position]
    before = position - 1
    while before >= 0 and sentence[before].tag == ADVERB:
        before -= 1
    left = sentence[before] if before >= 0 else None
    right = sentence[position + 1] if position + 1 < len(sentence) else None
    if left is None:
        return False
    if left.tag in (MODAL, TO, NOT):
        return not (before > 0 and sentence[before - 1].low == "according")
    if token.form is not None and token.form.verb.lemma not in words["noun"]:
        return True
    if left.tag in (SUBJECT, PRONOUN, SUBORDINATOR, THAT):
        return True
    if left.tag == AUXILIARY:
        return left.low in ("do", "does", "did")
    if left.tag == QUOTE:
        return right is not None and right.tag in (NAME, SUBJECT, DETERMINER, POSSESSIVE)
    if right is None or right.tag in (PREPOSITION, AUXILIARY, MODAL, GENITIVE, VERB, CUE):
        return right is not None and right.low in ("in", "on", "at") and left.tag == NAME
    if left.tag in (NAME, WORD, NUMBER, COMMA, CLOSE, AND):
        plural = left.low.endswith("s") and not left.low.endswith(("ss", "us", "is"))
        agrees = token.form is not None and (token.form.shape == "s") != (
            plural and left.tag == WORD
        )
        opens = right.tag in (
            THAT, QUOTE, SUBJECT, DETERMINER, POSSESSIVE, COLON, PRONOUN, NAME, TO, SUBORDINATOR,
        )  # fmt: skip
        closes = (
            right.tag in (STOP, COMMA)
            and token.form is not None
            and (not {"saying", "showing"}.isdisjoint(token.form.verb.groups))
        )
        return (agrees and (opens or closes)) or (
            right.tag in (THAT, QUOTE, COLON, SUBJECT) and agrees
        )
    return False
