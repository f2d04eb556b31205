"""A release worked out beside the window: the same as at once, from a copy that leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import Refused
from annotator.domain.release import About
from annotator.services import release_aside, releasing
from annotator.services.project import Project, open_existing
from annotator.services.release_aside import Preparation
from annotator.services.release_plan import Order, Stopped
from annotator.store import snapshot
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


def ready(project: Project) -> Preparation:
    found = Preparation(project)
    for _ in found.steps():
        pass
    return found


@pytest.mark.parametrize("few", [100, 0], ids=["here", "in a process"])
def test_it_plans_and_writes_what_would_be_made_at_once(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(release_aside, "FEW", few)
    plan = ready(project).preview(ORDER)(go_on)
    assert plan.in_words() == releasing.preview(project, ORDER).in_words()
    made = ready(project).release(ORDER, tmp_path / "aside")(go_on)
    at_once = releasing.release(project, ORDER, tmp_path / "at-once")
    assert made.plan.release.digest == at_once.plan.release.digest
    assert made.plan.in_words() == at_once.plan.in_words()
    for path in sorted(at_once.folder.rglob("*")):
        twin = made.folder / path.relative_to(at_once.folder)
        assert path.is_dir() or path.read_bytes() == twin.read_bytes()


@pytest.mark.parametrize("few", [100, 0], ids=["here", "in a process"])
def test_what_is_stopped_or_refused_leaves_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(release_aside, "FEW", few)
    out = tmp_path / "out"
    with pytest.raises(Stopped):
        ready(project).release(ORDER, out)(lambda done, total: False)
    assert not out.exists() or not list(out.iterdir())
    (out / "study-1.0.0").mkdir(parents=True)
    late = ready(project)
    with pytest.raises(Refused, match="never overwritten"):
        late.release(ORDER, out)
    late.drop()
    steps = Preparation(project).steps()
    while not list((tmp_path / "copies").iterdir()):
        next(steps)
    steps.close()


def test_the_copy_holds_every_record_and_is_looked_up_by_index(project: Project) -> None:
    whole = snapshot.slices(project.db)
    while True:
        try:
            next(whole)
        except StopIteration as end:
            path = end.value
            break
    with snapshot.reading(path) as copy:
        for table in ("article", "annotator", "mark", "link", "state", "text", "adjudication"):
            every = f"SELECT * FROM {table} ORDER BY 1, 2, 3"
            assert copy.execute(every).fetchall() == project.db.execute(every).fetchall()
        plan = copy.execute("EXPLAIN QUERY PLAN SELECT * FROM mark WHERE article = ''").fetchone()
        assert "mark_by_article" in plan[3]
        assert not copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'change'").fetchone()
