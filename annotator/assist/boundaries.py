"""Where one attribution ends and the next begins, within a sentence."""

from __future__ import annotations

from annotator.assist.cues import (
    ACTIVE,
    NOUN,
    PARTICIPLE,
    PASSIVE,
    PHRASE,
    Cue,
)  # fmt: skip
from annotator.assist.noun_phrases import Stretch
from annotator.assist.tags import (
    ADVERB,
    AND,
    AUXILIARY,
    COLON,
    COMMA,
    CUE,
    DASH,
    MODAL,
    QUOTE,
    SEMICOLON,
    STOP,
    VERB,
)
from annotator.assist.tokens import Token


def in_frame(
    sentence: list[Token], candidates: list[Cue], position: int, times: frozenset[str]
) -> bool:
    """Tell whether a cue stands inside what a later “, he said” closes off."""
    here = candidates[position]
    if frames(sentence, here, times):
        return False
    for other in candidates[position + 1 :]:
        if other.kind == PHRASE and sentence[other.first - 1].tag == COMMA:
            return here.verb is not None and "saying" not in here.verb.groups
        if frames(sentence, other, times):
            found = other.subject
            edge = found[0] if found and found[1] <= other.first else other.first
            return (
                edge > here.last
                and sentence[edge - 1].tag in (COMMA, QUOTE)
                and not (
                    here.kind == ACTIVE and QUOTE in (t.tag for t in sentence[here.last : edge])
                )
            )
    return False


def limit_of(sentence: list[Token], candidates: list[Cue], position: int) -> int:
    """Return where the content of a cue must end, because the next attribution begins."""
    here = candidates[position]
    for other in candidates[position + 1 :]:
        if other.first <= here.last:
            continue
        begin = other.first
        if other.kind in (ACTIVE, PASSIVE):
            found = other.subject
            if found and found[0] > here.last and adjoins(sentence, found[1], other.first):
                begin = found[0]
        elif other.kind == NOUN:
            continue
        before = sentence[begin - 1].tag if begin else STOP
        says = other.verb is None or other.verb.claim
        if other.kind == PARTICIPLE and before == COMMA and says:
            return begin - 1
        if other.kind == PHRASE and before == COMMA:
            return begin - 1
        if (
            other.kind == ACTIVE
            and says
            and before in (COMMA, SEMICOLON, DASH)
            and begin - 1 > here.last
        ):
            return begin - 1
        if other.kind == ACTIVE and says and before == AND and _acts(sentence[here.last : begin]):
            return begin - 1
    return len(sentence)


def _acts(part: list[Token]) -> bool:
    """Tell whether a stretch could be a clause or an object of its own, not “both he and X”."""
    return len(part) > 3 or any(token.tag in (VERB, CUE, AUXILIARY, MODAL) for token in part)


def adjoins(sentence: list[Token], start: int, end: int) -> bool:
    """Tell whether only commas and adverbs stand between a subject and its verb."""
    return start <= end and all(token.tag in (COMMA, ADVERB) for token in sentence[start:end])


def frames(sentence: list[Token], cue: Cue, times: frozenset[str]) -> bool:
    """Tell whether nothing that could be said follows the verb: “…, he said.”, “…, said he.”"""
    says = cue.has("q") or (cue.verb is not None and "showing" in cue.verb.groups)
    if cue.kind != ACTIVE or not says or cue.particle or cue.has("o"):
        return False
    if cue.behind and cue.first and sentence[cue.first - 1].tag in (COMMA, QUOTE):
        return True
    at = cue.last
    while at < len(sentence) and (sentence[at].tag == ADVERB or sentence[at].low in times):
        at += 1
    if at >= len(sentence) or sentence[at].tag == STOP:
        return True
    if sentence[at].tag != COMMA:
        return False
    return at + 1 >= len(sentence) or sentence[at + 1].tag != QUOTE


def bare(sentence: list[Token], start: int, end: int) -> Stretch | None:
    """Return a stretch without signs and “and” at its edges; None if nothing is left."""
    while start < end and sentence[start].tag in (COMMA, STOP, SEMICOLON, COLON, DASH, AND):
        start += 1
    while end > start and sentence[end - 1].tag in (COMMA, STOP, SEMICOLON, COLON, DASH, AND):
        end -= 1
    return (start, end) if end > start else None


def taken_up(text: str, sentence: list[Token], start: int, limit: int) -> Stretch | None:
    """Return the rest of “A,” said X, who leads the union, “b”: it goes on in lower case."""
    for at in range(start + 1, limit):
        token = sentence[at]
        if token.quote is not None and token.tag == QUOTE:
            goes_on = text[token.quote.inner[0][0]].islower()
            return (at, at + 1) if goes_on and sentence[at - 1].tag == COMMA else None
        if token.tag == CUE and token.form is not None and token.form.shape != "ing":
            return None
    return None
