"""Long work in another thread reads its own copy: marking goes on, and neither disturbs the other."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from annotator.services import checking, exporting, marking, reading
from annotator.services.exporting import Order
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
