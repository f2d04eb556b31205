"""Suggesters on trial: only against marks made without them, with every slip and its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.services import answering, marking, states, suggesting
from annotator.services.project import Project
from annotator.services.trial import BOUNDS, MISSED, TOO_MUCH, VALUE, Trial, try_out
from annotator.store import articles, suggestions
from tests.support.material import make_project

TEXT = "Lena Holm met Piet Maas. Mayor Ola Berg said the pier was shut. The big dog slept."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, TEXT) as made:
        suggesting.suggest(made)
        yield made


def article_of(project: Project) -> str:
    return articles.all(project.db)[0].id


def mark(project: Project, words: str, type: str = "person") -> None:
    start = TEXT.index(words)
    place = [(start, start + len(words))]
    marking.mark(project, article_of(project), place, "actor", {"type": type})


def tried(project: Project) -> Trial:
    trial = Trial()
    list(try_out(project, trial))
    return trial


def test_nothing_is_compared_before_a_layer_is_done(project: Project) -> None:
    mark(project, "Lena Holm")
    assert tried(project).articles == 0


def test_each_slip_is_told_with_its_place(project: Project) -> None:
    mark(project, "Lena Holm")
    mark(project, "Mayor Ola Berg")
    mark(project, "big dog", "group")
    states.set_verdict(project, article_of(project), ["actor"], Verdict.DONE)
    trial = tried(project)
    assert trial.articles == 1
    assert [(slip.kind, slip.proposed, slip.wanted) for slip in trial.slips] == [
        (TOO_MUCH, "Piet Maas", ""),
        (BOUNDS, "Ola Berg", "Mayor Ola Berg"),
        (MISSED, "", "big dog"),
    ]
    for slip in trial.slips:
        assert TEXT[slip.extent[0] : slip.extent[1]] in (slip.proposed, slip.wanted)
    exact = trial.scores.marks["actor"]["exact"]
    assert (exact.proposed, exact.wanted, exact.both) == (3, 3, 1)


def test_another_value_is_a_slip(project: Project) -> None:
    mark(project, "Lena Holm", "organisation")
    states.set_verdict(project, article_of(project), ["actor"], Verdict.DONE)
    slips = [slip for slip in tried(project).slips if slip.kind == VALUE]
    assert [(slip.proposed, slip.wanted) for slip in slips] == [("person", "organisation")]


def test_a_layer_in_which_suggestions_were_answered_is_left_out(project: Project) -> None:
    first = next(
        item
        for item in suggestions.of_article(project.db, article_of(project))
        if item.layer == "actor"
    )
    answering.accept(project, first.id)
    states.set_verdict(project, article_of(project), ["actor"], Verdict.DONE)
    assert tried(project).articles == 0
