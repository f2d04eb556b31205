"""What the rules see in a text, told to a model word by word, so that few articles teach much.

A model does not learn what a quotation or a reporting verb is; it learns when the annotators
agree with the rules, and when they do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.assist.attributions import attributions
from annotator.assist.lexicons import cue_words, words
from annotator.assist.proposal import Request
from annotator.assist.quotations import quotations
from annotator.assist.rules import ACTOR, SENTIMENT, Rules, base_language
from annotator.assist.sentences import plain
from annotator.assist.tagging import tag_paragraph
from annotator.assist.tags import CUE
from annotator.domain.fragment import Extent

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

VERSION = 3
"""Of what is told; a model is only asked with the hints it learned with."""

COLUMNS = ("TAG", "LEMMA", "DEP", "ENT_KB_ID")
"""The features of spaCy in which the hints lie: what is said, who and what else, kind, place."""


@dataclass(frozen=True, slots=True)
class Hints:
    """Labelled extents of one text, in code points, sorted; those of one kind do not overlap.

    Attributes:
        said: what the rules take for content.
        named: sources and cues, actors, judging words.
        kinds: kind of word by where it starts.
        places: what stands before and behind the word in its sentence, by where it starts.
    """

    said: tuple[tuple[int, int, str], ...] = ()
    named: tuple[tuple[int, int, str], ...] = ()
    kinds: dict[int, str] = field(default_factory=dict, hash=False)
    places: dict[int, str] = field(default_factory=dict, hash=False)


def hints(text: str, language: str, lexicons: Path) -> Hints:
    """Return what the rules see in a text."""
    base = base_language(language)
    read = attributions(text, base, lexicons).attributions
    said: list[tuple[int, int, str]] = []
    named: list[tuple[int, int, str]] = []
    for item in read:
        parts = [*item.outer, *(part for later in item.later for part in later.outer)]
        said += [(*part, item.mode if item.cue else "alone") for part in sorted(parts)]
        for place, name in ((item.cue, "cue"), (item.source, "source")):
            if place is not None:
                named.append((*place, name))
    for proposal in Rules(lexicons).propose(Request(text, language)):
        if proposal.layer in (ACTOR, SENTIMENT):
            label = proposal.attributes.get("type") or proposal.attributes.get("polarity")
            named += [(*extent, str(label)) for extent in proposal.extents]
    kinds, places = _kinds(text, base, lexicons)
    return Hints(_apart(said), _apart(named), kinds, places)


def hinted(nlp: Language, text: str, extent: Extent, told: Hints) -> Doc:
    """Return a stretch of a text as a document in which the words carry the hints."""
    start, end = extent
    doc = nlp.make_doc(text[start:end])
    said, named = _Marked(told.said), _Marked(told.named)
    for token in doc:
        at = start + token.idx
        token.tag_ = said.at(at, at + len(token))
        token.lemma_ = named.at(at, at + len(token))
        token.dep_ = told.kinds.get(at, "")
        token.ent_kb_id_ = told.places.get(at, "")
    return doc


class _Marked:
    """Says of one word after the other whether it begins, continues or ends an extent."""

    def __init__(self, extents: tuple[tuple[int, int, str], ...]) -> None:
        self._extents = extents
        self._at = 0

    def at(self, start: int, end: int) -> str:
        while self._at < len(self._extents) and self._extents[self._at][1] <= start:
            self._at += 1
        if self._at == len(self._extents) or self._extents[self._at][0] >= end:
            return "-"
        first, last, label = self._extents[self._at]
        return f"{label} {'first' if start <= first else 'last' if end >= last else 'within'}"


def _apart(extents: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Return extents in reading order; of two that overlap, the one that begins first."""
    kept: list[tuple[int, int, str]] = []
    for extent in sorted(extents):
        if not kept or extent[0] >= kept[-1][1]:
            kept.append(extent)
    return tuple(kept)


def _kinds(text: str, language: str, lexicons: Path) -> tuple[dict[int, str], dict[int, str]]:
    """Return the kind of each word, with the group of a verb that may report, and its place.

    A place is the verb that may report nearest before the word in its sentence, whether one
    follows, and whether the word stands between quotation marks.
    """
    small, known = words(lexicons, language), cue_words(lexicons, language)
    kinds: dict[int, str] = {}
    places: dict[int, str] = {}
    waiting = sorted((extent for q in quotations(text) for extent in q.outer), reverse=True)
    for paragraph in plain(text, language, small.get("abbreviation", frozenset())):
        if small:
            tag_paragraph(paragraph, small, known)
        for sentence in paragraph.sentences:
            tokens = sentence.tokens
            groups = [token.form.verb.groups[0] if token.form else "" for token in tokens]
            last = max((at for at, t in enumerate(tokens) if t.tag == CUE), default=-1)
            before = "-"
            for at, (token, start, group) in enumerate(
                zip(tokens, sentence.starts, groups, strict=True)
            ):
                while waiting and waiting[-1][1] <= start:
                    waiting.pop()
                quoted = bool(waiting) and waiting[-1][0] <= start
                if token.tag:
                    kinds[start] = f"{token.tag} {group}"
                follows = "more" if at < last else "end"
                places[start] = f"{before} {follows} {'quoted' if quoted else ''}"
                before = group if token.tag == CUE else before
    return kinds, places
