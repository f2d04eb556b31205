"""Very many objects are forgotten bit by bit."""

from __future__ import annotations

import threading

import pytest

from annotator.services import collecting
from annotator.services.collecting import let_go

FORGETTING = "annotator-forgetting"


def forgotten() -> None:
    """Wait for the thread that forgets, if there is one."""
    for thread in threading.enumerate():
        if thread.name == FORGETTING:
            thread.join()


def test_much_is_forgotten_in_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "FEW", 3)
    one, other = {1: "a", 2: "b"}, {3: "c"}
    let_go(one, other)
    forgotten()
    assert (one, other) == ({}, {})


def test_little_needs_no_thread() -> None:
    before = threading.active_count()
    let_go({1: "a"}, {})
    assert threading.active_count() == before
