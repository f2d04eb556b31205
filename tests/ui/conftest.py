"""A real window on a real project, and hands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.ui.main_window import MainWindow
from tests.support.hands import Hands
from tests.support.material import STORY, make_project


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Hands]]:
    """Return a function that opens a window on a project with these texts."""
    opened: list[MainWindow] = []

    def open_on(*texts: str, path: Path | None = None) -> Hands:
        make_application()
        if path is None:
            project = make_project(tmp_path, *(texts or (STORY,)))
            path = project.path
            project.close()
        memory = Memory(tmp_path / "config")
        memory.preferences.tour_done = True
        memory.preferences.theme = "light"
        window = MainWindow(memory, "test")
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.start(path)
        window.activateWindow()
        window.page.setFocus()
        hands = Hands(window)
        hands.settle()
        return hands

    yield open_on
    for window in opened:
        window.close()


@pytest.fixture
def hands(open_window: Callable[..., Hands]) -> Hands:
    """A window on one short article."""
    return open_window()
