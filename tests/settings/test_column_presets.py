"""What columns mean is kept for the next table; a file that was spoilt is as good as none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.settings import column_presets as presets


def test_the_newest_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    for number in range(presets.MOST + 3):
        presets.keep(folder, f"table {number}", {"text": f"column {number}"})
    presets.keep(folder, "table 5", {"text": "ü", "title": ""})
    kept = presets.load(folder)
    assert len(kept) == presets.MOST
    assert "table 2" not in kept
    assert list(kept)[-1] == "table 5"
    assert kept["table 5"] == {"text": "ü", "title": ""}
    assert [path.name for path in folder.iterdir()] == [presets.FILE]


@pytest.mark.parametrize("raw", ["", "[]", "{", '"x"', "[" * 100_000])
def test_a_spoilt_file_is_as_good_as_none(raw: str, tmp_path: Path) -> None:
    (tmp_path / presets.FILE).write_text(raw, encoding="utf-8")
    assert presets.load(tmp_path) == {}
    presets.keep(tmp_path, "a", {"text": "b"})
    assert presets.load(tmp_path) == {"a": {"text": "b"}}


def test_entries_of_no_use_are_passed_over(tmp_path: Path) -> None:
    said = {"a": {"text": 1}, "b": ["text"], "c": {"text": "d"}}
    (tmp_path / presets.FILE).write_text(json.dumps(said), encoding="utf-8")
    assert presets.load(tmp_path) == {"c": {"text": "d"}}
