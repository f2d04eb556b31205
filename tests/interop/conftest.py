"""Tests with other programs run only where ``make interop`` says where to install them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interop.peers import Missing, Peer, installed

HOME = os.environ.get("ANNOTATOR_PEERS")
collect_ignore_glob = [] if HOME else ["test_*.py"]


@pytest.fixture(scope="session")
def peer() -> Callable[[str], Peer]:
    """Give a peer by name, or skip the test in words."""

    def get(name: str) -> Peer:
        try:
            return installed(name, Path(HOME or ".peers").resolve())
        except Missing as missing:
            pytest.skip(str(missing))

    return get
