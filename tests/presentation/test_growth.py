"""What an act in the reader costs does not grow with the article; what opening draws does not, either."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.step import Outcome
from annotator.presentation.library import Library
from annotator.presentation.reader import Reader
from annotator.services import history, marking, spreading
from annotator.services.project import Project
from tests.support.counting import counted
from tests.support.material import make_project

PARAGRAPH = "Amal spoke of the harbour, and Boris of the town.\n\n"
SIZES = (40, 80, 160)
"""Paragraphs, each with a mark; the first round has costs that do not grow."""

SLACK = 1.15
"""A tree or a sorted list twice as long is one step deeper."""


class Reading:
    """A reader and a list on one article of so many paragraphs, without a window."""

    def __init__(self, folder: Path, paragraphs: int) -> None:
        self.project: Project = make_project(folder, PARAGRAPH * paragraphs, name=f"{paragraphs}")
        self.reader, self.library = Reader(), Library()
        self.library.show(self.project)
        article = self.library.rows[0].id
        first = marking.mark(self.project, article, [(0, 4)], "actor").changes[0].after
        spreading.spread(self.project, first.id, wide=False)
        self.reader.show(self.project, article)
        self.article, self.middle = article, len(PARAGRAPH) * (paragraphs // 2)

    def act(self, outcome: Outcome) -> None:
        """Show an outcome as the desk does."""
        self.reader.apply(outcome)
        self.library.follow(self.project, outcome.changes)


def mark(reading: Reading) -> None:
    place = (reading.middle + 31, reading.middle + 36)
    reading.act(marking.mark(reading.project, reading.article, [place], "actor"))


def undo(reading: Reading) -> None:
    reading.act(history.undo(reading.project))


def redo(reading: Reading) -> None:
    reading.act(history.redo(reading.project))


def move(reading: Reading) -> None:
    reading.reader.page.move_to(reading.middle)
    reading.reader.page.move("token", forward=True)
    reading.reader.page.move("sentence", forward=True)


def walk(reading: Reading) -> None:
    reading.reader.step_mark(forward=True)
    reading.reader.step_mark(forward=False)


def lay_out(reading: Reading) -> None:
    page = reading.reader.page
    page.layout(page.paragraph_of(reading.middle))


ACTS: tuple[Callable[[Reading], None], ...] = (mark, undo, redo, move, walk, lay_out)


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {act.__name__: [] for act in ACTS}
    for size in SIZES:
        reading = Reading(tmp_path_factory.mktemp("growth"), size)
        for act in ACTS:
            found[act.__name__].append(counted(reading.project, partial(act, reading)))
        reading.project.close()
    return found


@pytest.mark.parametrize("act", [act.__name__ for act in ACTS])
def test_an_act_costs_the_same_in_a_long_article(
    costs: dict[str, list[tuple[int, int]]], act: str
) -> None:
    (_, _), (calls, instructions), (more_calls, more_instructions) = costs[act]
    assert more_calls <= calls * SLACK + 5
    assert more_instructions <= instructions * SLACK + 5


def test_opening_draws_no_mark_that_is_not_looked_at(tmp_path: Path) -> None:
    reading = Reading(tmp_path, SIZES[-1])
    marks = reading.reader.page.marks
    assert len(marks) == SIZES[-1]
    assert marks.made <= 2  # the one under the caret
    reading.reader.page.layout(4)
    assert marks.made <= 3
    reading.project.close()
