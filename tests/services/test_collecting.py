"""Very many objects are forgotten bit by bit."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from annotator.services import actor_entries, collecting, recognising
from annotator.services.collecting import let_go
from tests.support.material import STORY, make_project

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


def test_what_a_project_kept_is_forgotten_when_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_project(tmp_path, STORY) as project:
        actor_entries.create(project, "Amal Haddad")
        names = recognising.index(project)
        kept = project.kept("kept", "actor", lambda: {"a": 1})
        project.kept("small", "actor", lambda: "one word")
        assert names.candidates("Haddad", None)
        project.close()
        monkeypatch.setattr(collecting, "FEW", 0)
        project.let_go()
        forgotten()
        assert (kept, [*map(len, names.heaps)]) == ({}, [0, 0, 0, 0])
        assert not project.is_at_hand("names", "actor")
