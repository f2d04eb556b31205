"""A release worked out beside the window: the same as at once, from a copy that leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import Problem, Refused
from annotator.domain.release import About
from annotator.services import aside, duplicates, release_aside, releasing, states
from annotator.services.project import Project, open_existing
from annotator.services.release_plan import Order
from tests.support.material import STORY, add_article, make_project
from tests.support.study import make_study

ORDER = Order(About("study", creators=("Lena Ode",)), "1.0.0")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The small study, open."""
    with open_existing(make_study(tmp_path), None) as found:
        yield found


@pytest.fixture(autouse=True)
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where snapshots are kept; none may be left."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def go_on(done: int, total: int) -> bool:
    return True


@pytest.fixture(params=[aside.SMALL_BYTES, 0], ids=["here", "in a process"], autouse=True)
def is_large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways: in a thread of this process, and in one of its own."""
    monkeypatch.setattr(aside, "SMALL_BYTES", request.param)


def indexed(project: Project) -> Project:
    for _ in duplicates.index_steps(project):
        pass
    return project


def test_it_plans_and_writes_what_would_be_made_at_once(project: Project, tmp_path: Path) -> None:
    plan = release_aside.preview_aside(indexed(project), ORDER)(go_on)
    assert plan.in_words() == releasing.preview(project, ORDER).in_words()
    made = release_aside.release_aside(project, ORDER, tmp_path / "aside")(go_on)
    at_once = releasing.release(project, ORDER, tmp_path / "at-once")
    assert made.plan.release.digest == at_once.plan.release.digest
    assert made.plan.in_words() == at_once.plan.in_words()
    for path in sorted(at_once.folder.rglob("*")):
        twin = made.folder / path.relative_to(at_once.folder)
        assert path.is_dir() or path.read_bytes() == twin.read_bytes()


def test_copies_are_found_there_as_here(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        for number in range(6):
            article = add_article(project, STORY + f"\nNote {number}.\n", f"Story {number}")
            states.set_verdict(project, article.id, ["actor"], Verdict.DONE)
        plan = release_aside.preview_aside(indexed(project), ORDER)(go_on)
        assert len(plan.groups) == 6
        assert plan.groups == releasing.preview(project, ORDER).groups


def test_what_is_stopped_or_refused_leaves_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(Problem, match="ancelled"):
        release_aside.release_aside(indexed(project), ORDER, out)(lambda done, total: False)
    assert not out.exists() or not list(out.iterdir())
    (out / "study-1.0.0").mkdir(parents=True)
    with pytest.raises(Refused, match="never overwritten"):
        release_aside.release_aside(project, ORDER, out)
