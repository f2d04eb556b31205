"""Long work in another thread reads its own copy: marking goes on, and neither disturbs the other."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.errors import Problem, Refused
from annotator.services import (
    backups,
    checking,
    codebooks,
    exporting,
    history,
    importing,
    marking,
    reading,
)
from annotator.services.exporting import Order
from annotator.services.import_report import Report
from annotator.services.project import Project
from tests.support.material import STORY, make_project


def test_marking_goes_on_while_exports_run(tmp_path: Path) -> None:  # G2
    with make_project(tmp_path, *(f"{number}. {STORY}" for number in range(20))) as project:
        articles = [listed.article.id for listed in reading.list_articles(project)]
        failed: list[BaseException] = []
        expected: list[int] = []
        outs: list[Path] = []
        threads = []
        for round in range(6):
            expected.append(sum(len(reading.open_article(project, id).marks) for id in articles))
            outs.append(tmp_path / f"{round}.jsonl")
            work = exporting.export_aside(project, Order(outs[-1]))

            def run(work=work) -> None:
                try:
                    work(lambda done, total: True)
                except BaseException as error:  # noqa: BLE001
                    failed.append(error)

            threads.append(threading.Thread(target=run))
            threads[-1].start()
            for id in articles:
                marking.mark(project, id, [(round, round + 3)], "actor")
        for thread in threads:
            thread.join()
        assert failed == []
        for out, count in zip(outs, expected, strict=True):
            lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
            assert sum(len(line["actors"]) for line in lines) == count
            assert len(lines) == len(articles)
        assert checking.problems(project) == []


MEANWHILE: dict[str, Callable[[Project], object]] = {
    "mark": lambda project: marking.mark(
        project, reading.list_articles(project)[0].article.id, [(0, 4)], "actor"
    ),
    "undo": history.undo,
    "redo": history.redo,
    "codebook": lambda project: codebooks.retire_layer(project, "cue"),
    "another import": lambda project: importing.import_all(project, [project.path.parent / "many"]),
    "export": lambda project: exporting.export_aside(
        project, Order(project.path.parent / "out.jsonl")
    ).drop(),
    "backup": backups.make,
}


@pytest.mark.parametrize("name", MEANWHILE)
@pytest.mark.parametrize("cancelled", [False, True])
def test_nothing_else_is_written_or_copied_while_an_import_runs(
    tmp_path: Path, name: str, cancelled: bool
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Article number {number}.\n")
    with make_project(tmp_path, STORY) as project:
        MEANWHILE["mark"](project)
        MEANWHILE["mark"](project)
        history.undo(project)
        before = list(project.db.conn.iterdump())
        report = Report()
        steps = importing.import_steps(project, [folder], report)
        while not project.db.conn.in_transaction:
            next(steps)  # the files are being looked for
        for _ in range(3):
            next(steps)
        with pytest.raises(Refused, match="wait for it, or cancel it"):
            MEANWHILE[name](project)
        project.file.settle()
        if cancelled:
            steps.close()
            assert list(project.db.conn.iterdump()) == before
        else:
            list(steps)
            assert report.added.articles == 5
            assert len(reading.list_articles(project)) == 6
        assert checking.problems(project) == []
        try:
            MEANWHILE[name](project)
        except Problem as problem:
            assert "nothing to redo" in str(problem)  # noqa: PT017
        assert checking.problems(project) == []
        path = project.path
    assert not list(path.parent.glob(".*"))
