"""A key in the real window: until the mark is on the disk, and page and inspector are painted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.services import marking
from annotator.services.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.page.view import PageView
from tests.bench.measuring import Row, row, time_of
from tests.bench.page import make_text
from tests.support.material import make_project

MARKS = 300


def run(folder: Path, *, quick: bool = False) -> list[Row]:
    """Return how long a mark takes from the key to the screen, beside its commit alone."""
    make_application()
    rounds = 20 if quick else 80
    text = make_text(20_000)
    project = make_project(folder, text, name="window")
    chance = random.Random(1)
    article = next(iter(project.db.execute("SELECT id FROM article")))[0]
    places = [chance.randrange(0, len(text) - 40) for _ in range(MARKS)]
    for place in places:
        _mark(project, article, text, place)
    commits = [
        time_of(lambda: _mark(project, article, text, chance.randrange(0, len(text) - 40)))
        for _ in range(rounds)
    ]
    project.close()
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory)
    window.show()
    window.start(project.path)
    window.page.setFocus()
    painted = _Painted(window)
    times, whole = [], []
    for _ in range(rounds):
        start = window.page.first_visible_offset() + chance.randint(200, 900)
        window.desk.reader.page.select(start, start + 12)
        _settle()
        begin = time.perf_counter()
        QTest.keyClicks(window.page, "A")
        _settle()
        whole.append((time.perf_counter() - begin) * 1000)
        times.append((painted.first_since(begin) - begin) * 1000)
    painted.stop()
    window.close()
    window.deleteLater()
    commit = f"{MARKS} marks: commit alone"
    return [
        row(commit, commits),
        row(
            f"{MARKS} marks: key → committed, painted",
            times,
            beside=(commit, commits),
            bar="p95 ≤ 16 ms and the commit",
        ),
        row(f"{MARKS} marks: key → inspector shown, too", whole),
    ]


class _Painted(QObject):
    """Remembers when the page was painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._view = window.page
        self._times: list[float] = []
        type(window.page).paintEvent = self._timed(type(window.page).paintEvent)  # type: ignore[method-assign]

    def _timed(self, paint: Callable[[PageView, QPaintEvent], None]) -> Callable[..., None]:
        self._plain = paint

        def timed(view: PageView, event: QPaintEvent) -> None:
            paint(view, event)
            self._times.append(time.perf_counter())

        return timed

    def first_since(self, moment: float) -> float:
        """Return when the page was painted first after a moment."""
        return next(at for at in self._times if at > moment)

    def stop(self) -> None:
        """Leave painting alone again."""
        type(self._view).paintEvent = self._plain  # type: ignore[method-assign]


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def _mark(project: Project, article: str, text: str, place: int) -> None:
    while text[place : place + 12].strip() == "":
        place += 1
    marking.mark(project, article, [(place, place + 12)], "actor")
