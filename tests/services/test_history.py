"""Taking back and doing again, as one person and as anybody, and reading what was done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import Refused
from annotator.domain.step import StepState
from annotator.services import checking, history, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed project in which Amal and then Bea marked, in turn."""
    with make_project(tmp_path, STORY) as project:
        found = project.path
    for name, start in (("Amal", 0), ("Bea", 5), ("Amal", 12), ("Bea", 19)):
        with projects.open_existing(found, name) as project:
            mark(project, start)
    return found


@pytest.fixture
def amal(path: Path) -> Iterator[Project]:
    """The project, opened by Amal; it must be whole at the end."""
    with projects.open_existing(path, "Amal") as project:
        yield project
        assert checking.problems(project) == []


def mark(project: Project, start: int) -> None:
    """Mark the word that begins at an offset."""
    article = reading.list_articles(project)[0].article.id
    marking.mark(project, article, [(start, STORY.index(" ", start))], "actor")


def names(project: Project) -> list[str]:
    """Return the names of the acts that hold, oldest first, without those that made the project."""
    entries = history.entries(project)[::-1]
    return [
        f"{entry.annotator}: {entry.step.name}"
        for entry in entries
        if entry.step.state is StepState.DONE and entry.step.name.startswith("Mark")
    ]


ALL = [
    "Amal: Mark actor “Port”",
    "Bea: Mark actor “strike”",
    "Amal: Mark actor “enters”",
    "Bea: Mark actor “second”",
]


def test_the_history_says_who_did_what(amal: Project) -> None:
    assert names(amal) == ALL
    assert [entry.step.number for entry in history.entries(amal)] == [6, 5, 4, 3, 2, 1]


def test_one_takes_back_ones_own_acts_only(amal: Project) -> None:
    assert history.undo(amal).step.name == "Mark actor “enters”"  # type: ignore[union-attr]
    assert history.undo(amal).step.name == "Mark actor “Port”"  # type: ignore[union-attr]
    assert names(amal) == [ALL[1], ALL[3]]
    assert history.redo(amal).step.name == "Mark actor “Port”"  # type: ignore[union-attr]
    assert history.redo(amal).step.name == "Mark actor “enters”"  # type: ignore[union-attr]
    assert names(amal) == ALL


def test_anybody_takes_back_the_last_act_whoever_did_it(amal: Project) -> None:
    for count in (3, 2, 1):
        history.undo(amal, anybody=True)
        assert names(amal) == ALL[:count]
    for count in (2, 3, 4):
        history.redo(amal, anybody=True)
        assert names(amal) == ALL[:count]
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(amal, anybody=True)


def test_what_comes_next_is_told_before(amal: Project) -> None:
    assert history.next_undo(amal).name == "Mark actor “enters”"  # type: ignore[union-attr]
    assert history.next_undo(amal, anybody=True).name == "Mark actor “second”"  # type: ignore[union-attr]
    assert history.next_redo(amal) is None
    history.undo(amal)
    assert history.next_redo(amal).name == "Mark actor “enters”"  # type: ignore[union-attr]


def test_a_new_act_ends_ones_own_redo_and_nobody_elses(path: Path) -> None:
    with projects.open_existing(path, "Bea") as bea:
        history.undo(bea)
    with projects.open_existing(path, "Amal") as amal:
        history.undo(amal)
        mark(amal, STORY.index("harbour"))
        assert history.next_redo(amal) is None
        assert history.next_redo(amal, anybody=True) is not None
    with projects.open_existing(path, "Bea") as bea:
        history.redo(bea)
        assert names(bea) == [*ALL[:2], ALL[3], "Amal: Mark actor “harbour”"]
        assert checking.problems(bea) == []


def test_the_history_of_one_mark(amal: Project) -> None:
    article = reading.list_articles(amal)[0].article.id
    first = reading.open_article(amal, article).marks[0].id
    marking.set_note(amal, first, "look again")
    marking.delete(amal, [first])
    history.undo(amal)
    told = history.entries(amal, record=first)
    assert [(entry.step.name.split(" ")[0], str(entry.step.state)) for entry in told] == [
        ("Delete", "undone"),
        ("Note", "done"),
        ("Mark", "done"),
    ]
