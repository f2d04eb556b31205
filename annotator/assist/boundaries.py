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
from annotator.assist.sources import Stretch
from annotator.assist.tagging import (
    ADVERB,
    AND,
    COLON,
    COMMA,
    DASH,
    QUOTE,
    SEMICOLON,
    STOP,
)  # fmt: skip
from annotator.assist.tokens import Token


def in_frame(sentence: list[Token], candidates: list[Cue], position: int) -> bool:
    """Tell whether a cue stands inside what a later “, he said” closes off."""
    here = candidates[position]
    if frames(sentence, here):
        return False
    for other in candidates[position + 1 :]:
        if other.kind == PHRASE and sentence[other.first - 1].tag == COMMA:
            return here.verb is not None and "saying" not in here.verb.groups
        if frames(sentence, other):
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
        if other.kind == ACTIVE and says and before == AND and begin - 1 > here.last:
            return begin - 1
    return len(sentence)


def adjoins(sentence: list[Token], start: int, end: int) -> bool:
    """Tell whether only commas and adverbs stand between a subject and its verb."""
    return start <= end and all(token.tag in (COMMA, ADVERB) for token in sentence[start:end])


def frames(sentence: list[Token], cue: Cue) -> bool:
    """Tell whether nothing that could be said follows the verb: “…, he said.”"""
    says = cue.has("q") or (cue.verb is not None and "showing" in cue.verb.groups)
    if cue.kind != ACTIVE or not says or cue.particle or cue.has("o"):
        return False
    return cue.last >= len(sentence) or (
        sentence[cue.last].tag in (STOP, COMMA, QUOTE)
        and (
            sentence[cue.last].tag != COMMA
            or cue.last + 1 >= len(sentence)
            or sentence[cue.last + 1].tag != QUOTE
        )
        and sentence[cue.last].tag != QUOTE
    )


def bare(sentence: list[Token], start: int, end: int) -> Stretch | None:
    """Return a stretch without signs and “and” at its edges; None if nothing is left."""
    while start < end and sentence[start].tag in (COMMA, STOP, SEMICOLON, COLON, DASH, AND):
        start += 1
    while end > start and sentence[end - 1].tag in (COMMA, STOP, SEMICOLON, COLON, DASH, AND):
        end -= 1
    return (start, end) if end > start else None
