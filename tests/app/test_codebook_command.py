"""``annotator codebook``: shown, written, exchanged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app.command_line import run
from annotator.services import codebooks, history
from annotator.services import project as projects
from tests.support.material import STORY, make_project


def test_out_changed_by_hand_and_in_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, STORY).close()
    project, file = str(tmp_path / "study"), tmp_path / "book.md"
    assert run(["codebook", project, "--export", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("One human being, named", "One person, named"), encoding="utf-8")
    capsys.readouterr()
    assert run(["codebook", project, "--import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 2
    with projects.open_existing(tmp_path / "study") as opened:
        code = opened.codebook.layer("actor").attribute("type").code("person")  # type: ignore[union-attr]
        assert code
        assert code.definition.text.startswith("One person, named")
        history.undo(opened)
        assert opened.codebook == codebooks.default_codebook()


def test_a_ready_codebook_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(tmp_path / "study")
    assert run(["new", project, "--codebook", "dna-statement"]) == 0
    assert run(["codebook", project]) == 0
    assert "Statement: Concept, Agreement, Date" in capsys.readouterr().out
    assert run(["codebook", project, "--import", "default"]) == 0
    assert run(["codebook", project, "--import", "nonsense"]) == 1
    assert "no codebook of that name" in capsys.readouterr().err
