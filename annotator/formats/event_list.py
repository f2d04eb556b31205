"""The event list of Discourse Network Analyzer: one row for each statement, source and topic.

A statement of DNA has one person, one organisation and one concept. A claim by two sources
about two topics therefore becomes four rows of the same ``statement_id``; so do the tools
that draw networks from such lists expect it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, TextIO

from annotator.domain.actor import Actor
from annotator.domain.codebook import CLAIM
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Voice
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import WriteContext
from annotator.formats.flat import sorted_links
from annotator.formats.tables import safe

COLUMNS = (
    "statement_id", "time", "document_id", "document_title", "document_author", "document_source",
    "document_section", "document_type", "document_notes", "start", "stop", "text",
    "person", "organization", "concept", "agreement", "stance", "coder", "view",
)  # fmt: skip

AUTHOR, UNKNOWN = "(the article’s author)", "(unknown)"
PERSON = "person"
_AGREEMENT = {"support": "1", "oppose": "0"}
_HELD = ("topics", "stance", "date")
"""Values of a claim that a row holds."""


class EventListWriter:
    """Writes CSV; a cell that a spreadsheet would run as a formula begins with an apostrophe."""

    name = "events"
    suffix = ".csv"
    about = "DNA event list: a row for each claim, source and topic, for rDNA and network tools"
    tells_view = True
    needs_text = False
    cannot_carry = (
        "marks that are no claims, unless a claim names them as its source",
        "links other than the source; values of a claim other than topics, stance and date",
        "fragments: a claim goes from its first character to its last",
        "articles without a claim, their texts, states, notes",
    )

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write the claims in the order they come."""
        table = csv.writer(out)
        table.writerow(COLUMNS)
        for coded in articles:
            for row in _rows(coded, context):
                table.writerow([safe(row.get(column)) for column in COLUMNS])


def _rows(coded: CodedArticle, context: WriteContext) -> Iterator[dict[str, Any]]:
    marks = {mark.id: mark for mark in coded.marks}
    book = context.book or {actor.id: actor for actor in coded.actors}
    sources: dict[Id, list[tuple[str, str]]] = {}
    named: set[Id] = set()
    for link in sorted_links(coded):
        start = marks.get(link.start)
        if start is None or start.layer != CLAIM or link.type != "source":
            context.lose_link(coded, link, "has no place in a list of statements")
            continue
        end = marks.get(link.end or "")
        if end:
            named.add(end.id)
        day = _date(coded, start)
        sources.setdefault(start.id, []).append(_who(end, book, day) if end else _voice(link.voice))
    meta = coded.meta
    for mark in sorted(coded.marks, key=reading_order):
        if mark.layer != CLAIM:
            if mark.id not in named:
                context.lose_mark(coded, mark, "is no claim, and no claim names it as its source")
            continue
        context.lose_values(
            coded,
            mark,
            (name for name in mark.attributes if name not in _HELD),
            "has no column in a list of statements",
        )
        said = mark.attributes.get("topics") or ()
        topics = said if isinstance(said, tuple) else (str(said),)
        stance = str(mark.attributes.get("stance") or "")
        for (person, organisation), topic in product(
            sources.get(mark.id, [("", "")]), topics or ("",)
        ):
            yield {
                "statement_id": mark.id,
                "time": _date(coded, mark),
                "document_id": coded.id,
                "document_title": meta.title,
                "document_author": meta.author,
                "document_source": meta.publisher,
                "document_section": meta.extra.get("section"),
                "document_type": meta.extra.get("type"),
                "document_notes": meta.extra.get("notes"),
                "start": mark.start,
                "stop": mark.end,
                "text": mark.text,
                "person": person,
                "organization": organisation,
                "concept": topic,
                "agreement": _AGREEMENT.get(stance),
                "stance": stance,
                "coder": coded.annotator,
                "view": coded.view,
            }


def _date(coded: CodedArticle, mark: Mark) -> str | None:
    """Return the day of a claim: its own, else that of the article."""
    own = mark.attributes.get("date")
    return str(own) if own else coded.meta.published


def _who(mark: Mark, book: Mapping[Id, Actor], day: str | None) -> tuple[str, str]:
    """Return the person and the organisation that a source stands for."""
    actor = book.get(mark.actor or "")
    name = actor.name if actor else mark.text
    type = (actor and actor.type) or mark.attributes.get("type")
    if type not in (PERSON, None):
        return "", name
    return name, _belongs(actor, book, day) if actor else ""


def _belongs(actor: Actor, book: Mapping[Id, Actor], day: str | None) -> str:
    """Return the organisation an actor belonged to on a day, if it is among the actors at hand."""
    for tie in actor.affiliations:
        known = book.get(tie.to)
        begun = not (day and tie.since) or tie.since <= day
        lasts = not (day and tie.until) or day <= tie.until
        if known and begun and lasts:
            return known.name
    return ""


def _voice(voice: Voice | None) -> tuple[str, str]:
    return (AUTHOR if voice is Voice.AUTHOR else UNKNOWN), ""
