"""``backup``, ``restore`` and ``check --repair`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app.command_line import run
from annotator.services import project as projects
from tests.support.damage import words_of, worked_on


def test_a_backup_comes_back_after_damage(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = worked_on(tmp_path)
    with projects.open_existing(path) as project:
        words = words_of(project)
    assert run(["backup", str(path), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["made"]
    assert run(["backup", str(path)]) == 0
    assert "Nothing changed" in capsys.readouterr().out
    path.write_bytes(path.read_bytes()[:5000])
    assert run(["check", str(path)]) == 1
    assert "its end is missing" in capsys.readouterr().err
    assert run(["backup", str(path), "--list"]) == 0
    assert made["path"] in capsys.readouterr().out
    assert run(["restore", str(path)]) == 0
    assert "What was there before is in" in capsys.readouterr().out
    with projects.open_existing(path) as project:
        assert words_of(project) == words


def test_there_may_be_no_backup(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = worked_on(tmp_path)
    before = path.read_bytes()
    assert run(["restore", str(path)]) == 1
    assert "There is no backup" in capsys.readouterr().err
    assert run(["restore", str(path), str(tmp_path / "none")]) == 1
    assert "is not there" in capsys.readouterr().err
    other = tmp_path / "notes.txt"
    other.write_text("no backup")
    assert run(["restore", str(path), str(other)]) == 1
    assert "is not whole" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_repair_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = worked_on(tmp_path)
    assert run(["check", str(path), "--repair", "--to", str(tmp_path / "whole"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kept"]["mark"] == 9
    assert said["lost"] == 0
    assert run(["check", str(tmp_path / "whole")]) == 0
    assert run(["check", str(path), "--repair", "--to", str(tmp_path / "whole")]) == 1
    assert "there already" in capsys.readouterr().err


def test_a_synced_folder_needs_a_word(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = worked_on(tmp_path / "OneDrive - X")
    assert run(["check", str(path)]) == 1
    assert "OneDrive" in capsys.readouterr().err
    assert run(["check", str(path), "--here"]) == 0
