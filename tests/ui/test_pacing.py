"""Work in slices lets everything else have its turn between two of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from annotator.ui import jobs
from annotator.ui.jobs import SlicedJob


def test_what_waits_has_its_turn_between_two_slices(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SLICE_SECONDS", 0.001)
    seen: list[str] = []

    def work() -> Iterator[None]:
        for _ in range(12):
            seen.append("slice")
            time.sleep(0.004)
            yield None

    job, other = SlicedJob(work()), QTimer()
    other.setInterval(1)
    other.timeout.connect(lambda: seen.append("other"))
    with qtbot.waitSignal(job.ended):
        other.start()
        job.start()
    other.stop()
    slices = [place for place, what in enumerate(seen) if what == "slice"]
    between = [after - before - 1 for before, after in pairwise(slices)]
    print(seen)
    assert all(between), seen
