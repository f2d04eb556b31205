"""Marks are found by the part of the article they lie in: one rule for the table and for the search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.anatomy import zones
from annotator.domain.mark_query import MarkQuery
from annotator.domain.search_query import BODY, PARTS
from annotator.services import history, mark_table, marking, reading
from annotator.services.project import Project
from tests.services.test_random_acts import dump
from tests.support.material import make_project

TEXT = (
    "Port strike enters second week\n\nBy Ana Ruiz\n\n"
    "VELDHAVEN, May 4 (Agency) — The union of Ana Ruiz called the offer an insult.\n\n"
    "Photo: Amal Haddad at the gate\n\nCopyright 2026 The Veldhaven Daily\n"
)
TITLE = "Port strike enters second week"
PLACES = {
    "headline": ["Port strike"],
    "byline": ["Ana Ruiz"],
    "dateline": ["VELDHAVEN"],
    "caption": ["Amal Haddad"],
    "boilerplate": ["The Veldhaven Daily"],
    "body": ["Ana Ruiz", "an insult"],
}


def retitle(project: Project, article: str, title: str) -> None:
    """Change the title of an article, in a step."""
    old = project.article(article)
    with project.step("Change a title") as ticket:
        ticket.write.put(replace(old, meta=replace(old.meta, title=title)))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, TEXT) as made:
        (listed,) = reading.list_articles(made)
        retitle(made, listed.article.id, TITLE)
        seen = 0
        for part, words in PLACES.items():
            for one in words:
                start = TEXT.index(one, TEXT.index("union") if part == "body" else seen)
                marking.mark(made, listed.article.id, [(start, start + len(one))], "actor")
        yield made


def words(project: Project, part: str | None) -> list[str]:
    query = MarkQuery(part=part)
    found = mark_table.find(project, query)
    rows = mark_table.rows(project, mark_table.order(project, query))
    assert found.count == len(rows) == mark_table.count(project, query)
    assert {row.id for row in rows} == set(mark_table.ids(project, query))
    return [row.words for row in rows]


def test_marks_are_found_by_the_part_they_lie_in(project: Project) -> None:
    before = dump(project)
    assert {part: words(project, part) for part in PARTS} == PLACES
    assert len(words(project, None)) == 7
    assert dump(project) == before
    (listed,) = reading.list_articles(project)
    assert mark_table.count(project, MarkQuery(article=listed.article.id, part="caption")) == 1
    assert mark_table.count(project, MarkQuery(text="ruiz", part="byline")) == 1
    assert mark_table.count(project, MarkQuery(text="haddad", part="byline")) == 0


def test_a_mark_over_two_parts_lies_in_none(project: Project) -> None:
    (listed,) = reading.list_articles(project)
    start, end = TEXT.index("Ana Ruiz\n"), TEXT.index("(Agency)")
    claim = marking.mark(project, listed.article.id, [(start, end)], "claim").changes[0].after
    assert {part for part in PARTS if len(words(project, part)) > len(PLACES[part])} == set()
    marking.delete(project, [claim.id])  # type: ignore[union-attr]
    pieces = [(start, start + 8), (TEXT.index("VELDHAVEN"), TEXT.index(", May"))]
    marking.mark(project, listed.article.id, pieces, "claim")
    assert {part: words(project, part) for part in PARTS} == PLACES


def test_what_changes_an_article_changes_its_parts(project: Project) -> None:
    (listed,) = reading.list_articles(project)
    assert words(project, "headline") == ["Port strike"]
    retitle(project, listed.article.id, "Another title")
    assert words(project, "headline") == []
    assert "Port strike" in words(project, BODY)
    history.undo(project)
    assert words(project, "headline") == ["Port strike"]


def test_large_projects_are_read_bit_by_bit(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.parts.BATCH", 1)
    assert list(mark_table.reading.slices(project, MarkQuery())) == []
    query = MarkQuery(part="byline")
    assert list(mark_table.reading.slices(project, query)) == [None, (1, 1, "")]
    assert list(mark_table.reading.slices(project, query)) == [None]


@pytest.mark.parametrize("seed", range(5))
def test_every_part_is_found_as_plain_looking_finds_it(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    lines = [
        TITLE,
        "By Ana Ruiz",
        "OSLO (Reuters) — He came.",
        "Photo: a gate",
        "Copyright 2026 X",
        "Word after word.",
    ]
    texts = ["\n".join([TITLE, *chance.choices(lines, k=6)]) for _ in range(4)]
    with make_project(tmp_path, *texts) as project:
        for listed in reading.list_articles(project):
            retitle(project, listed.article.id, TITLE)
            body = project.text(listed.article)
            for _ in range(8):
                start = chance.randrange(len(body) - 12)
                marking.mark(project, listed.article.id, [(start, start + 12)], "claim")
        everything = mark_table.rows(project, mark_table.order(project, MarkQuery()))
        assert len(everything) > 20
        by_part: dict[str, set[str]] = {part: set() for part in PARTS}
        for row in everything:
            article = project.article(row.article)
            found = zones(article.meta, project.text(article))
            touched = [zone for zone in found if zone.start < row.end and row.start < zone.end]
            for zone in touched:
                if zone.start <= row.start and row.end <= zone.end:
                    by_part[zone.kind.value].add(row.id)
            if not touched:
                by_part[BODY].add(row.id)
        for part in PARTS:
            assert set(mark_table.ids(project, MarkQuery(part=part))) == by_part[part]
