"""The lines of a release: how an article was coded, without who and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.codebook import CUE
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.mark import Origin
from annotator.domain.release import Texts
from annotator.formats.base import WriteContext
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.release.fields import PUBLISHED, article_fields, shaped

Json = dict[str, Any]

Renamed = Callable[[Id], Id]
"""Gives the id that a record has in releases; the project's own tell when it was made."""

DAY_LENGTH = 10
"""Of an ISO date; the time of day is no part of a release."""

_MARKS = ("actors", "claims", "sentiments", "other")


class Lines:
    """Turns coded articles into lines of one release."""

    def __init__(
        self,
        context: WriteContext,
        people: Mapping[str, str],
        renamed: Renamed,
        loose: Collection[str],
    ) -> None:
        """``people`` gives pseudonyms by name; for ``loose`` see ``article_fields``."""
        self._fields = article_fields(context.codebook, loose)
        self._context = context
        self._people = people
        self._renamed = renamed
        self._writer = JsonlWriter()

    def line(self, coded: CodedArticle, split: str | None, finished_by: Sequence[str]) -> Json:
        """Return the line of an article; ``finished_by`` names who finished a layer of it."""
        origins = Counter(mark.made.origin for mark in coded.marks)
        public = self._public(replace(coded, split=split))
        (line,) = self._writer.lines([public], self._context)
        line["meta"][PUBLISHED] = (line["meta"][PUBLISHED] or "")[:DAY_LENGTH] or None
        line["annotation"] = {
            "annotators": sorted(self._people[name] for name in finished_by),
            "origins": {origin.value: origins[origin] for origin in Origin},
        }
        return shaped(self._fields, line)

    def _public(self, coded: CodedArticle) -> CodedArticle:
        new = self._renamed
        return replace(
            coded,
            id=new(coded.id or ""),
            annotator=self._people[coded.annotator] if coded.annotator else None,
            duplicate_group=new(coded.duplicate_group) if coded.duplicate_group else None,
            actors=tuple(replace(actor, id=new(actor.id)) for actor in coded.actors),
            marks=tuple(
                replace(
                    mark,
                    id=new(mark.id),
                    actor=new(mark.actor) if mark.actor else None,
                    note="",
                )
                for mark in coded.marks
            ),
            links=tuple(
                replace(
                    link,
                    id=new(link.id),
                    start=new(link.start),
                    end=new(link.end) if link.end else None,
                )
                for link in coded.links
            ),
        )


def without_texts(line: Json, texts: Texts) -> Json:
    """Return a line as far as a release may tell its words."""
    if texts is Texts.WITH:
        return line
    bare = {**line, "text": None}
    if texts is Texts.WITHOUT:
        for kind in _MARKS:
            bare[kind] = [_wordless(mark) for mark in line[kind]]
    return bare


def with_text(line: Json, text: str) -> Json:
    """Return a line of a release without texts with the words put back.

    The text is the one of the line's hash, so every fragment has its place in it.
    """
    cues = {
        (mark["start"], mark["end"]): _words(mark, text)
        for mark in reversed(line["other"])
        if mark["layer"] == CUE
    }
    full = {**line, "text": text}
    for kind in _MARKS:
        full[kind] = [_worded(mark, text, cues) for mark in line[kind]]
    return full


def _wordless(mark: Json) -> Json:
    bare = {**mark, "text": None}
    if mark.get("cue"):
        bare["cue"] = {**mark["cue"], "text": None}
    return bare


def _worded(mark: Json, text: str, cues: Mapping[tuple[int, int], str]) -> Json:
    full = {**mark, "text": _words(mark, text)}
    if mark.get("cue"):
        start, end = mark["cue"]["start"], mark["cue"]["end"]
        full["cue"] = {**mark["cue"], "text": cues.get((start, end), text[start:end])}
    return full


def _words(mark: Json, text: str) -> str:
    return " … ".join(text[start:end] for start, end in mark["fragments"])
