"""Checking a project beside the window: the same findings, the copy gone, stopped where wanted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import aside, checking, marking, reading
from annotator.store import check
from annotator.store.connection import Database
from tests.support.endless import ENDLESS
from tests.support.material import STORY, make_project


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that copies are made in."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("small", [aside.SMALL_BYTES, 0])
def test_a_check_aside_finds_what_a_check_finds(
    tmp_path: Path, copies: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", small)
    with make_project(tmp_path, STORY) as project:
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(0, 5)], "actor")
        told: list[tuple[int, int]] = []

        def tell(done: int, total: int) -> bool:
            told.append((done, total))
            return True

        assert checking.problems_aside(project)(tell) == []
        project.db.execute("UPDATE mark SET note = 'changed behind our back'")
        found = checking.problems_aside(project)(tell)
        assert found == checking.problems(project)
        assert len(found) == 1
        assert told
        assert all(done <= total for done, total in told)
    assert list(copies.iterdir()) == []


@pytest.mark.parametrize("small", [aside.SMALL_BYTES, 0])
def test_a_check_that_is_stopped_says_so_and_leaves_no_copy(
    tmp_path: Path, copies: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", small)
    with make_project(tmp_path, STORY) as project:
        work = checking.problems_aside(project)
        with pytest.raises((checking.Stopped, aside.Stopped), match=r"[Cc]ancelled"):
            work(lambda done, total: False)
    assert list(copies.iterdir()) == []


def test_a_check_is_stopped_within_a_part_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(db: Database) -> Iterator[str]:
        yield from db.execute(ENDLESS).fetchall()

    monkeypatch.setattr(check, "_PARTS", (endless,))
    asked = 0

    def tell(done: int, total: int) -> bool:
        nonlocal asked
        asked += 1
        return asked < 5

    with make_project(tmp_path, STORY) as project, pytest.raises(checking.Stopped):
        checking.problems_aside(project)(tell)
    assert asked == 5
