"""Words that are a verb here and a noun or an adjective there (“claims”, “report”, “heated”)."""

from __future__ import annotations

from annotator.assist.lexicons import CueWords
from annotator.assist.tags import (
    ADVERB,
    AND,
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
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
    SUBJECT,
    SUBORDINATOR,
    THAT,
    TO,
    VERB,
    WORD,
    Words,
)
from annotator.assist.tokens import Token

_QUANTIFIERS = frozenset(
    (
        "many", "few", "some", "most", "both", "several", "all", "half", "two", "three", "four",
        "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "thousands",
    )
)  # fmt: skip
_NOMINAL_BEFORE = frozenset((DETERMINER, POSSESSIVE, GENITIVE, PREPOSITION, NUMBER))
_OPENS = frozenset(
    (
        THAT, QUOTE, SUBJECT, DETERMINER, POSSESSIVE, COLON, PRONOUN, NAME, TO, SUBORDINATOR,
    )
)  # fmt: skip


def is_no_verb(sentence: list[Token], position: int, words: Words, cues: CueWords) -> bool:
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
    if before is not None and before.low in _QUANTIFIERS and shape in ("base", "past"):
        # “many fear that”, “both vowed to”; but “some claimed victims”
        return shape == "past" and after is not None and after.tag in (WORD, AND, STOP)
    if before is not None and before.tag in _NOMINAL_BEFORE:
        return not (before.tag == PREPOSITION and shape == "ing")
    if shape in ("base", "s"):
        return not _stands_as_verb(sentence, position, words, cues)
    opens = token.tag == VERB and (before is None or before.tag in (COMMA, AND))
    # “heated debate”: between nothing verbal and a noun an -ed word is an adjective.
    return opens and token.low.endswith("ed") and after is not None and after.tag in (WORD, NAME)


def _is_predicate(sentence: list[Token], position: int) -> bool:
    """Tell whether an adjective stands behind “is” (“is not at all sure”)."""
    left = position - 1
    while left >= 0 and sentence[left].tag in (ADVERB, NOT, DETERMINER):
        left -= 1
    return left >= 0 and sentence[left].tag == AUXILIARY


def _alone_in_clause(sentence: list[Token], position: int) -> bool:
    """Tell whether no other word between two commas could be the verb (“the poll shows gains”)."""
    for way in (-1, 1):
        at = position + way
        while 0 <= at < len(sentence) and sentence[at].tag not in (
            COMMA, STOP, SEMICOLON, COLON, QUOTE, DASH, SUBORDINATOR, THAT,
        ):  # fmt: skip
            if sentence[at].tag in (VERB, AUXILIARY, MODAL, CUE, TO):
                return False
            at += way
    return True


def _stands_as_verb(sentence: list[Token], position: int, words: Words, cues: CueWords) -> bool:
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
    return _after_noun(sentence, position, left, cues)


def _after_noun(sentence: list[Token], position: int, left: Token, cues: CueWords) -> bool:
    """Tell whether it is a verb behind a noun: “leaders point out”, “the poll shows gains”."""
    form = sentence[position].form
    right = sentence[position + 1] if position + 1 < len(sentence) else None
    if form is None or right is None:
        return False
    plural = left.low.endswith("s") and not left.low.endswith(("ss", "us", "is"))
    if right.low in cues.particles.get(form.verb.lemma, ()) and left.tag in (NAME, WORD):
        return (form.shape == "base") == plural and _alone_in_clause(sentence, position)
    if right.tag in (PREPOSITION, AUXILIARY, MODAL, GENITIVE, VERB, CUE):
        return right.low in ("in", "on", "at") and left.tag == NAME
    third = form.shape == "s"
    agrees = third != (plural and left.tag == WORD) or (left.tag == NAME and (third or plural))
    if left.tag not in (NAME, WORD, NUMBER, COMMA, CLOSE, AND) or not agrees:
        return False
    if right.tag == ADVERB and position + 2 < len(sentence):
        right = sentence[position + 2]
    if right.tag in (WORD, NUMBER, ING) and left.tag in (NAME, WORD):
        return _alone_in_clause(sentence, position)
    if right.tag in (STOP, COMMA):
        return not {"saying", "showing"}.isdisjoint(form.verb.groups)
    return right.tag in _OPENS
