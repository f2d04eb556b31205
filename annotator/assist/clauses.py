"""Clauses: what is said, as stretches of tokens after or before the cue."""

from __future__ import annotations

from annotator.assist.adjuncts import past_addressee, past_adjuncts, past_aside
from annotator.assist.cues import (
    ACTIVE,
    NOUN,
    PASSIVE,
    SPEAKER,
    Cue,
)
from annotator.assist.noun_phrases import Stretch, phrase_after
from annotator.assist.tags import (
    ADVERB,
    AND,
    AUXILIARY,
    COLON,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    ING,
    MODAL,
    NAME,
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

_QUESTION = frozenset(
    ["if", "whether", "how", "what", "why", "who", "where", "when", "which", "whom", "whose"]
)
_VERBAL = frozenset((VERB, CUE, AUXILIARY, MODAL))
_STARTS = frozenset(
    (SUBJECT, NAME, DETERMINER, POSSESSIVE, WORD, NUMBER, PRONOUN, QUOTE, ING, THAT)
)
_EDGE = frozenset((COMMA, STOP, SEMICOLON, COLON, DASH))


def clause_end(sentence: list[Token], start: int, limit: int) -> int:
    """Return where the clause that begins at ``start`` ends, without its closing sign."""
    at = start
    while at < limit and sentence[at].tag not in (STOP, SEMICOLON):
        at += 1
    while at > start and sentence[at - 1].tag in (*_EDGE, AND):
        at -= 1
    return at


def after(sentence: list[Token], cue: Cue, limit: int, words: Words) -> Stretch | None:
    """Return what is said after the cue, the word “that” included; None if nothing fits."""
    at = _past_maker(sentence, cue)
    if cue.kind in (SPEAKER, NOUN):
        return _whole(sentence, at, limit)
    if cue.particle:
        return _whole(sentence, at, limit) if _has_words(sentence, at, limit) else None
    start = _told(sentence, cue, at, limit) if cue.has("o") else None
    if start is not None:
        return _whole(sentence, start, limit)
    bound = cue.kind == PASSIVE and not (cue.verb and "calling" in cue.verb.groups)
    start = _opens(sentence, cue, at, limit, strict=bound)
    if start is not None:
        named = _names_object(sentence, cue, start)
        return _whole(sentence, start, _object_end(sentence, start, limit) if named else limit)
    start = _behind_adjuncts(sentence, cue, at, limit, words)
    return None if start is None else _whole(sentence, start, limit)


def _past_maker(sentence: list[Token], cue: Cue) -> int:
    """Return the position behind the cue, and behind “by reporters” in a passive."""
    at = cue.last
    if cue.kind == PASSIVE and at < len(sentence) and sentence[at].low == "by":
        maker = phrase_after(sentence, at + 1)
        return maker[1] if maker else at
    return at


def _told(sentence: list[Token], cue: Cue, at: int, limit: int) -> int | None:
    """Return where the content begins behind somebody who is told or asked."""
    told = past_addressee(sentence, at, limit)
    if told is None:
        return None
    start = _opens(sentence, cue, told, limit, strict=True)
    if start is None and told < limit and sentence[told].tag == SUBJECT:
        return told
    return start


def _behind_adjuncts(
    sentence: list[Token], cue: Cue, at: int, limit: int, words: Words
) -> int | None:
    """Return where the content begins behind “on Monday”, or with such words themselves."""
    moved = past_adjuncts(sentence, at, limit, words)
    aside = past_aside(sentence, moved, limit)
    if aside is not None and cue.has("c"):
        return aside
    if moved != at:
        start = _opens(sentence, cue, moved, limit, strict=True)
        if start is None and cue.has("q") and moved < limit:
            begins = sentence[moved].tag in (SUBJECT, DETERMINER, POSSESSIVE)
            start = moved if begins and _has_verb(sentence, moved, limit) else None
        if start is not None:
            return start
    loose = at < limit and sentence[at].tag in (ADVERB, PREPOSITION, SUBORDINATOR)
    if loose and cue.has("q") and cue.has("c") and _has_clause(sentence, at, limit):
        return at
    return None


def _opens(
    sentence: list[Token], cue: Cue, at: int, limit: int, *, strict: bool = False
) -> int | None:
    """Return where the content begins if it can begin at ``at``.

    ``strict`` asks for a sign that cannot be mistaken: a quotation, “that”, a question
    word or “to”.
    """
    start = _past_signs(sentence, at, limit)
    if start is None:
        return None
    token = sentence[start]
    if token.tag == QUOTE:
        return start
    if token.tag == THAT:
        return start if cue.has("c") or cue.has("t") or cue.has("n") else None
    if token.low in _QUESTION:
        return start if cue.has("w") or cue.has("n") else None
    if token.tag == TO:
        return start if cue.has("i") else None
    if strict:
        return None
    return start if _opens_plainly(sentence, cue, start, limit) else None


def _past_signs(sentence: list[Token], at: int, limit: int) -> int | None:
    """Return the position behind a colon, or behind a comma before a quotation."""
    while at < limit and sentence[at].tag in (COMMA, COLON):
        quoted = at + 1 < limit and sentence[at + 1].tag == QUOTE
        if sentence[at].tag == COMMA and not quoted:
            return None
        at += 1
    return at if at < limit else None


def _opens_plainly(sentence: list[Token], cue: Cue, at: int, limit: int) -> bool:
    """Tell whether a clause without “that”, or an object, can begin here."""
    tag = sentence[at].tag
    if tag == SUBJECT and cue.has("t"):
        return _has_verb(sentence, at + 1, min(limit, at + 4))
    if cue.has("c"):
        # “…, which officials said will take effect”
        if tag in (MODAL, AUXILIARY, VERB) and cue.kind == ACTIVE:
            return True
        doing = tag == CUE and _is_doing(sentence[at])
        begins = (tag in _STARTS or tag == SUBORDINATOR or doing) and tag != PRONOUN
        # A verb may be one that no list knows; after “said”, four words are a clause.
        long = cue.has("q") and limit - at > 4
        if begins and (long or _has_verb(sentence, at, limit)):
            return True
    return cue.has("n") and tag in _STARTS


def _is_doing(token: Token) -> bool:
    """Tell whether it is “seeing” in “said seeing them was a comfort”."""
    return token.form is not None and token.form.shape == "ing"


def _names_object(sentence: list[Token], cue: Cue, at: int) -> bool:
    """Tell whether the verb is about a thing or a deed, not about a clause."""
    return sentence[at].tag == TO or not (cue.has("c") or sentence[at].tag in (QUOTE, THAT))


def _object_end(sentence: list[Token], start: int, limit: int) -> int:
    """Return where an object ends: before “, and they”, “, saying”, “and called”, “, which”."""
    for at in range(start + 1, limit - 1):
        here, following = sentence[at], sentence[at + 1]
        if here.tag == COMMA and (
            following.tag in (AND, ING, SUBORDINATOR, SUBJECT, ADVERB)
            or (following.form is not None and following.form.shape == "ing")
        ):
            if following.tag == AND and at + 2 < limit and sentence[at + 2].tag not in (
                SUBJECT, VERB, CUE, AUXILIARY, MODAL, ADVERB, THAT,
            ):  # fmt: skip
                continue
            return at
        if (
            here.tag == AND
            and following.tag in (VERB, CUE, AUXILIARY, MODAL)
            and sentence[start].tag != TO
        ):
            return at
        if here.tag in (DASH,) or here.low in (
            "while",
            "because",
            "although",
            "though",
            "after",
            "before",
            "when",
        ):
            return at
    return limit


def _has_verb(sentence: list[Token], start: int, limit: int) -> bool:
    return any(token.tag in _VERBAL or token.tag == QUOTE for token in sentence[start:limit])


def _has_clause(sentence: list[Token], start: int, limit: int) -> bool:
    """Tell whether somebody or something, and then a verb, follows before any comma."""
    seen = False
    for token in sentence[start:limit]:
        if token.tag in _EDGE:
            return False
        if token.tag in (SUBJECT, NAME, WORD):
            seen = True
        elif seen and token.tag in _VERBAL:
            return True
    return False


def _has_words(sentence: list[Token], start: int, limit: int) -> bool:
    return start < limit and sentence[start].tag in (*_STARTS, THAT, TO, SUBORDINATOR)


def _whole(sentence: list[Token], start: int, limit: int) -> Stretch | None:
    while start < limit and sentence[start].tag in (COMMA, COLON, DASH):
        start += 1
    end = clause_end(sentence, start, limit)
    return (start, end) if end > start else None
