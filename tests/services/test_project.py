"""An open project: who acts in it, and what it keeps at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.errors import NotFound, Refused
from annotator.domain.mark import Mark, View
from annotator.services import checking, codebooks, history, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from tests.support.material import STORY, add_article, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one article; it must be whole at the end."""
    with make_project(tmp_path, STORY) as made:
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def mark_of(project: Project) -> Mark:
    """Make a mark and return it."""
    article = reading.list_articles(project)[0].article.id
    found = marking.mark(project, article, [(0, 4)], "actor").changes[0].after
    assert isinstance(found, Mark)
    return found


def test_who_only_looks_is_not_written_down(project: Project) -> None:
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as looking:
        reading.open_article(looking, reading.list_articles(looking)[0].article.id)
        assert [person.name for person in reading.people(looking)] == ["Amal"]
    with projects.open_existing(path, "Bea") as acting:
        mark_of(acting)
        assert [person.name for person in reading.people(acting)] == ["Amal", "Bea"]


def test_undoing_the_first_act_of_a_person_takes_the_person_back_too(project: Project) -> None:
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as acting:
        mark_of(acting)
        history.undo(acting)
        assert [person.name for person in reading.people(acting)] == ["Amal"]
        mark_of(acting)
        assert len(reading.people(acting)) == 2


def test_without_a_name_the_first_annotator_goes_on(project: Project) -> None:
    path, me = project.path, project.annotator
    project.close()
    with projects.open_existing(path) as again:
        assert again.annotator == me


def test_names_are_taken_as_they_are(tmp_path: Path) -> None:
    for number, name in enumerate(("Zoë", "أمل", "😀", "a'b\"; DROP TABLE mark", "A01 ")):
        with make_project(tmp_path, STORY, annotator=name, name=f"p{number}") as project:
            mark_of(project)
            assert [person.name for person in reading.people(project)] == [name]
            assert checking.problems(project) == []


@pytest.mark.parametrize("name", [" ", "\u00a0", "half \ud83d"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="annotator"):
        make_project(tmp_path, annotator=name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_told(project: Project) -> None:
    with pytest.raises(NotFound, match="article is no longer"):
        project.article("none")
    with pytest.raises(NotFound, match="mark is no longer"):
        project.own_mark("none")


def test_texts_are_not_mixed_up(project: Project) -> None:
    other = add_article(project, "Another text.\n", "Another")
    first = reading.list_articles(project)[0].article
    for _ in range(2):
        assert project.text(first) == STORY
        assert project.text(other) == "Another text.\n"


def test_clock_and_ids_are_passed_in(tmp_path: Path) -> None:
    ids = (f"00000000-0000-7000-8000-{number:012d}" for number in range(100))
    dumps = []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        ids = (f"00000000-0000-7000-8000-{number:012d}" for number in range(100))
        with projects.create(
            tmp_path / folder / "p",
            codebooks.default_codebook(),
            "Amal",
            clock=lambda: "2026-01-02T03:04:05.678Z",
            ids=lambda ids=ids: next(ids),
        ) as project:
            add_article(project, STORY, "Story")
            mark_of(project)
            tables = ("mark", "article", "annotator", "step", "change")
            dumps.append([list(project.db.execute(f"SELECT * FROM {name}")) for name in tables])
    assert dumps[0] == dumps[1]


def test_a_mark_of_gold_is_not_changed_as_ones_own(project: Project) -> None:
    own = mark_of(project)
    gold = replace(own, id=project.file.new_id(), view=View.GOLD)
    with project.step("Adjudicate") as ticket:
        ticket.write.put(gold)
    with pytest.raises(Refused, match="adjudicated"):
        marking.delete(project, [gold.id])
    with pytest.raises(Refused, match="adjudicated"):
        marking.relabel(project, gold.id, "claim")
    assert reading.open_article(project, own.article).marks == [own]
