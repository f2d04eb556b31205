"""A fault leaves a report without a word of the article, which is offered once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.app import faults
from annotator.settings.places import log_folder

SECRET = "Haddad was seen at the harbour"


def failing(words: str) -> None:
    """Fail as a lookup does, with words of the article in the message."""
    raise KeyError(words)


def test_a_report_names_places_and_no_words() -> None:
    try:
        failing(SECRET)
    except KeyError as error:
        path = faults.keep_report(error)
    text = path.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "failing" in text
    assert "Haddad" not in text
    assert faults.waiting() == [path]
    faults.set_seen(path)
    assert faults.waiting() == []


@pytest.mark.expects_log("a fault of our own")
def test_a_fault_in_the_window_is_told_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Path] = []
    before = sys.excepthook
    end = faults.watch(told.append)
    try:
        failing(SECRET)
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    finally:
        end()
    assert sys.excepthook is before
    assert told == faults.waiting()
    assert not list(log_folder().glob("crash-*"))


def test_a_process_that_was_ended_at_once_leaves_a_report() -> None:
    program = "import faulthandler; from annotator.app import faults; faults.watch(print); faulthandler._sigsegv()"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env=os.environ
    )
    assert run.returncode != 0
    (report,) = faults.waiting()
    assert "Segmentation fault" in report.read_text(encoding="utf-8")
    assert not list(log_folder().glob("crash-*"))


def test_a_running_window_keeps_its_crash_file() -> None:
    end = faults.watch(lambda _: None)
    try:
        assert faults.waiting() == []
        assert len(list(log_folder().glob("crash-*"))) == 1
    finally:
        end()
