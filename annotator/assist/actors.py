"""Actors: which noun phrases act, speak or are acted on, of what type, and who is the same one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from annotator.assist.gazetteer import Entry, Gazetteer
from annotator.assist.judging import ORGANISATION, PERSON, Candidate, Mention, judged
from annotator.assist.lexicons import actor_types, actor_words, cue_words, words
from annotator.assist.names import Habits, Phrase, acts, phrases
from annotator.assist.sentences import Sentence, plain
from annotator.assist.tagging import tag_paragraph
from annotator.assist.tags import (
    ADVERB,
    DETERMINER,
    NUMBER,
    Words,
)
from annotator.domain.fragment import Extent


def actors(
    text: str, language: str, lexicons: Path, gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """Return the mentions of actors in a text, in reading order; inner ones follow outer ones."""
    small, kinds = words(lexicons, language), actor_words(lexicons, language)
    found: list[Candidate] = []
    if kinds and small:
        found = list(_candidates(text, language, lexicons, small, kinds))
    types = actor_types(lexicons, language)
    mentions = judged(found, kinds, types) if found else []
    mentions = _with_known(mentions, _known_names(lexicons, language), text)
    if gazetteer is not None:
        mentions = _with_gazetteer(mentions, gazetteer, text)
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    same_actors(mentions)
    return mentions


def _candidates(
    text: str, language: str, lexicons: Path, small: Words, kinds: Words
) -> Iterable[Candidate]:
    paragraphs = plain(text, language, small["abbreviation"])
    known = cue_words(lexicons, language)
    habits = Habits()
    for paragraph in paragraphs:
        tag_paragraph(paragraph, small, known)
        for sentence in paragraph.sentences:
            if not sentence.headline:
                habits.see(sentence.tokens)
    for number, paragraph in enumerate(paragraphs):
        for sentence in paragraph.sentences:
            for phrase in phrases(sentence, habits, small, kinds):
                yield from _candidate(text, sentence, phrase, number, kinds)


def _candidate(
    text: str, whole: Sentence, phrase: Phrase, number: int, kinds: Words
) -> Iterable[Candidate]:
    sentence = whole.tokens
    start, end = phrase.start, phrase.end
    titled = False
    if not phrase.group:
        while start < end - 1 and sentence[start].low in kinds["person_title"]:
            # “Army Col. Steve Warren”: rank and office stay outside.
            start, titled = start + 1, True
        if sentence[start - 1].low in kinds["person_title"] if start else False:
            titled = True
    while start < end and sentence[start].tag in (DETERMINER, NUMBER, ADVERB):
        start += 1
    if start >= end:
        return
    yield Candidate(
        _mention(text, whole.extent(start, end), number),
        sentence,
        (start, end),
        acts(sentence, end),
        phrase.group,
        phrase.role,
        end - start == 1,
        titled,
    )
    if phrase.inner and phrase.inner[0] < phrase.inner[1]:
        inner = sentence[phrase.inner[0] : phrase.inner[1]]
        if all(token.low in kinds["demonym"] or token.low in kinds["place"] for token in inner):
            return
        mention = _mention(text, whole.extent(*phrase.inner), number)
        yield Candidate(mention, sentence, phrase.inner, acting=False, single=len(inner) == 1)


def _mention(text: str, extent: Extent, paragraph: int) -> Mention:
    start, end = extent
    return Mention(start, end, text[start:end], "", True, "", paragraph=paragraph)


@lru_cache(maxsize=4)
def _known_names(lexicons: Path, language: str) -> Gazetteer:
    """Return the names of several words that the program knows."""
    known = actor_types(lexicons, language)["known"]
    return Gazetteer(Entry(name, type, (name,)) for name, type in known.items() if " " in name)


def _with_known(mentions: list[Mention], known: Gazetteer, text: str) -> list[Mention]:
    """Add names of several words that the program knows, where they are written with capitals."""
    result = list(mentions)
    covered = _Covered(mentions)
    for start, end, entry in known.matches(text):
        piece = text[start:end]
        if covered.touches(start, end):
            continue
        if all(word[0].isupper() or word in ("of", "without") for word in piece.split()):
            result.append(
                Mention(start, end, piece, str(entry.type), True, "a name known to the program")
            )
    return result


def _with_gazetteer(mentions: list[Mention], gazetteer: Gazetteer, text: str) -> list[Mention]:
    """Let the actors that annotators confirmed come first; the longer mention stays."""
    known = [
        Mention(start, end, text[start:end], entry.type or ORGANISATION, True,
                f"“{entry.name}” in the actor book", sure=0.95)
        for start, end, entry in gazetteer.matches(text)
    ]  # fmt: skip
    taken = {(mention.start, mention.end) for mention in known}
    rest = [mention for mention in mentions if (mention.start, mention.end) not in taken]
    covered = _Covered(mention for mention in rest if mention.named)
    return rest + [mention for mention in known if not covered.touches(mention.start, mention.end)]


def same_actors(mentions: list[Mention]) -> None:
    """Number the actors: whole names, last names, first parts, short forms of long names."""
    numbers: dict[str, int] = {}
    count = 0
    for mention in mentions:
        key = mention.text if mention.named else mention.text.lower()
        if key not in numbers:
            numbers[key] = count
            count += 1
            if mention.named:
                short = "".join(word[0] for word in mention.text.split() if word[0].isupper())
                if len(short) > 2:
                    numbers.setdefault(short, numbers[key])
                if mention.type == PERSON and " " in mention.text:
                    numbers.setdefault(mention.text.split()[-1], numbers[key])
        mention.entity = numbers[key]


class _Covered:
    """Where mentions are, asked in one step whatever their number."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._places: list[tuple[int, int]] = []
        for start, end in sorted((mention.start, mention.end) for mention in mentions):
            if self._places and start < self._places[-1][1]:
                self._places[-1] = (self._places[-1][0], max(end, self._places[-1][1]))
            else:
                self._places.append((start, end))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a mention shares a character with ``[start, end)``."""
        at = bisect_left(self._places, (end,)) - 1
        return at >= 0 and self._places[at][1] > start
