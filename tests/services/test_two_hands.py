"""Lines that two processes write: the same bytes and the same report as those of one, whatever happens to the other."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS
from annotator.domain.errors import Problem
from annotator.services import beside, exporting, history, marking, reading, two_hands
from annotator.services.exporting import Order
from annotator.services.outgoing import Chosen
from annotator.services.project import Project
from annotator.store import marks, snapshot
from tests.support.material import STORY, add_article, make_project

TEXTS = [STORY, *(f"Article {number} 😀 of somebody.\n" for number in range(8))]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Nine articles with a mark and a note each."""
    folder = tmp_path / "study"
    folder.mkdir()
    with make_project(folder, *TEXTS) as made:
        for row in reading.list_articles(made):
            marking.mark(made, row.article.id, [(0, 4)], "actor")
            [mark] = marks.of_article(made.db, row.article.id, None)
            marking.set_note(made, mark.id, f"Note on {row.article.title}")
        yield made


@pytest.fixture
def alone(project: Project, tmp_path: Path) -> exporting.Report:
    """What one process tells; its file is ``alone.jsonl``."""
    return exporting.export(project, Order(tmp_path / "alone.jsonl"))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few articles be enough for two processes."""
    monkeypatch.setattr(two_hands, "MANY", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def own_files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"study"}


@pytest.mark.usefixtures("shared")
def test_the_bytes_and_the_report_are_the_same(
    alone: exporting.Report, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works: list[str] = []
    real = beside.call

    def call(work, *about, tell):
        works.append(work.__name__)
        return real(work, *about, tell=tell)

    monkeypatch.setattr(beside, "call", call)
    report = exporting.export(project, Order(tmp_path / "out.jsonl"))
    assert works == ["write_part"]
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert (report.lines, report.marks) == (alone.lines, alone.marks) == (9, 9)
    assert report.articles == alone.articles == 9
    assert report.losses == alone.losses
    assert len(report.losses) == 9
    assert own_files(tmp_path) == {"alone.jsonl", "out.jsonl"}


@pytest.mark.parametrize("view", [ANNOTATOR, GOLD, SUGGESTIONS])
@pytest.mark.parametrize("share", [0.0, 0.4, 0.89])
@pytest.mark.usefixtures("shared")
def test_any_share_of_any_view(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str, share: float
) -> None:
    history.undo(project)
    add_article(project, "Nobody marked anything here.\n")
    orders = [Order(tmp_path / name, view=view) for name in ("alone.jsonl", "out.jsonl")]
    monkeypatch.setattr(two_hands, "OWN_SHARE", share)
    monkeypatch.setattr(beside, "call", lambda work, *about, tell: work(*about, tell))
    for order, many in zip(orders, (100, 2), strict=True):
        monkeypatch.setattr(two_hands, "MANY", many)
        exporting.export_copy(snapshot.take(project.db), order, lambda *_: True)
    assert orders[0].out.read_bytes() == orders[1].out.read_bytes()
    assert own_files(tmp_path) == {"alone.jsonl", "out.jsonl"}


@pytest.mark.parametrize(
    "error",
    [
        Problem("sudden end"),
        sqlite3.OperationalError("unable to open database file"),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
@pytest.mark.usefixtures("shared")
def test_without_the_other_process_one_writes_all(
    alone: exporting.Report,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    monkeypatch.setattr(beside, "call", failing(error))
    report = exporting.export(project, Order(tmp_path / "out.jsonl"))
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert report == alone


def failing(error: Exception):
    def call(work, path, chosen, without_text, target, *, tell):
        target.write_bytes(b"half a li")
        raise error

    return call


@pytest.mark.parametrize("calls", [3, 7])
@pytest.mark.usefixtures("shared")
def test_cancelled_while_both_are_at_work(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    asked: list[bool] = []

    def call(work, *about, tell):
        while tell(1, 9):  # as long as nobody cancels
            sleep(0.001)
        asked.append(True)
        raise Problem("cancelled")

    monkeypatch.setattr(beside, "call", call)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < calls

    with pytest.raises(exporting.Stopped):
        exporting.export(project, Order(tmp_path / "out.jsonl"), tell)
    assert asked == [True]
    assert all(done <= total == 9 for done, total in told)
    assert own_files(tmp_path) == set()


def test_a_part_that_nobody_waits_for_leaves_no_file(project: Project, tmp_path: Path) -> None:
    copy = snapshot.take(project.db)
    part = tmp_path / "part"
    with pytest.raises(exporting.Stopped):
        two_hands.write_part(copy, Chosen(ANNOTATOR), False, part, lambda *_: False)
    assert part.exists() is False
    snapshot.drop(copy)


def test_one_processor_writes_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(two_hands, "MANY", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(beside, "call", failing(AssertionError("nobody asked for it")))
    assert exporting.export(project, Order(tmp_path / "out.jsonl")).lines == 9
