"""Noun phrases that may be actors: runs of capitalised words, and groups of people.

Only their shape is judged here; what kind of actor it is, and whether it is one at all, is
for ``actors``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.assist.sentences import Sentence
from annotator.assist.tags import (
    ADVERB,
    AND,
    AUXILIARY,
    CUE,
    DETERMINER,
    GENITIVE,
    ING,
    MODAL,
    NAME,
    NUMBER,
    POSSESSIVE,
    SIGNS,
    VERB,
    WORD,
    Words,
)
from annotator.assist.tokens import Token

_CONNECTORS = frozenset(
    [
        "of",
        "for",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "&",
        "the",
        "without",
    ]
)
_HEADS = frozenset((WORD, NAME))
_ACTING = frozenset((VERB, CUE, AUXILIARY, MODAL))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A candidate within one sentence; positions of tokens, end exclusive.

    Attributes:
        group: whether it ends in a noun for a group of people (“Kurdish officials”).
        role: whether it ends in a noun for a role or a body (“the captain”, “Iraqi army”).
        inner: the run of names inside a group (“ISIS” in “ISIS fighters”).
    """

    start: int
    end: int
    group: bool = False
    inner: tuple[int, int] | None = None
    role: bool = False


@dataclass(slots=True)
class Habits:
    """How words are written in this text: what is capitalised in mid-sentence, what is not."""

    names: Counter[str] = field(default_factory=Counter)
    lower: set[str] = field(default_factory=set)

    def see(self, sentence: list[Token]) -> None:
        """Take note of one sentence that is no headline."""
        self.lower.update([token.low for token in sentence[1:] if not token.capital])
        for before, token in pairwise(sentence):
            if token.capital and before.tag not in SIGNS:
                self.names[token.text] += 1


def phrases(whole: Sentence, habits: Habits, words: Words, kinds: Words) -> Iterator[Phrase]:
    """Yield the candidates of a sentence, in reading order; they do not overlap."""
    behind = 0
    sentence, headline = whole.tokens, whole.headline
    groups, heads = kinds["group"], kinds["head"]
    # Most words are neither: they are told apart at once.
    for at in [at for at, token in enumerate(sentence) if token.named or token.low in heads]:
        token = sentence[at]
        if at < behind or not (token.capital or token.tag in _HEADS):
            continue
        if _names(sentence, at, habits, words, kinds, headline=headline):
            behind = _run(sentence, at, habits, words, kinds, headline=headline)
            group = _group(sentence, behind, kinds)
            if group:
                begin = _modifiers(sentence, at)
                role = sentence[group - 1].low not in groups
                yield Phrase(begin, group, group=not role, inner=(at, behind), role=role)
                behind = group
            else:
                yield Phrase(at, behind)
        elif token.tag in _HEADS and token.low in groups:
            yield Phrase(_modifiers(sentence, at), at + 1, group=True)
        elif token.tag == WORD and _is_role(sentence, at, kinds):
            yield Phrase(_modifiers(sentence, at), at + 1, role=True)


def acts(sentence: list[Token], end: int) -> bool:
    """Tell whether a phrase that ends here is followed by a verb, so that somebody does something."""
    while end < len(sentence) and sentence[end].tag == ADVERB:
        end += 1
    return end < len(sentence) and sentence[end].tag in _ACTING


def _names(
    sentence: list[Token], at: int, habits: Habits, words: Words, kinds: Words, *, headline: bool
) -> bool:
    token = sentence[at]
    if not token.named:
        return False
    if not token.capital:
        return token.text[3:4].isupper()
    if token.low in words["time"] or token.tag == NUMBER:
        return False
    if headline:
        return habits.names[token.text] > 0 or (
            token.text.isupper() and len(token.text) > 1 and token.low not in habits.lower
        )
    before = sentence[at - 1] if at else None
    if before is not None and before.tag not in SIGNS:
        return token.tag == NAME
    if token.tag not in (NAME, WORD, CUE, VERB) or token.low in words["adverb"]:
        return False
    if habits.names[token.text] or (token.text.isupper() and len(token.text) > 1):
        return True
    if token.low in habits.lower:
        return False
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    known = any(token.low in kinds[kind] for kind in ("demonym", "person_title", "place"))
    return known or (
        token.tag == NAME
        and following is not None
        and (following.tag in (NAME, GENITIVE) or following.tag in _ACTING)
    )


def _run(
    sentence: list[Token], at: int, habits: Habits, words: Words, kinds: Words, *, headline: bool
) -> int:
    end = at + 1
    organisations, governments = kinds["organisation"], kinds["government"]
    headed = sentence[at].low in organisations or sentence[at].low in governments
    while end < len(sentence):
        token = sentence[end]
        if (
            _names(sentence, end, habits, words, kinds, headline=headline)
            and token.tag not in SIGNS
        ):
            headed = headed or token.low in organisations or token.low in governments
            end += 1
            continue
        step = end
        while step < len(sentence) and step - end < 2 and sentence[step].low in _CONNECTORS:
            step += 1
        if (
            step == end
            and headed
            and token.tag == AND
            and any(part.low in ("of", "for") for part in sentence[at:end])
        ):
            step += 1
        follows = (
            step < len(sentence) and sentence[step].tag == NAME and sentence[step].text[0].isupper()
        )
        small = sentence[end].low in ("of", "for", "without", "the")
        if step > end and follows and (headed or not small):
            end = step + 1
            continue
        break
    return end


def _group(sentence: list[Token], end: int, kinds: Words) -> int | None:
    """Return the end of “… security forces” where lower-case words up to a group follow."""
    for at in range(end, min(end + 3, len(sentence))):
        token = sentence[at]
        if token.tag not in (WORD, ING) or not token.text[0].islower():
            return None
        if token.low in kinds["group"] or token.low in kinds["collective"]:
            return at + 1
    return None


def _is_role(sentence: list[Token], at: int, kinds: Words) -> bool:
    """Tell whether “captain” or “army” stands here with an article and nothing behind it."""
    low = sentence[at].low
    if low not in kinds["role"] and low not in kinds["collective"]:
        return False
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    if following is not None and following.tag in (WORD, NAME, GENITIVE, ING):
        return False
    before = at - 1
    while before >= 0 and at - before < 3 and sentence[before].tag == WORD:
        before -= 1
    return before >= 0 and sentence[before].tag in (DETERMINER, GENITIVE, POSSESSIVE, NAME)


def _modifiers(sentence: list[Token], at: int) -> int:
    """Return where the adjectives before a group begin (“unarmed”, “US-backed”)."""
    start = at
    while start and at - start < 1 + (sentence[start - 1].text.count("-") > 0):
        token = sentence[start - 1]
        opening = token.tag == NAME and start == 1 and token.text[0].isupper()
        plain = (token.tag == WORD or opening) and token.low not in (
            "same",
            "own",
            "last",
            "next",
            "such",
        )
        if not plain or (
            start >= 2 and sentence[start - 2].tag in (CUE, AUXILIARY) and "-" not in token.text
        ):
            break
        start -= 1
    return start
