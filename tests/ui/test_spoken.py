"""A screen reader is told text, caret, selection and marks, over the bus it really uses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.ui.spoken_window import LAUNCHERS

TOOLS = ("dbus-run-session", "dbus-send", "xvfb-run")
IS_HERE = all(map(shutil.which, TOOLS)) and any(Path(path).exists() for path in LAUNCHERS)


@pytest.mark.skipif(not IS_HERE, reason="there is no AT-SPI bus, or no virtual screen, here")
def test_the_article_is_read_over_the_bus(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
        "ANNOTATOR_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "xvfb-run", "-a", sys.executable, "-m", "tests.ui.spoken_window"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
