"""Killed at any moment, a project has every act that was acknowledged, and is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from annotator.services import checking
from annotator.services import project as projects
from tests.support.material import STORY, make_project

KILLS = int(os.environ.get("ANNOTATOR_KILLS", "8"))
"""The suite kills a few times; set the variable for more."""


def test_no_acknowledged_act_is_lost(tmp_path: Path) -> None:  # G1, G4
    project = make_project(tmp_path, STORY * 4)
    path = project.path
    project.close()
    chance = random.Random(11)
    acknowledged = 0
    for number in range(KILLS):
        lines = _killed_after(path, number, 0.02 + chance.random() * 0.25)
        acknowledged += len(lines)
        with projects.open_existing(path, "Amal") as project:
            assert checking.problems(project) == [], number
            states = {step.number: str(step.state) for step in project.file.journal.history()}
            told = dict(lines)
            newest = max((step for step, state in told.items() if state == "done"), default=0)
            for step, state in told.items():
                assert states[step] in _possible(state, is_newest=step == newest), (number, step)
    assert acknowledged > KILLS


def _possible(told: str, *, is_newest: bool) -> set[str]:
    """Return the states a step may have now, given what was told of it.

    What was undone is dropped by the next act, and the one act that may have been committed
    without being told can be the undoing of the newest one that was done.
    """
    if told == "undone":
        return {"undone", "dropped"}
    return {"done", "undone"} if is_newest else {"done"}


def _killed_after(path: Path, seed: int, seconds: float) -> list[tuple[int, str]]:
    """Run the writer, kill it so long after its first act, and return what it told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed_writer", str(path), str(seed)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    whole = (first + rest).decode().split("\n")[:-1]
    found = []
    for line in whole:
        number, state = line.split(" ")
        found.append((int(number), state))
    return found
