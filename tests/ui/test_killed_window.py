"""Killed while marks are made by key presses, the window comes back to the same place with all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.services import checking
from annotator.settings.places import config_folder
from annotator.ui.main_window import MainWindow
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands


@pytest.mark.parametrize("seconds", [0.0, 0.15, 0.4])
def test_it_comes_back_where_it_was(
    qtbot, tmp_path: Path, open_window: Callable[..., Hands], seconds: float
) -> None:
    with make_project(tmp_path, STORY * 3, STORY * 8, STORY) as project:
        path = project.path
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed_window", str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1", "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout
    try:
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    told = [tuple(map(int, line.split())) for line in (first + rest).decode().split("\n")[:-1]]
    assert told
    make_application()
    window = MainWindow(Memory(config_folder()), "test")
    qtbot.addWidget(window)
    window.show()
    window.start(window.last_project())
    desk = window.desk
    assert desk.project
    assert checking.problems(desk.project) == []
    states = {step.number: step.state.value for step in desk.project.file.journal.history()}
    assert all(states[step] == "done" for step, _ in told)
    assert desk.library.current == desk.library.rows[1].id
    # The act after the last one told may have been saved as well, and the caret is where that one was.
    assert abs(desk.reader.page.caret - told[-1][1]) <= 30
    top, bottom = window.page.first_visible_offset(), window.page.viewport().height()
    assert window.page.caret_rect().top() < bottom
    assert top <= desk.reader.page.caret
    assert "ended without closing" in desk.messages.last.text
    window.close()
