"""The log is bounded, and never in the way."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from annotator.app import logs


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> logs.LimitedFile:
    """A log that is full after a few records."""
    monkeypatch.setattr(logs, "MAX_BYTES", 40)
    return logs.LimitedFile(tmp_path / "annotator.log", encoding="utf-8", delay=True)


def _write(log: logs.LimitedFile, number: int) -> None:
    words = f"record {number:02} with words"
    log.emit(logging.LogRecord("annotator", logging.INFO, "", 0, words, None, None))


def test_a_full_file_makes_room_for_the_next(log: logs.LimitedFile, tmp_path: Path) -> None:
    for number in range(14):
        _write(log, number)
    log.close()
    kept = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert sorted(kept) == [f"annotator.log.{number}" for number in range(1, logs.KEPT + 1)]
    assert kept["annotator.log.1"].splitlines() == ["record 12 with words", "record 13 with words"]
    assert kept["annotator.log.3"].splitlines() == ["record 08 with words", "record 09 with words"]


def test_it_goes_on_where_it_cannot_be_turned(
    log: logs.LimitedFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    for number in range(3):
        _write(log, number)
    log.close()
    lines = (tmp_path / "annotator.log").read_text(encoding="utf-8").splitlines()
    assert [line[:9] for line in lines] == ["record 00", "record 01", "record 02"]
