"""Work in a process of its own: what it tells, what it answers, and how it ends when nobody wants it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from annotator.domain.errors import Refused
from annotator.services import beside
from annotator.services.beside import Interrupted, Tell


def counted(most: int, tell: Tell) -> int:
    """Count, and tell each number; what is done beside is a function of a module."""
    for number in range(most):
        if not tell(number, most):
            return -number
    return most


def asking(begun: Path, tell: Tell) -> str:
    """Work until it is told to stop."""
    begun.touch()
    while tell(1, 2):
        time.sleep(0.001)
    # Long after whoever does not ask is interrupted.
    time.sleep(2 * beside.GRACE_SECONDS)
    return "stopped in order"


def silent(begun: Path, cleaned: Path, tell: Tell) -> None:
    """Work without ever asking; clean up in the end."""
    try:
        begun.touch()
        while True:
            time.sleep(0.001)
    finally:
        cleaned.touch()


def refusing(tell: Tell) -> None:
    """Refuse."""
    raise Refused("Not today.")


def test_the_answer_comes_back_and_some_of_what_was_told() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert beside.call(counted, 100_000, tell=tell) == 100_000
    assert {total for _, total in told} <= {0, 100_000}
    assert len(told) < 10_000


def test_an_error_is_raised_here() -> None:
    with pytest.raises(Refused, match="Not today"):
        beside.call(refusing, tell=lambda *_: True)


def test_work_that_asks_stops_in_its_own_way(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    said = beside.call(asking, begun, tell=lambda *_: not begun.exists())
    assert said == "stopped in order"


def test_work_that_does_not_ask_is_interrupted_and_cleans_up(tmp_path: Path) -> None:
    begun, cleaned = tmp_path / "begun", tmp_path / "cleaned"
    with pytest.raises(Interrupted, match="nothing was changed"):
        beside.call(silent, begun, cleaned, tell=lambda *_: not begun.exists())
    assert cleaned.exists()


def test_it_is_interrupted_also_where_ctrl_c_is_let_pass(tmp_path: Path) -> None:
    begun, cleaned = tmp_path / "begun", tmp_path / "cleaned"
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(Interrupted, match="nothing was changed"):
            beside.call(silent, begun, cleaned, tell=lambda *_: not begun.exists())
    finally:
        signal.signal(signal.SIGINT, before)
    assert cleaned.exists()
