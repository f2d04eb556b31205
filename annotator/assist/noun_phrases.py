"""Noun phrases, as stretches of tokens before or behind a place in a sentence."""

from __future__ import annotations

from itertools import pairwise

from annotator.assist.tags import (
    ADVERB,
    AND,
    CLOSE,
    COMMA,
    DETERMINER,
    GENITIVE,
    ING,
    NAME,
    NOMINAL,
    NUMBER,
    OPEN,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    SUBJECT,
    TO,
    WORD,
    Words,
)
from annotator.assist.tokens import Token

Stretch = tuple[int, int]
"""Positions of tokens, end exclusive."""

_HEADS = frozenset((NAME, WORD, NUMBER))


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
    if all(token.low in words["time"] or token.tag == ADVERB for token in sentence[at:end]):
        return None
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
