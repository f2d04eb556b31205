"""A slide back is seen: runs are kept, and what got worse is told."""

from __future__ import annotations

from pathlib import Path

from tests.bench import history
from tests.bench.measuring import row


def test_what_got_worse_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bench" / "history.jsonl"
    assert history.earlier(file) == []
    for milliseconds in (10.0, 11.0, 9.0):
        rows = [
            row("import", [milliseconds], beside=("raw", [5.0])),
            row("open", [milliseconds * 2]),
        ]
        before = history.earlier(file)
        assert history.slides(history.keep(rows, file, quick=True), before) == []
    assert len(history.earlier(file)) == 3
    slower = [row("import", [40.0], beside=("raw", [20.0])), row("open", [40.0]), row("new", [1.0])]
    run = history.keep(slower, file, quick=True)
    assert history.slides(run, history.earlier(file)[:-1]) == ["open: median 40.00, before 20.00"]


def test_only_runs_of_the_same_kind_are_compared(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    history.keep([row("open", [1.0])], file, quick=True)
    run = history.keep([row("open", [100.0])], file, quick=False)
    assert history.slides(run, history.earlier(file)[:-1]) == []
