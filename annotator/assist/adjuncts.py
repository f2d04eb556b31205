"""What may stand between a cue and what is said: “on Monday”, “to reporters”, “, for example,”."""

from __future__ import annotations

from annotator.assist.tags import (
    ADVERB,
    AND,
    CLOSE,
    COMMA,
    DETERMINER,
    GENITIVE,
    NAME,
    NUMBER,
    OPEN,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SUBJECT,
    THAT,
    TO,
    WORD,
    Words,
)
from annotator.assist.tokens import Token


def past_adjuncts(sentence: list[Token], at: int, limit: int, words: Words) -> int:
    """Return the position behind “on Monday”, “in a statement”, “to reporters”."""
    while at < limit:
        token = sentence[at]
        if token.tag == ADVERB or token.low in words["time"]:
            at += 1
        elif token.tag in (PREPOSITION, TO):
            end = at + 1
            while end < limit and sentence[end].tag in (
                DETERMINER, POSSESSIVE, NAME, WORD, NUMBER, GENITIVE, PRONOUN, PREPOSITION,
            ):  # fmt: skip
                end += 1
            if end == at + 1:
                return at
            at = end
        elif (
            token.tag == COMMA
            and at + 1 < limit
            and (sentence[at + 1].tag == NUMBER or sentence[at + 1].low in words["time"])
        ):
            at += 1
        else:
            return at
    return at


def past_addressee(sentence: list[Token], at: int, limit: int) -> int | None:
    """Return the position behind whoever is told or asked; None if nobody is named."""
    if (
        at < limit
        and sentence[at].tag in (PRONOUN, SUBJECT, POSSESSIVE)
        and (
            sentence[at].tag != POSSESSIVE
            or at + 1 >= limit
            or sentence[at + 1].tag in (THAT, TO, QUOTE, SUBJECT)
        )
    ):
        return at + 1
    end = at
    if at < limit and sentence[at].tag in (PREPOSITION, AND, ADVERB):
        return None
    while end < limit and sentence[end].tag in (
        DETERMINER, POSSESSIVE, NAME, WORD, NUMBER, GENITIVE, PREPOSITION, AND, ADVERB, OPEN, CLOSE,
    ):  # fmt: skip
        end += 1
    return end if end > at else None


def past_aside(sentence: list[Token], at: int, limit: int) -> int | None:
    """Return where “that” stands behind “, for example,”; None if there is no such aside."""
    if at >= limit or sentence[at].tag != COMMA:
        return None
    for comma in range(at + 2, min(limit - 1, at + 10)):
        if sentence[comma].tag == COMMA:
            return comma + 1 if sentence[comma + 1].tag == THAT else None
    return None
