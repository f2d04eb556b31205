"""Sources: who says it, as a stretch of tokens beside the cue."""

from __future__ import annotations

from annotator.assist.cues import NOUN, PARTICIPLE, PASSIVE, PHRASE, SPEAKER, Cue
from annotator.assist.noun_phrases import Stretch, nominal_before, phrase_after
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

_RELATIVE = frozenset(("who", "which", "that"))
_SKIPPED = frozenset((ADVERB, NOT, AUXILIARY, MODAL))
_ADJUNCT = frozenset((PREPOSITION, ADVERB, SUBORDINATOR, ING, TO))
_IN_APPOSITION = frozenset(("of", "who", "which", "whose", "from", "formerly"))


def source(sentence: list[Token], cue: Cue, words: Words) -> Stretch | None:
    """Return who the cue names as the source, or None if the sentence does not say."""
    if cue.kind == PHRASE:
        return phrase_after(sentence, cue.last)
    if cue.kind == SPEAKER:
        at = cue.first
        while at > 0 and sentence[at - 1].tag in (NAME, AND, DETERMINER, GENITIVE):
            at -= 1
        return (at, cue.first) if at < cue.first else cue.subject
    if cue.kind == PASSIVE:
        return _by(sentence, cue)
    if cue.kind == NOUN:
        return _owner(sentence, cue) or _maker(sentence, cue, words)
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
    if token.low in ("all", "both") and at and sentence[at - 1].tag == SUBJECT:
        return at - 1, at + 1
    if token.low in _RELATIVE:
        return _before_relative(sentence, at, words)
    if token.tag == COMMA:
        return _before_comma(sentence, at, words)
    if token.tag in (AND, VERB, CUE, TO, PREPOSITION, PRONOUN, THAT, SUBORDINATOR):
        return _of_sentence(sentence, at, words)
    if token.tag == DASH:
        opening = next((o for o in range(at - 1, 0, -1) if sentence[o].tag == DASH), None)
        found = nominal_before(sentence, opening, words) if opening else None
        return found or _of_sentence(sentence, at, words)
    if token.tag in (QUOTE, COLON, SEMICOLON, STOP):
        return None
    return nominal_before(sentence, at + 1, words) or _of_sentence(sentence, at, words)


def _before_comma(sentence: list[Token], comma: int, words: Words) -> Stretch | None:
    """Read “X, a Y, said” and “X, in a speech, said”; else it is the subject of the sentence."""
    opening = _opening_comma(sentence, comma)
    if opening is None:
        return _of_sentence(sentence, comma, words)
    before = nominal_before(sentence, opening, words)
    if sentence[0].tag == PREPOSITION and (before is None or before[0] == 1):
        # “In September, a survey by a centre that …, named”: the subject comes after the adjunct.
        return phrase_after(sentence, opening + 1) or before
    if before is None:
        if sentence[opening - 1].tag == SUBJECT:
            return opening - 1, opening
        return _of_sentence(sentence, comma, words)
    first, inside = sentence[opening + 1], sentence[opening + 1 : comma]
    if first.tag == VERB and first.low.endswith("ed"):
        return before
    if first.tag in _ADJUNCT and first.low not in _IN_APPOSITION:
        return before
    verbal = any(token.tag in (VERB, CUE, AUXILIARY, MODAL) for token in inside)
    if verbal and not _is_relative(inside):
        return _of_sentence(sentence, comma, words)
    return before[0], comma + 1


def _is_relative(inside: list[Token]) -> bool:
    """Tell whether what stands between two commas is about a name: “, an aide who left,”."""
    for token in inside:
        if token.low in _RELATIVE or token.low == "whose":
            return True
        if token.tag in (VERB, CUE, AUXILIARY, MODAL):
            return False
    return False


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


def _maker(sentence: list[Token], cue: Cue, words: Words) -> Stretch | None:
    """Return who makes the claim in “X made the dubious claim that”."""
    at = cue.first - 1
    while at >= 0 and sentence[at].tag in (WORD, ADVERB, DETERMINER, NUMBER):
        at -= 1
    if at < 0 or sentence[at].tag not in (VERB, CUE):
        return None
    return subject(sentence, at, words)


def _before_genitive(sentence: list[Token], genitive: int) -> Stretch:
    """Return the owner before “'s”, the apostrophe included."""
    at = genitive
    while at > 0 and sentence[at - 1].tag in (NAME, WORD, DETERMINER, NUMBER):
        at -= 1
        if sentence[at].tag == DETERMINER:
            break
    return at, genitive + 1
