"""What the screen asks for: the right marks of the right person, in order, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.link import Voice
from annotator.services import actor_book, linking, marking, reading, recognising, states
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import articles as stored_articles
from annotator.store import links as stored_links
from annotator.store import marks as stored_marks
from tests.support.material import STORY, add_article, make_project


def mark(project: Project, start: int, end: int, layer: str = "actor", number: int = 0) -> str:
    """Mark an extent and return the id of the mark."""
    article = reading.list_articles(project)[number].article.id
    outcome = marking.mark(project, article, [(start, end)], layer)
    return outcome.changes[0].after.id  # type: ignore[union-attr]


def test_articles_stand_in_the_order_they_came(tmp_path: Path) -> None:
    with make_project(tmp_path, "One.\n", "Two.\n", "Three.\n") as project:
        titles = [listed.article.title for listed in reading.list_articles(project)]
        assert titles == ["Article 1", "Article 2", "Article 3"]
        add_article(project, "Four.\n", "Article 0")
        assert reading.list_articles(project)[-1].article.title == "Article 0"


def test_a_part_of_the_list_is_what_stands_there_in_the_whole(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        for number in range(12):
            article = add_article(project, f"Text {number % 9}.\n", f"Article {number}")
            group = f"group {number % 3}" if number % 2 else None
            # Merged projects have articles that came to the same place.
            moved = replace(article, position=number // 4, duplicate_group=group)
            with project.step("Move") as ticket:
                ticket.write.put(moved)
        whole = reading.list_articles(project)
        assert len({item.article.position for item in whole}) == 3
        mark(project, 0, 4, number=5)
        whole = reading.list_articles(project)
        for place, item in enumerate(whole):
            assert reading.place_of(project, item.article.id) == place
            for most in (1, 5, 20):
                assert reading.listed_from(project, place, most) == whole[place : place + most]
        assert reading.listed_from(project, 12, 5) == []
        assert reading.place_of(project, "nobody") is None


def test_the_next_open_article_is_found_in_both_directions(tmp_path: Path) -> None:
    with make_project(tmp_path, *(f"Text {number}.\n" for number in range(5))) as project:
        ids = [item.article.id for item in reading.list_articles(project)]
        for done in (0, 2, 4):
            states.set_verdict(project, ids[done], ["claim"], Verdict.DONE)
        assert reading.first_open(project, ["claim"]) == ids[1]
        assert reading.first_open(project, ["claim"], ids[1]) == ids[3]
        assert reading.first_open(project, ["claim"], ids[3]) is None
        assert reading.first_open(project, ["claim"], ids[4], forward=False) == ids[3]
        assert reading.first_open(project, ["claim"], ids[3], forward=False) == ids[1]
        assert reading.first_open(project, ["claim"], forward=False) == ids[3]
        assert reading.first_open(project, ["claim", "actor"], ids[0]) == ids[1]


def test_marks_stand_in_reading_order(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        extents = [(20, 30), (0, 4), (0, 11), (5, 11), (20, 25)]
        for start, end in extents:
            mark(project, start, end)
        opened = reading.open_article(project, reading.list_articles(project)[0].article.id)
        found = [(item.start, item.end) for item in opened.marks]
        assert found == sorted(found, key=lambda extent: (extent[0], -extent[1]))
        assert opened.text == STORY


def test_what_is_opened_is_what_is_stored(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        claims = [mark(project, start, start + 9, "claim") for start in (40, 12)]
        actor = mark(project, 0, 4)
        mark(project, 30, 36)
        article, me = reading.list_articles(project)[0].article.id, project.annotator.id
        marking.mark(project, article, [(0, 4), (5, 11)], "actor")
        for claim, source in zip(claims, (Voice.AUTHOR, actor), strict=True):
            linking.tie(project, claim, "source", source)
        opened = reading.open_article(project, article)
        assert opened.marks == stored_marks.of_article(project.db, article, me)
        assert opened.links == stored_links.of_article(project.db, article, me)
        assert [place[4] for place in opened.places] == [
            len(one.fragments) == 1 for one in opened.marks
        ]
        assert opened.ties == [
            (link.id, link.type, link.start, link.end, link.voice) for link in opened.links
        ]


def test_a_line_of_the_list_counts_ones_own_marks_and_verdicts(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY, "Two.\n") as project:
        mark(project, 0, 4)
        mark(project, 5, 11)
        mark(project, 0, 4, "claim")
        article = reading.list_articles(project)[0].article.id
        states.set_verdict(project, article, ["cue"], Verdict.NOTHING_FOUND)
        first, second = reading.list_articles(project)
        assert first.counts == {"actor": 2, "claim": 1}
        assert first.verdicts == {"cue": Verdict.NOTHING_FOUND}
        assert (second.counts, second.verdicts) == ({}, {})
        path = project.path
    with projects.open_existing(path, "Bea") as other:
        assert [listed.counts for listed in reading.list_articles(other)] == [{}, {}]
        assert reading.open_article(other, article).marks == []


def test_copies_are_counted_a_few_articles_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_articles, "COUNTED_AT_ONCE", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 3)
    with make_project(tmp_path, *(f"Text {number}.\n" for number in range(7))) as project:
        made = [one.article for one in reading.list_articles(project)]
        groups = {"one": (0, 2, 5), "two": (1, 6)}
        with project.step("Group") as ticket:
            for group, places in groups.items():
                for place in places:
                    ticket.write.put(replace(made[place], duplicate_group=group))
        pages = list(reading.listed(project))
        assert list(map(len, pages)) == [0, 0, 0, 0, 3, 3, 1]
        assert [one.copies for page in pages for one in page] == [2, 1, 2, 0, 0, 2, 1]


def test_looking_at_everything_writes_nothing(tmp_path: Path) -> None:  # G5
    with make_project(tmp_path, STORY) as project:
        claim, actor = mark(project, 0, 4, "claim"), mark(project, 5, 11)
        linking.tie(project, claim, "source", Voice.AUTHOR)
        actor_book.assign_new(project, actor)
        path = project.path
    before = path.read_bytes()
    with projects.open_existing(path, "Somebody new") as looking:
        changes = looking.db.conn.total_changes
        for listed in reading.list_articles(looking):
            reading.open_article(looking, listed.article.id)
        recognising.book(looking)
        reading.people(looking)
        assert looking.db.conn.total_changes == changes
    assert path.read_bytes() == before
