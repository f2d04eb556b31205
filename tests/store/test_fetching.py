"""What a long undo needs is brought from the disk by another thread, in short statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain import slices
from annotator.domain.slices import READING, SAVING
from annotator.services import checking, history, marking, reading
from annotator.services.project import Project
from annotator.store import fetching, journal
from tests.store.test_journal import content, copies, own_marks
from tests.support.material import STORY, make_project

AHEAD = 5


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project with one article, and twelve marks made in one step."""
    monkeypatch.setattr(fetching, "AHEAD", AHEAD)
    monkeypatch.setattr(journal, "CAN_WAIT_ASIDE", True)
    with make_project(tmp_path, STORY) as made:
        article = reading.list_articles(made)[0].article.id
        marking.mark(made, article, [(0, 4)], "actor")
        copies(made, 12)
        yield made


def shares(work: slices.Slices[object]) -> list[list[object]]:
    """Run slices; return what each yielded after another thread was asked to read."""
    found: list[list[object]] = []
    for said in work:
        if said is READING:
            found.append([])
        elif said is not SAVING:
            found[-1].append(said)
    return found


@pytest.mark.parametrize("turns", [1, 2])
def test_another_thread_is_asked_before_every_few_changes(project: Project, turns: int) -> None:
    before = content(project)
    history.undo(project)
    if turns == 2:
        found = shares(history.redo.slices(project))
        assert len(own_marks(project)) == 13
        assert content(project) == before
    else:
        history.redo(project)
        found = shares(history.undo.slices(project))
        assert len(own_marks(project)) == 1
    # One slice gives the work back to the window, and every change is one of its own.
    assert [len(share) - 1 for share in found] == [5, 5, 2, 0]
    assert checking.problems(project) == []


def test_nothing_but_reading_is_done_aside(project: Project) -> None:
    """What is written, or compared in Python, would take from the window what it needs to paint."""
    said: list[str] = []
    work = history.undo.slices(project)
    while next(work) is not READING:
        pass
    project.db.conn.set_trace_callback(said.append)
    next(work)
    project.db.conn.set_trace_callback(None)
    work.close()
    looks = [sql for sql in said if "wanted" in sql]
    assert len(looks) == len(list(fetching.looks_at("mark"))) == 3
    assert all(sql.startswith("SELECT") for sql in said)


def test_a_short_step_is_taken_back_without_another_thread(project: Project) -> None:
    history.undo(project)
    assert READING not in list(history.undo.slices(project))
    assert own_marks(project) == []


def test_nobody_is_asked_where_threads_cannot_share_the_connection(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "CAN_WAIT_ASIDE", False)
    assert READING not in list(history.undo.slices(project))
    assert len(own_marks(project)) == 1


def test_it_ends_early_where_it_is_no_longer_wanted(project: Project) -> None:
    said: list[str] = []
    token = slices.unwanted.set(lambda: True)
    project.db.conn.set_trace_callback(said.append)
    try:
        fetching.fetch(project.db, [("mark", mark.id) for mark in own_marks(project)])
    finally:
        project.db.conn.set_trace_callback(None)
        slices.unwanted.reset(token)
    assert not any("wanted" in sql for sql in said)


def test_each_statement_is_short(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else can use the connection meanwhile."""
    monkeypatch.setattr(slices, "BATCH", 4)
    said: list[str] = []
    project.db.conn.set_trace_callback(said.append)
    fetching.fetch(project.db, [("mark", mark.id) for mark in own_marks(project)])
    project.db.conn.set_trace_callback(None)
    looks = [sql for sql in said if "wanted" in sql]
    assert [sql.count('", "') + 1 for sql in looks] == [4] * 9 + [1] * 3


@pytest.mark.parametrize("kind", fetching.FOUND_BY_INDEX)
def test_what_is_fetched_is_found_by_an_index(project: Project, kind: str) -> None:
    for sql in fetching.looks_at(kind):
        plan = [row[3] for row in project.db.execute(f"EXPLAIN QUERY PLAN {sql}", ("[]",))]
        looked = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
        assert looked[0].startswith("SCAN wanted")
        assert all(step.startswith("SEARCH") for step in looked[1:])


def test_every_row_itself_is_read(project: Project) -> None:
    """An index alone could answer whether it is there, and its page would be waited for later."""
    for kind in fetching.FOUND_BY_INDEX:
        own = next(iter(fetching.looks_at(kind)))
        plan = " ".join(row[3] for row in project.db.execute(f"EXPLAIN QUERY PLAN {own}", ("[]",)))
        assert f"{kind} USING INDEX" in plan
        assert "COVERING" not in plan
