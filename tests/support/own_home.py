"""Each test has its own home: no setting, log or backup of the person at the keyboard is touched."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for the user's data, config and log folders in this test."""
    home = tmp_path_factory.mktemp("home", numbered=True)
    monkeypatch.setenv("ANNOTATOR_HOME", str(home))
    return home
