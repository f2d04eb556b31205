"""The event list: what becomes a row, who is named in it, and what is told to be missing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.link import Voice
from annotator.formats.base import WriteContext
from annotator.formats.event_list import AUTHOR, UNKNOWN, EventListWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import Wish, make
from tests.formats.test_known_cases import coded

BOOK = default_codebook()


def rows(articles, **options: object) -> tuple[list[dict[str, str]], WriteContext]:
    out = io.StringIO(newline="")
    context = WriteContext(BOOK, 1, **options)
    EventListWriter().write(articles, out, context)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""))), context


def story():
    article = coded(
        "Amal Haddad and the union said no to night shifts.",
        ("actor", "Amal Haddad"),
        ("actor", "the union"),
        ("claim", "no to night shifts"),
        links=[("source", 2, 0), ("source", 2, 1)],
    )
    values = (
        {"type": "person"},
        {"type": "organisation"},
        {"topics": ("shifts", "pay"), "stance": "oppose"},
    )
    marks = [replace(mark, attributes=own) for mark, own in zip(article.marks, values, strict=True)]
    marks[0] = replace(marks[0], actor="a1")
    return replace(article, marks=tuple(marks), meta=replace(article.meta, published="2026-03-01"))


BOARD = Actor("a2", "The Board", "organisation")
FIRM = Actor("a3", "The Firm", "organisation")
AMAL = Actor(
    "a1",
    "A. Haddad",
    "person",
    affiliations=(Affiliation("a2", None, "2025-12-31"), Affiliation("a3", "2026-01-01")),
)


def test_a_claim_has_a_row_for_each_source_and_topic() -> None:
    found, context = rows([story()], book={actor.id: actor for actor in (AMAL, BOARD, FIRM)})
    assert [(row["person"], row["organization"], row["concept"]) for row in found] == [
        ("A. Haddad", "The Firm", "shifts"),
        ("A. Haddad", "The Firm", "pay"),
        ("", "the union", "shifts"),
        ("", "the union", "pay"),
    ]
    assert len({row["statement_id"] for row in found}) == 1
    assert {row["agreement"] for row in found} == {"0"}
    assert {row["time"] for row in found} == {"2026-03-01"}
    assert context.losses == []


def test_voices_have_names_of_their_own() -> None:
    article = story()
    said = [
        replace(link, end=None, voice=voice)
        for link, voice in zip(article.links, (Voice.AUTHOR, Voice.UNKNOWN), strict=True)
    ]
    found, context = rows([replace(article, links=tuple(said))])
    assert {row["person"] for row in found} == {AUTHOR, UNKNOWN}
    assert {loss.kind for loss in context.losses} == {"mark"}  # actors that nobody quotes


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_every_claim_has_its_rows_and_the_rest_is_told(seed: int) -> None:  # I3
    _, articles = make(seed, Wish(odd=False))
    found, context = rows(articles)
    claims = {mark.id for item in articles for mark in item.marks if mark.layer == "claim"}
    assert {row["statement_id"] for row in found} == claims
    told = {loss.record for loss in context.losses if loss.kind in ("mark", "link")}
    for item in articles:
        sources = {link.end for link in item.links if link.type == "source"}
        for mark in item.marks:
            assert (mark.id in told) == (mark.layer != "claim" and mark.id not in sources)
        for link in item.links:
            assert (link.id in told) == (link.type != "source")
    for row in found:
        assert not any((cell or "").startswith(("=", "+", "@", "\t")) for cell in row.values())


def test_it_is_the_same_with_and_without_texts(tmp_path: Path) -> None:
    assert rows([story()])[0] == rows([story()], without_text=True)[0]
