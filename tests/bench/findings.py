"""The windows of figures and networks on a large project: until they are shown, and the longest pause meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.ui.main_window import MainWindow
from tests.bench.measuring import Row, row
from tests.support.debate import make_debate

CLAIMS = 40
"""An article of the debate has so many claims, two mentions for each, and judgements for half of them."""

BEAT = 4
"""Milliseconds between two looks at the clock."""

PATIENCE = 120.0


def run(folder: Path, *, quick: bool = False) -> list[Row]:
    """Return how long each window takes, from the command to the picture, and its longest pause."""
    (folder / "findings").mkdir()
    with make_debate(folder / "findings", articles=214 if quick else 2_143, claims=CLAIMS) as made:
        path = made.path
    return measure(path)


def measure(path: Path) -> list[Row]:
    """Return the times for a project."""
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory)
    window.show()
    window.start(path)
    for _ in range(20):
        QApplication.processEvents()
    project = window.desk.project
    marks = project.db.execute("SELECT count(*) FROM mark").fetchone()[0] if project else 0
    tools = window.tools.findings
    figures = tools.figures
    network = tools.network
    rows = []
    for name, open_, is_shown in (
        ("figures", tools.show_figures, lambda: bool(figures.cards) and not figures.view.is_running),
        ("network", tools.show_network, lambda: network.canvas.placed is not None),
        (
            "who is near whom",
            lambda: network.view.choose("kind", "one-mode"),
            lambda: not network.view.is_running,
        ),
    ):  # fmt: skip
        took, pause, worked = _watch(open_, is_shown)
        # On a machine that does other things as well, the time of the processor tells more.
        beside = ("time of the processor", [worked])
        rows.append(row(f"{marks:,} marks: {name} shown", [took], beside=beside, bar="≤ 2,000 ms"))
        rows.append(row(f"{marks:,} marks: {name}, longest pause", [pause], bar="≤ 200 ms"))
    window.close()
    window.deleteLater()
    return rows


def _watch(open_: Callable[[], None], is_shown: Callable[[], bool]) -> tuple[float, float, float]:
    """Return the milliseconds until something is shown, the longest between two beats, and the work."""
    loop, timer = QEventLoop(), QTimer()
    begin = last = time.perf_counter()
    before = time.process_time()
    longest = 0.0

    def beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if is_shown() or now - begin > PATIENCE:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(BEAT)
    open_()
    loop.exec()
    QApplication.processEvents()
    end = time.perf_counter()
    timer.stop()
    worked = time.process_time() - before
    return (end - begin) * 1000, max(longest, end - last) * 1000, worked * 1000
