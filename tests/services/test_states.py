"""Verdicts: what is done, what was looked for and not found, and what neither is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import NotFound, Refused
from annotator.services import checking, codebooks, history, marking, reading, states
from annotator.services import project as projects
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with two articles, an actor in the first."""
    with make_project(tmp_path, STORY, "Another article.\n") as made:
        marking.mark(made, article(made), [(0, 4)], "actor")
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def article(project: Project, number: int = 0) -> str:
    """Return the id of an article."""
    return reading.list_articles(project)[number].article.id


def verdicts(project: Project, number: int = 0) -> dict[str, Verdict]:
    """Return the verdicts on an article."""
    return reading.open_article(project, article(project, number)).verdicts


def test_nothing_is_said_at_first(project: Project) -> None:
    assert verdicts(project) == {}


def test_a_verdict_is_of_one_article_and_layer(project: Project) -> None:
    states.set_verdict(project, article(project), ["actor"], Verdict.DONE)
    states.set_verdict(project, article(project), ["claim"], Verdict.NOTHING_FOUND)
    assert verdicts(project) == {"actor": Verdict.DONE, "claim": Verdict.NOTHING_FOUND}
    assert verdicts(project, 1) == {}


def test_nothing_found_is_refused_where_something_is(project: Project) -> None:
    with pytest.raises(Refused, match="There is 1 actor in this article"):
        states.set_verdict(project, article(project), ["claim", "actor"], Verdict.NOTHING_FOUND)
    assert verdicts(project) == {}


def test_finishing_tells_found_from_not_found_in_one_step(project: Project) -> None:
    states.set_verdict(project, article(project), ["cue"], Verdict.DONE)
    states.finish(project, article(project))
    assert verdicts(project) == {
        "actor": Verdict.DONE,
        "claim": Verdict.NOTHING_FOUND,
        "cue": Verdict.DONE,
        "sentiment": Verdict.NOTHING_FOUND,
    }
    history.undo(project)
    assert verdicts(project) == {"cue": Verdict.DONE}


def test_a_retired_layer_is_not_asked_about(project: Project) -> None:
    codebooks.retire_layer(project, "cue")
    states.finish(project, article(project))
    assert "cue" not in verdicts(project)


def test_the_same_verdict_again_is_no_step(project: Project) -> None:
    states.finish(project, article(project))
    before = history.next_undo(project)
    states.finish(project, article(project))
    states.set_verdict(project, article(project), ["actor"], Verdict.DONE)
    states.set_verdict(project, article(project, 1), ["actor"], Verdict.OPEN)
    assert history.next_undo(project) == before


def test_every_annotator_has_own_verdicts(project: Project) -> None:
    states.finish(project, article(project))
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as other:
        assert verdicts(other) == {}
        states.set_verdict(other, article(other), ["actor"], Verdict.NOTHING_FOUND)
    with projects.open_existing(path, "Amal") as mine:
        assert verdicts(mine)["actor"] is Verdict.DONE


def test_an_unknown_layer_or_article_is_told(project: Project) -> None:
    with pytest.raises(Refused, match="no layer “weather”"):
        states.set_verdict(project, article(project), ["weather"], Verdict.DONE)
    with pytest.raises(NotFound):
        states.finish(project, "no article")
