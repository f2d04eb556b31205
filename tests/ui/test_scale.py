"""A screen at 200 %, and text at 200 %: nothing is cut off, everything sits where it belongs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks


def test_a_screen_of_twice_the_scale(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_SCALE_FACTOR": "2",
        "QT_QPA_PLATFORM": "offscreen",
        "ANNOTATOR_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.scaled_window"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize(("size", "zoom"), [(14, 200), (28, 100), (17, 250)])
def test_large_text_is_read_and_marked_as_any(
    open_window: Callable[..., Hands], size: int, zoom: int
) -> None:
    hands = open_window()
    hands.window._memory.set("size", size)
    hands.window._memory.set("zoom", zoom)
    hands.settle()
    view = hands.window.page
    assert view.column.setting.left + view.column.setting.width <= view.viewport().width()
    hands.drag("Amal Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    assert mark.text == "Amal Haddad"
    assert view.painted_text(mark.id) == "Amal Haddad"
    assert view.horizontalScrollBar().maximum() == 0
