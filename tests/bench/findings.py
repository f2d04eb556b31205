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
from annotator.ui.tidying import Tidying
from tests.bench.bars import Bar
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
    application = make_application()
    tidying = Tidying(application)
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
        whole, pause = _watch(open_, is_shown)
        for what, (took, worked), most in (("shown", whole, 1_500), ("longest pause", pause, 50)):
            # On a machine that does other things as well, the time of the processor tells more.
            beside = ("time of the processor", [worked])
            told = f"{marks:,} marks: {name}, {what}"
            rows.append(row(told, [took], beside=beside, bar=Bar(median=most)))
    window.close()
    window.deleteLater()
    tidying.stop()
    return rows


Spent = tuple[float, float]
"""Milliseconds on the clock, and of the processor."""


def _watch(open_: Callable[[], None], is_shown: Callable[[], bool]) -> tuple[Spent, Spent]:
    """Return what it takes until something is shown, and the longest stretch between two beats."""
    loop, timer = QEventLoop(), QTimer()
    begin, before = time.perf_counter(), time.process_time()
    last, worked = begin, time.thread_time()
    longest = busiest = 0.0

    def beat() -> None:
        nonlocal last, worked, longest, busiest
        now, done = time.perf_counter(), time.thread_time()
        longest, last = max(longest, now - last), now
        busiest, worked = max(busiest, done - worked), done
        if is_shown() or now - begin > PATIENCE:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(BEAT)
    open_()
    loop.exec()
    QApplication.processEvents()
    beat()
    timer.stop()
    whole = (last - begin) * 1000, (time.process_time() - before) * 1000
    return whole, (longest * 1000, busiest * 1000)
