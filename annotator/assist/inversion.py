"""Sources behind their verb: “…,” said X; and behind the clause: “Noting …, X …”."""

from __future__ import annotations

from annotator.assist.cues import (
    ACTIVE,
    Cue,
)  # fmt: skip
from annotator.assist.noun_phrases import Stretch, phrase_after
from annotator.assist.tags import (
    AUXILIARY,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    GENITIVE,
    MODAL,
    NAME,
    NUMBER,
    POSSESSIVE,
    QUOTE,
    SEMICOLON,
    STOP,
    SUBJECT,
    THAT,
    VERB,
    WORD,
)
from annotator.assist.tokens import Token


def after_comma(sentence: list[Token], cue: Cue, limit: int) -> tuple[Stretch | None, int]:
    """Read “Noting the delay, the mayor …”: the source follows the comma."""
    for at in range(cue.last, limit - 1):
        if sentence[at].tag == COMMA:
            return phrase_after(sentence, at + 1), at
    return None, limit


def inverted(sentence: list[Token], cue: Cue, *, pending: bool) -> Stretch | None:
    """Read “…,” said X: the source stands behind the verb.

    ``pending`` tells that the sentence before is a quotation which nobody says yet.
    """
    if cue.kind != ACTIVE or not cue.has("q") or cue.last >= len(sentence):
        return None
    before = sentence[cue.first - 1].tag if cue.first else (STOP if pending else "")
    if before not in (QUOTE, COMMA, STOP, DASH):
        return None
    if (cue.verb and "telling" in cue.verb.groups) or (
        before == COMMA and _subject_before(sentence, cue)
    ):
        return None
    following = sentence[cue.last]
    if following.tag not in (NAME, DETERMINER, POSSESSIVE, SUBJECT, WORD, NUMBER):
        return None
    found = phrase_after(sentence, cue.last)
    if found is None:
        return None
    end = found[1]
    if end < len(sentence) and sentence[end].tag in (VERB, AUXILIARY, MODAL, QUOTE, THAT):
        return None
    if end < len(sentence) and sentence[end].tag == COMMA:
        closing = _apposition(sentence, end)
        if closing:
            return found[0], closing
    return found


def _subject_before(sentence: list[Token], cue: Cue) -> bool:
    """Tell whether the comma before the verb closes “X, a Y,” rather than what is said."""
    at = cue.first - 2
    if at < 0 or sentence[at].tag == QUOTE:
        return False
    while at >= 0 and sentence[at].tag not in (COMMA, QUOTE, STOP, SEMICOLON):
        at -= 1
    if at < 0:
        return False
    inside = sentence[at + 1 : cue.first - 1]
    verbal = any(token.tag in (VERB, AUXILIARY, MODAL, CUE) for token in inside)
    relative = any(token.low in ("who", "which", "whose", "whom") for token in inside)
    return sentence[at].tag == COMMA and (not verbal or relative)


def _apposition(sentence: list[Token], comma: int) -> int | None:
    """Return where “, a Y” behind a name ends."""
    at = comma + 1
    while at < len(sentence) and sentence[at].tag not in (COMMA, STOP, SEMICOLON, QUOTE, DASH):
        at += 1
    inside = sentence[comma + 1 : at]
    if not inside or inside[0].low in ("who", "whose", "which"):
        return None
    owned = any(token.tag in (GENITIVE, WORD) for token in inside)
    starts = inside[0].tag in (DETERMINER, POSSESSIVE, WORD, NUMBER)
    verbal = any(token.tag in (VERB, AUXILIARY, MODAL, SUBJECT, CUE) for token in inside)
    return at if (starts or (inside[0].tag == NAME and owned)) and not verbal else None
