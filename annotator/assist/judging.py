"""Judging: whether a noun phrase is an actor, and of what type, by its words and its neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.assist.tags import (
    DETERMINER,
    GENITIVE,
    NUMBER,
    POSSESSIVE,
    PREPOSITION,
    Words,
)
from annotator.assist.tokens import Token

PERSON, ORGANISATION, ARMED, GOVERNMENT, MEDIA, GROUP = (
    "person", "organisation", "armed_group", "government", "media", "group",
)  # fmt: skip

Types = dict[str, dict[str, str]]

_BODIES = frozenset(
    [
        "officials",
        "forces",
        "police",
        "troops",
        "soldiers",
        "authorities",
        "officers",
        "government",
        "powers",
        "governments",
    ]
)
_FIGHTERS = frozenset(
    [
        "fighters",
        "militants",
        "rebels",
        "militias",
        "militia",
        "insurgents",
        "guerrillas",
        "peshmerga",
        "mujahideen",
        "gunmen",
    ]
)
_ALONE = frozenset(["congress", "parliament", "pentagon", "kremlin", "nato", "senate"])


@dataclass(slots=True)
class Mention:
    """One mention of an actor; offsets are code points.

    Attributes:
        entity: number of the actor within this text; mentions of one actor share it.
        named: a proper name, not a role or a group.
        reason: why it was taken for one, in words.
    """

    start: int
    end: int
    text: str
    type: str
    named: bool
    reason: str
    entity: int = -1
    paragraph: int = 0
    sure: float = 0.7


@dataclass(slots=True)
class Candidate:
    """A noun phrase in its sentence, not yet judged.

    Attributes:
        phrase: positions of its tokens, end exclusive.
        acting: whether a verb follows.
        single: whether it is one word.
        titled: whether a title stands before it.
    """

    mention: Mention
    sentence: list[Token]
    phrase: tuple[int, int]
    acting: bool
    group: bool = False
    role: bool = False
    single: bool = False
    titled: bool = False


@dataclass(slots=True)
class _Names:
    """What is known of the names in this text, to judge short ones by long ones."""

    full: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    acting: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)


def judged(found: list[Candidate], kinds: Words, types: Types) -> list[Mention]:
    """Return the candidates that are actors, with type and reason filled in."""
    names = _Names()
    for candidate in found:
        names.counts[candidate.mention.text] += 1
        if candidate.acting:
            names.acting.add(candidate.mention.text.lower())
        if _stands_in(candidate):
            names.placed.add(candidate.mention.text)
        if not candidate.group and not candidate.role and not candidate.single:
            type, _ = _type(candidate, kinds)
            if type == PERSON:
                names.full.setdefault(candidate.mention.text.split()[-1], candidate.mention.text)
    kept: list[Mention] = []
    for candidate in found:
        type, reason = _judge(candidate, names, kinds, types)
        if type:
            candidate.mention.type, candidate.mention.reason = type, reason
            candidate.mention.named = not (candidate.group or candidate.role) or _named_group(
                candidate
            )
            kept.append(candidate.mention)
    return kept


def _judge(candidate: Candidate, names: _Names, kinds: Words, types: Types) -> tuple[str, str]:
    """Return type and reason, or nothing where the phrase is no actor."""
    text = candidate.mention.text
    if candidate.group:
        return _judge_group(candidate, names, kinds)
    if candidate.role:
        return _judge_role(candidate, names, kinds, types["collective"])
    low = text.lower()
    if low in types["known"]:
        return types["known"][low], "a name known to the program"
    if low in kinds["anywhere"]:
        country = low in kinds["place"] or low in kinds["country_phrase"]
        if country and candidate.acting and not _after_preposition(candidate):
            return GOVERNMENT, "a country or place that acts"
        return "", ""
    if low in kinds["demonym"] or _is_event(candidate, kinds):
        return "", ""
    if candidate.single:
        return _judge_single(candidate, names, kinds)
    return _type(candidate, kinds)


def _judge_single(candidate: Candidate, names: _Names, kinds: Words) -> tuple[str, str]:
    text = candidate.mention.text
    low = text.lower()
    for type in (ARMED, MEDIA, GOVERNMENT, ORGANISATION):
        if low in kinds[type] and (text.isupper() or type in (ARMED, MEDIA) or low in _ALONE):
            return type, "a name known to the program"
    if text in names.full:
        return PERSON, f"last name of {names.full[text]}"
    if low.endswith("s") and low[:-1] in kinds["demonym"]:
        return GROUP, "people of a country, party or faith"
    if low in kinds["group"]:
        return GROUP, "a word for a group of people"
    if candidate.titled:
        return PERSON, "name after a title"
    if text.isupper() and len(text) > 1:
        return (
            (ORGANISATION, "short form in capitals")
            if len(text) > 2 and len(text) < 7
            else ("", "")
        )
    if names.counts[text] >= 2 and low in names.acting and text not in names.placed:
        return PERSON, "a name that comes again"
    return "", ""


def _judge_group(candidate: Candidate, names: _Names, kinds: Words) -> tuple[str, str]:
    start, end = candidate.phrase
    tokens = candidate.sentence[start:end]
    head = tokens[-1].low
    modified = len(tokens) > 1
    if head in kinds["crowd"] and not any(token.text[0].isupper() for token in tokens[:-1]):
        return "", ""
    if not (modified or candidate.acting or names.counts[candidate.mention.text] > 1):
        return "", ""
    if start and candidate.sentence[start - 1].tag == NUMBER and not candidate.acting:
        return "", ""
    type = GROUP
    if head in _BODIES:
        type = GOVERNMENT
    elif head in _FIGHTERS:
        type = ARMED
    return type, f"“{head}”, a word for a group of people"


def _judge_role(
    candidate: Candidate, names: _Names, kinds: Words, collective: dict[str, str]
) -> tuple[str, str]:
    """Take a role or a body for an actor where it does something somewhere in the text."""
    start, end = candidate.phrase
    tokens = candidate.sentence[start:end]
    head = tokens[-1].low
    owned = any(token.text[0].isupper() or "-" in token.text for token in tokens[:-1])
    if not owned and candidate.mention.text.lower() not in names.acting:
        return "", ""
    before = candidate.sentence[start - 1] if start else None
    definite = before is not None and (before.low == "the" or before.tag in (GENITIVE, POSSESSIVE))
    if not (owned or definite or candidate.acting):
        return "", ""
    return collective.get(head, PERSON), f"“{head}”, a role that acts"


def _stands_in(candidate: Candidate) -> bool:
    """Tell whether a name stands behind “in” or “near”, as places do."""
    start = candidate.phrase[0]
    return bool(start) and candidate.sentence[start - 1].low in (
        "in", "near", "at", "outside", "around", "across",
    )  # fmt: skip


def _type(candidate: Candidate, kinds: Words) -> tuple[str, str]:
    """Return the type that the words of a name speak for."""
    start, end = candidate.phrase
    low = [token.low for token in candidate.sentence[start:end]]
    whole = " ".join(low)
    for type in (MEDIA, ARMED, GOVERNMENT, ORGANISATION):
        if whole in kinds[type]:
            return type, "a name known to the program"
    if whole in kinds["office"]:
        return (
            ARMED
            if whole in ("islamic state", "al qaeda", "al qaida", "boko haram")
            else GOVERNMENT
        ), "a name known to the program"
    if candidate.titled and len(low) <= 3:
        return PERSON, "name after a title"
    heads = [
        low[-1],
        *(word for word, after in pairwise(low) if after in ("of", "for")),
    ]
    for type in (MEDIA, ARMED, GOVERNMENT, ORGANISATION):
        for head in heads:
            if head in kinds[type]:
                return type, f"“{head}” in the name"
    if (
        any(word in kinds[ORGANISATION] or word in kinds[GOVERNMENT] for word in low[:-1])
        and len(low) > 2
    ):
        return ORGANISATION, "a word for organisations in the name"
    if low[-1].endswith("s") and low[-1][:-1] in kinds["demonym"]:
        return GROUP, "people of a country, party or faith"
    if low[-1] in kinds["group"]:
        return GROUP, "a word for a group of people"
    if len(low) <= 4 and low[0] not in kinds["demonym"]:
        return PERSON, "several capitalised words"
    return ORGANISATION, "several capitalised words"


def _named_group(candidate: Candidate) -> bool:
    _, end = candidate.phrase
    return candidate.sentence[end - 1].text[0].isupper()


def _is_event(candidate: Candidate, kinds: Words) -> bool:
    start, end = candidate.phrase
    tokens = candidate.sentence[start:end]
    if tokens[-1].low in kinds["event"] or (tokens[0].low in kinds["event"] and len(tokens) == 1):
        return True
    following = candidate.sentence[end] if end < len(candidate.sentence) else None
    before = candidate.sentence[start - 1] if start else None
    # “Raqqa, Syria”: a place behind a place.
    return bool(
        before is not None
        and following is not None
        and before.text == ","
        and candidate.mention.text.lower() in kinds["anywhere"]
    )


def _after_preposition(candidate: Candidate) -> bool:
    start = candidate.phrase[0]
    while start and candidate.sentence[start - 1].tag in (DETERMINER, POSSESSIVE):
        start -= 1
    return bool(start) and candidate.sentence[start - 1].tag in (PREPOSITION, "to", "and", "comma")
