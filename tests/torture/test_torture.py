"""The tortures themselves, a few times each; ``make torture`` does them in earnest."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_nothing_is_lost_a_few_times() -> None:  # G1, G4, G12
    """In a process of its own, since forking from a running suite is not safe."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.torture", "--scale", "0.004", "--minutes", "2"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("\n") >= 12
