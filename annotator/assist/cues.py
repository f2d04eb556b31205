"""Cues: the words that introduce a claim, found in one tagged sentence."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.assist.lexicons import CueWords, Form, Verb
from annotator.assist.tags import (
    ADVERB,
    AUXILIARY,
    COLON,
    CUE,
    GENITIVE,
    MODAL,
    NAME,
    NOT,
    POSSESSIVE,
    QUOTE,
    SIGNS,
    THAT,
    TO,
    VERB,
    WORD,
    Words,
)
from annotator.assist.tokens import Token

ACTIVE, PASSIVE, PARTICIPLE, INFINITIVE, PHRASE, SPEAKER, NOUN = (
    "active", "passive", "participle", "infinitive", "phrase", "speaker", "noun",
)  # fmt: skip

_GROUP = frozenset((ADVERB, NOT, AUXILIARY, MODAL))
_SEEMING = frozenset(("seeming",))


@dataclass(slots=True)
class Cue:
    """A cue within a sentence; numbers are positions of tokens, ends exclusive.

    Attributes:
        kind: how it is built: an active verb, a passive, a participle (“, adding”), an
            infinitive (“went on to say”), a phrase (“according to”), a speaker's name
            before a colon, or a noun (“the claim that”).
        first, last: the whole cue, with auxiliaries, negation and particle.
        head: the word that carries the meaning.
        verb: what is known of it; None for phrases, colons and nouns.
        subject: the subject of an active or passive verb, once it was looked for.
        behind: the source behind an active verb (“said X”), once it was looked for.
    """

    kind: str
    first: int
    last: int
    head: int
    verb: Verb | None = None
    particle: bool = False
    subject: tuple[int, int] | None = None
    behind: tuple[int, int] | None = None

    def has(self, frame: str) -> bool:
        """Tell whether the cue may be followed in this way (see ``Verb.frames``)."""
        return self.verb is not None and frame in self.verb.frames


def cues(sentence: list[Token], known: CueWords, words: Words) -> list[Cue]:
    """Return all cues of a sentence that its words allow, in reading order."""
    found: list[Cue] = []
    speaker = None
    for position in [at for at, token in enumerate(sentence) if token.leads]:
        token = sentence[position]
        if token.tag == COLON:
            speaker = speaker or _speaker(sentence, known)
        if token.tag == CUE and token.form is not None:
            cue = _verb(sentence, position, token.form, known, words)
            if cue is not None:
                found.append(cue)
            continue
        other = _phrase(sentence, position, known) if token.low in known.before else None
        if other is None and token.tag == WORD:
            other = _noun(sentence, position, known)
        if other is not None:
            found.append(other)
    return sorted([*found, speaker], key=lambda cue: cue.first) if speaker else found


def _verb(
    sentence: list[Token], head: int, form: Form, known: CueWords, words: Words
) -> Cue | None:
    first = head
    while first > 0 and sentence[first - 1].tag in _GROUP:
        first -= 1
    group = [token.low for token in sentence[first:head]]
    be = not words.get("be", frozenset()).isdisjoint(group)
    if not any(token.tag in (AUXILIARY, MODAL) for token in sentence[first:head]):
        # Without an auxiliary only the words just before the verb belong to it.
        while first < head and sentence[first].low in ("here", "there", "however", "so", "once"):
            first += 1
    left = sentence[first - 1] if first else None
    kind = ACTIVE
    if form.shape == "past" and be:
        kind = PASSIVE
    elif form.shape == "ing" and not be:
        kind = PARTICIPLE
    elif form.shape == "base" and left is not None and left.tag == TO:
        if not {"saying", "telling", "pushing", "asking"} & set(form.verb.groups):
            return None
        kind, first = INFINITIVE, first - 1
    last, particle = head + 1, False
    particles = known.particles.get(form.verb.lemma, ())
    if last < len(sentence) and sentence[last].low in particles:
        last, particle = last + 1, True
    following = sentence[last] if last < len(sentence) else None
    plain = kind == ACTIVE and form.shape == "past" and not particle and not group
    asked = not {"asking", "telling"}.isdisjoint(form.verb.groups)
    if plain and asked and (left is None or left.low in ("when", "if", "once")):
        # “Asked by reporters whether …”, “when asked about …”
        kind = PASSIVE
    elif plain and following is not None and following.low == "by":
        return None
    return Cue(kind, first, last, head, form.verb, particle)


def _phrase(sentence: list[Token], position: int, known: CueWords) -> Cue | None:
    for phrase in known.before.get(sentence[position].low, ()):
        if tuple(token.low for token in sentence[position : position + len(phrase)]) == phrase:
            return Cue(PHRASE, position, position + len(phrase), position)
    return None


def _noun(sentence: list[Token], position: int, known: CueWords) -> Cue | None:
    """Find “the claim that” and “criticism of”; the noun alone is no cue."""
    token = sentence[position]
    if position + 2 >= len(sentence):
        return None
    following = sentence[position + 1]
    objects = known.objects.get(following.low)
    if following.tag != THAT and objects is None:
        return None
    owned = any(
        part.tag in (POSSESSIVE, GENITIVE) for part in sentence[max(0, position - 3) : position]
    )
    if following.tag == THAT and token.low in (known.nouns if owned else known.bare_nouns):
        return Cue(NOUN, position, position + 1, position)
    if objects is not None and token.low in objects and (owned or token.low in known.bare_nouns):
        return Cue(NOUN, position, position + 2, position, particle=True)
    return None


def _speaker(sentence: list[Token], known: CueWords) -> Cue | None:
    """Find the name before a colon, as in interviews, headlines and before quotations."""
    colon = next((at for at, token in enumerate(sentence[:-1]) if token.tag == COLON), 0)
    if not colon:
        return None
    first = colon
    while first and sentence[first - 1].tag not in SIGNS:
        first -= 1
    before = sentence[first:colon]
    if len(before) == 1 and len(before[0].text) == 1:
        # “Q:” is whoever asks, and asks only.
        return None
    if not before or any(token.tag in (CUE, VERB, AUXILIARY, MODAL) for token in before):
        return None
    quoted = sentence[colon + 1].tag == QUOTE
    named = before[-1].tag == NAME
    opens = first == 0
    opens_short = opens and len(before) <= 4
    alone = len(before) <= 3 and opens and all(token.tag == NAME for token in before)
    document = before[-1].low in known.documents
    if ((named or document) and quoted) or (named and alone) or (document and opens_short):
        return Cue(SPEAKER, colon, colon + 1, colon, subject=(first, colon))
    return None
