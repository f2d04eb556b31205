"""Sources: who says it, as a stretch of tokens beside the cue."""

from __future__ import annotations

from itertools import pairwise

from annotator.assist.cues import NOUN, PARTICIPLE, PASSIVE, PHRASE, SPEAKER, Cue
from annotator.assist.tagging import (
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
    NOMINAL,
    NOT,
    NUMBER,
    OPEN,
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
)  # fmt: skip
from annotator.assist.tokens import Token

Stretch = tuple[int, int]
"""Positions of tokens, end exclusive."""

_RELATIVE = frozenset(("who", "which", "that"))
_SKIPPED = frozenset((ADVERB, NOT, AUXILIARY, MODAL))
_ADJUNCT = frozenset((PREPOSITION, ADVERB, SUBORDINATOR, ING, TO))
_IN_APPOSITION = frozenset(("of", "who", "which", "whose", "from", "formerly"))
_HEADS = frozenset((NAME, WORD, NUMBER))


def source(sentence: list[Token], cue: Cue, words: Words) -> Stretch | None:
    """Return who the cue names as the source, or None if the sentence does not say."""
    if cue.kind == PHRASE:
        return phrase_after(sentence, cue.last)
    if cue.kind == SPEAKER:
        at = cue.first
        while at > 0 and sentence[at - 1].tag in (NAME, AND, DETERMINER, GENITIVE):
            at -= 1
        return at, cue.first
    if cue.kind == PASSIVE:
        return _by(sentence, cue)
    if cue.kind == NOUN:
        return _owner(sentence, cue)
    if cue.kind == PARTICIPLE and cue.first and sentence[cue.first - 1].tag in (COMMA, PREPOSITION):
        found = _of_sentence(sentence, cue.first - 1, words)
        if found is None and sentence[cue.first - 1].tag == COMMA:
            found = nominal_before(sentence, cue.first - 1, words)
        return found
    return cue.subject or subject(sentence, cue.first, words)


def subject(sentence: list[Token], position: int, words: Words) -> Stretch | None:
    """Return the subject of the verb group that begins at ``position``."""
    at = position - 1
    while at >= 0 and sentence[at].tag in _SKIPPED:
        at -= 1
    if at < 0:
        return None
    token = sentence[at]
    if token.tag == SUBJECT:
        return at, at + 1
    if token.low in _RELATIVE:
        return _before_relative(sentence, at, words)
    if token.tag == COMMA:
        return _before_comma(sentence, at, words)
    if token.tag in (AND, VERB, CUE, TO, PREPOSITION, PRONOUN, THAT, SUBORDINATOR):
        return _of_sentence(sentence, at, words)
    if token.tag in (QUOTE, COLON, SEMICOLON, STOP, DASH):
        return _of_sentence(sentence, at, words) if token.tag == DASH else None
    return nominal_before(sentence, at + 1, words)


def nominal_before(sentence: list[Token], end: int, words: Words) -> Stretch | None:
    """Return the noun phrase that ends before ``end``."""
    at = end
    depth = 0
    while at > 0:
        token = sentence[at - 1]
        if token.tag == CLOSE:
            depth += 1
        elif token.tag == OPEN:
            if not depth:
                break
            depth -= 1
        elif not depth and not _inside(sentence, at - 1, end):
            break
        at -= 1
    return _trimmed(sentence, at, end, words)


def phrase_after(sentence: list[Token], start: int) -> Stretch | None:
    """Return the noun phrase that begins at ``start``, with an apposition closed by a comma."""
    at = start
    depth = 0
    while at < len(sentence):
        token = sentence[at]
        if token.tag == OPEN:
            depth += 1
        elif token.tag == CLOSE:
            depth -= 1
        elif depth == 0:
            if token.tag in (SUBJECT, PRONOUN) and at == start:
                return at, at + 1
            if token.tag == AND:
                if not (
                    at > start
                    and at + 1 < len(sentence)
                    and sentence[at + 1].tag in (NAME, DETERMINER, WORD)
                ):
                    break
            elif (
                token.tag not in NOMINAL
                or token.tag == TO
                or (token.tag in (DETERMINER,) and at > start and sentence[at - 1].tag in _HEADS)
            ):
                break
        at += 1
    while at > start and sentence[at - 1].tag in (PREPOSITION, AND, DETERMINER, TO, OPEN):
        at -= 1
    return (start, at) if at > start else None


def _inside(sentence: list[Token], at: int, end: int) -> bool:
    token = sentence[at]
    if token.tag in NOMINAL:
        return True
    if token.tag == AND:
        left = sentence[at - 1] if at else None
        if left is not None and left.tag == COMMA:
            return at + 1 < end and _lists(sentence, at - 1)
        return left is not None and left.tag in (NAME, WORD, NUMBER, CLOSE) and at + 1 < end
    if token.tag == COMMA:
        return _listed(sentence, at, end)
    # “the recently elected mayor”
    return token.tag == ADVERB and at > 0 and sentence[at - 1].tag == DETERMINER


def _lists(sentence: list[Token], comma: int) -> bool:
    """Tell whether a comma before “and” ends one of several names (“A, B, and C”)."""
    at = comma - 1
    while at >= 0 and sentence[at].tag in (NAME, WORD, DETERMINER, NUMBER, POSSESSIVE):
        at -= 1
    return at >= 0 and sentence[at].tag == COMMA and comma - at < 8


def _listed(sentence: list[Token], comma: int, end: int) -> bool:
    """Tell whether a comma stands between the names of such a list."""
    rest = sentence[comma + 1 : end]
    ended = any(token.tag == AND for token in rest)
    return ended and any(here.tag == COMMA and there.tag == AND for here, there in pairwise(rest))


def _trimmed(sentence: list[Token], start: int, end: int, words: Words) -> Stretch | None:
    """Cut what stands before the noun phrase proper: “On Monday | the mayor”."""
    at = start
    if at < end and sentence[at].tag in (PREPOSITION, TO, ING):
        for position in range(end - 1, at, -1):
            token, before = sentence[position], sentence[position - 1]
            if token.tag in (DETERMINER, POSSESSIVE, NAME) and (
                before.low in words["time"] or before.tag == NUMBER
            ):
                at = position
                break
    while at < end and (
        sentence[at].tag in (PREPOSITION, AND, ADVERB, CLOSE, GENITIVE, TO)
        or (sentence[at].low in words["time"] and at + 1 < end and sentence[at + 1].tag != GENITIVE)
    ):
        at += 1
    end = _without_time(sentence, at, end, words)
    if at >= end or not any(
        token.tag in _HEADS or token.tag in (DETERMINER, POSSESSIVE) for token in sentence[at:end]
    ):
        return None
    return at, end


def _without_time(sentence: list[Token], start: int, end: int, words: Words) -> int:
    """Return where a noun phrase ends, without “on Monday” or “at the time” behind it."""
    at = end
    while at > start and (
        sentence[at - 1].low in words["time"] or sentence[at - 1].tag in (ADVERB, NUMBER)
    ):
        at -= 1
    timed = any(token.low in words["time"] for token in sentence[at:end])
    if at == end or (not timed and sentence[at].tag != ADVERB):
        return end
    while at > start and sentence[at - 1].tag in (PREPOSITION, DETERMINER, ADVERB, COMMA):
        at -= 1
    return at if at > start else end


def _before_comma(sentence: list[Token], comma: int, words: Words) -> Stretch | None:
    """Read “X, a Y, said” and “X, in a speech, said”; else it is the subject of the sentence."""
    opening = _opening_comma(sentence, comma)
    if opening is None:
        return _of_sentence(sentence, comma, words)
    before = nominal_before(sentence, opening, words)
    if before is None:
        if sentence[opening - 1].tag == SUBJECT:
            return opening - 1, opening
        return _of_sentence(sentence, comma, words)
    first, inside = sentence[opening + 1], sentence[opening + 1 : comma]
    if first.tag in _ADJUNCT and first.low not in _IN_APPOSITION:
        return before
    verbal = any(token.tag in (VERB, CUE, AUXILIARY, MODAL) for token in inside)
    if verbal and first.low not in _RELATIVE:
        return _of_sentence(sentence, comma, words)
    return before[0], comma + 1


def _before_relative(sentence: list[Token], at: int, words: Words) -> Stretch | None:
    if sentence[at].low != "that":
        return at, at + 1
    end = at
    while end > 0 and sentence[end - 1].tag == COMMA:
        end -= 1
    found = nominal_before(sentence, end, words)
    return found or (at, at + 1)


def _of_sentence(sentence: list[Token], before: int, words: Words) -> Stretch | None:
    """Return the subject of the verb nearest before, going left: “X did this and said”."""
    at = before
    while at >= 0:
        token = sentence[at]
        if token.tag in (VERB, CUE, AUXILIARY, MODAL):
            first = at
            while first > 0 and sentence[first - 1].tag in (*_SKIPPED, VERB, CUE):
                first -= 1
            left = sentence[first - 1] if first else None
            if left is not None and left.tag in (SUBJECT, NAME, WORD, CLOSE, GENITIVE, NUMBER):
                return subject(sentence, first, words)
            if left is not None and left.tag == COMMA:
                found = _before_comma_plain(sentence, first - 1, words)
                if found:
                    return found
            at = first
        elif token.tag in (QUOTE, SEMICOLON) and at < before:
            return None
        at -= 1
    return None


def _before_comma_plain(sentence: list[Token], comma: int, words: Words) -> Stretch | None:
    opening = _opening_comma(sentence, comma)
    before = None if opening is None else nominal_before(sentence, opening, words)
    return (before[0], comma + 1) if before else None


def _opening_comma(sentence: list[Token], comma: int) -> int | None:
    """Return the comma before this one, if nothing but words stand between them."""
    at = comma - 1
    while at >= 0 and sentence[at].tag not in (COMMA, QUOTE, STOP, SEMICOLON, DASH):
        at -= 1
    return at if at > 0 and sentence[at].tag == COMMA else None


def _by(sentence: list[Token], cue: Cue) -> Stretch | None:
    if cue.last < len(sentence) and sentence[cue.last].low == "by":
        return phrase_after(sentence, cue.last + 1)
    return None


def _owner(sentence: list[Token], cue: Cue) -> Stretch | None:
    """Return whose claim it is: “his claim that”, “the mayor's claim that”."""
    at = cue.first - 1
    while at >= 0 and sentence[at].tag in (WORD, ADVERB, NAME):
        at -= 1
    if at < 0:
        return None
    if sentence[at].tag == POSSESSIVE:
        return at, at + 1
    if sentence[at].tag == GENITIVE:
        return _before_genitive(sentence, at)
    return None


def _before_genitive(sentence: list[Token], genitive: int) -> Stretch:
    """Return the owner before “'s”, the apostrophe included."""
    at = genitive
    while at > 0 and sentence[at - 1].tag in (NAME, WORD, DETERMINER, NUMBER):
        at -= 1
        if sentence[at].tag == DETERMINER:
            break
    return at, genitive + 1
