"""Minutes per article come from the times of acts; breaks are left out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from annotator.services import (
    codebooks,
    history,
    marking,
    reading,
    states,
    statistics,
    working_time,
)
from annotator.services.project import Project
from tests.support.material import STORY, make_project


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-03-01T09:00:00.000+00:00")

    def __call__(self) -> str:
        return self.now.isoformat(timespec="milliseconds")

    def wait(self, minutes: float) -> None:
        """Let time go by."""
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def project(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch):
    with make_project(tmp_path, STORY, "Second.\n") as found:
        monkeypatch.setattr(found.file.journal, "_clock", watch)
        codebooks.retire_layer(found, "cue")
        yield found


def articles(project: Project) -> list[str]:
    return [item.article.id for item in reading.list_articles(project)]


def test_time_between_acts_belongs_to_the_article_of_the_later_one(
    project: Project, watch: Watch
) -> None:
    first, second = articles(project)
    watch.wait(3)
    marking.mark(project, first, [(0, 4)], "actor")
    watch.wait(1.5)
    states.finish(project, first)
    watch.wait(4)
    marking.mark(project, second, [(0, 6)], "actor")
    assert working_time.minutes(project, first) == pytest.approx(4.5)
    assert working_time.minutes(project, second) == pytest.approx(4)
    found = working_time.minutes_by_article(project, project.annotator.id)
    assert found == pytest.approx({first: 4.5, second: 4})


def test_a_break_is_left_out_and_so_are_clocks_that_were_put_back(
    project: Project, watch: Watch
) -> None:
    first, _ = articles(project)
    watch.wait(30)
    marking.mark(project, first, [(0, 4)], "actor")
    watch.wait(-10)
    marking.mark(project, first, [(5, 11)], "actor")
    watch.wait(2)
    marking.mark(project, first, [(12, 18)], "actor")
    assert working_time.minutes(project, first) == pytest.approx(2)


def test_acts_that_were_undone_took_their_time(project: Project, watch: Watch) -> None:
    first, _ = articles(project)
    watch.wait(1)
    marking.mark(project, first, [(0, 4)], "actor")
    history.undo(project)
    assert working_time.minutes(project, first) == pytest.approx(1)


def test_the_counts_of_a_project_tell_minutes(project: Project, watch: Watch) -> None:
    first, second = articles(project)
    for article, minutes in ((first, 2), (second, 4)):
        watch.wait(minutes)
        marking.mark(project, article, [(0, 4)], "actor")
    found = statistics.count(project)
    assert found.people[0].minutes == pytest.approx({first: 2, second: 4})
    assert "  worked 6 minutes on 2 articles, 3.0 each" in found.in_words()
