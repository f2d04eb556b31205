"""Asked to end from outside, as at logout, the program closes its project as by its own key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu

from annotator.app.ending import Ending
from annotator.services import checking, marking, reading
from annotator.services import project as projects
from annotator.services.opening import Recovery
from annotator.store.lock import lock_path
from tests.support.hands import Hands
from tests.support.material import STORY, make_project
from tests.ui.conftest import open_window

__all__ = ["open_window"]

LONGEST_SECONDS = 60
"""Waits that no machine needs end here, lest a fault hold up all tests."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path, STORY) as project:
        article = reading.list_articles(project)[0].article.id
        marking.mark(project, article, [(0, 4)], "actor")
        return project.path


@pytest.fixture
def program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with a window on the project, which it has opened."""
    started = subprocess.Popen(
        [sys.executable, "-m", "annotator", "open", str(path)],
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    try:
        until(lambda: lock_path(path).exists() or started.poll() is not None)
        yield started
    finally:
        started.kill()
        started.communicate()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="there the desktop closes windows itself")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_it_closes_its_project_and_ends(
    program: subprocess.Popen[str], path: Path, name: str, seconds: float
) -> None:
    """In the midst of opening it, and while nobody works."""
    if signal.getsignal(signal.Signals[name]) is signal.SIG_IGN:
        pytest.skip("whoever runs the tests wants it ignored, also in what they start")
    time.sleep(seconds)
    program.send_signal(signal.Signals[name])
    _, said = program.communicate(timeout=LONGEST_SECONDS)
    assert (program.returncode, said) == (0, "")
    left = {file.name for file in path.parent.iterdir() if file.is_file()}
    assert left == {path.name}, "no log and no lock stand beside it"
    with projects.open_existing(path) as project:
        assert project.file.recovery is None
        assert checking.problems(project) == []


def test_what_asks_something_gets_no_answer(open_window: Callable[..., Hands]) -> None:
    window = open_window().window
    ending = Ending(window)
    QTimer.singleShot(0, ending, ending.begin)
    assert window.ask("Accept?", "All of it.", ("Accept",)) is None
    while window.isVisible():
        QApplication.processEvents()
    ending.stop()
    assert window.desk.project is None


def test_what_is_being_opened_is_closed_too(
    open_window: Callable[..., Hands], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked amid the first moment of a check, which shows no window yet."""
    window = open_window(path=path).window
    window.desk.close()
    ending = Ending(window)

    def check(_: Path) -> Recovery | None:
        asked = threading.Event()
        QTimer.singleShot(0, ending, lambda: (ending.begin(), asked.set()))
        window.wait("Checking", "All of it.", lambda _: asked.wait(LONGEST_SECONDS))
        return None

    monkeypatch.setattr(window.desk._rescue, "_recover", check)
    window.start(path)
    while window.isVisible():
        QApplication.processEvents()
    ending.stop()
    assert window.desk.project is None
    assert not lock_path(path).exists()


def test_a_menu_that_is_open_goes_first(open_window: Callable[..., Hands]) -> None:
    window = open_window().window
    ending = Ending(window)
    menu = QMenu(window)
    menu.addAction("Open")
    QTimer.singleShot(0, ending, ending.begin)
    assert menu.exec() is None
    while window.isVisible():
        QApplication.processEvents()
    ending.stop()
    assert window.desk.project is None
