"""The same words everywhere: counted before, one step, and never twice on one place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import Refused
from annotator.domain.mark import Mark, Origin
from annotator.services import (
    actor_book,
    checking,
    history,
    marking,
    reading,
    spreading,
    states,
)
from annotator.services.project import Project
from tests.support.material import make_project

TEXTS = (
    "ISIS said so. ISIS-led forces, ISISs, Isis; “ISIS”.\n",
    "Nothing here.\n",
    "In Mosul, ISIS\u00a0fled. cafe, cafe\u0301, ISIS\n",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with three articles; it must be whole at the end."""
    with make_project(tmp_path, *TEXTS) as made:
        yield made
        assert checking.problems(made) == []


def mark(project: Project, words: str, number: int = 0, **values: str) -> Mark:
    """Mark the first place of some words in an article."""
    article = reading.list_articles(project)[number].article.id
    start = TEXTS[number].index(words)
    outcome = marking.mark(project, article, [(start, start + len(words))], "actor", values)
    found = outcome.changes[0].after
    assert isinstance(found, Mark)
    return found


def extents(project: Project, number: int) -> list[tuple[int, int]]:
    """Return where an article is marked."""
    article = reading.list_articles(project)[number].article.id
    return [(item.start, item.end) for item in reading.open_article(project, article).marks]


def test_places_are_counted_first_and_marked_in_one_step(project: Project) -> None:  # D16
    model = mark(project, "ISIS", type="armed_group")
    actor_book.assign_new(project, model.id, "Islamic State")
    found = spreading.places(project, model.id, wide=True)
    assert (len(found.here), found.count_elsewhere) == (2, 2)
    outcome = spreading.spread(project, model.id, wide=True)
    assert len(outcome.changes) == 4
    assert extents(project, 0) == [(0, 4), (14, 18), (45, 49)]
    assert extents(project, 1) == []
    assert extents(project, 2) == [(10, 14), (34, 38)]
    made = [change.after for change in outcome.changes if isinstance(change.after, Mark)]
    model = project.own_mark(model.id)
    assert {item.made.origin for item in made} == {Origin.PROPAGATED}
    assert {(item.actor, item.attributes["type"]) for item in made} == {
        (model.actor, "armed_group")
    }
    history.undo(project)
    assert [extents(project, number) for number in range(3)] == [[(0, 4)], [], []]


def test_only_this_article(project: Project) -> None:
    model = mark(project, "ISIS")
    spreading.spread(project, model.id, wide=False)
    assert (len(extents(project, 0)), extents(project, 2)) == (3, [])


def test_a_place_is_never_marked_twice(project: Project) -> None:
    model = mark(project, "ISIS")
    spreading.spread(project, model.id, wide=True)
    with pytest.raises(Refused, match="no further “ISIS” in the project"):
        spreading.spread(project, model.id, wide=True)
    assert len(extents(project, 0)) == 3


def test_a_letter_with_an_accent_is_another_word(project: Project) -> None:  # A9
    model = mark(project, "cafe", 2)
    assert spreading.places(project, model.id, wide=True) == spreading.Places()
    with pytest.raises(Refused, match="no further “cafe” in this article"):
        spreading.spread(project, model.id, wide=False)


def test_words_that_stand_together_only_once_have_no_other_place(project: Project) -> None:
    model = mark(project, "ISIS")
    marking.add_fragment(project, model.id, [(5, 9)])
    assert spreading.places(project, model.id, wide=True) == spreading.Places()


def test_an_article_called_empty_is_open_again(project: Project) -> None:
    model = mark(project, "ISIS")
    third = reading.list_articles(project)[2].article.id
    states.set_verdict(project, third, ["actor"], Verdict.NOTHING_FOUND)
    spreading.spread(project, model.id, wide=True)
    assert reading.open_article(project, third).verdicts["actor"] is Verdict.OPEN
    history.undo(project)
    assert reading.open_article(project, third).verdicts["actor"] is Verdict.NOTHING_FOUND
