"""``annotator stats --figures`` as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from annotator.app.command_line import run
from tests.support.debate import make_debate


def test_the_numbers_of_every_figure_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_debate(tmp_path, articles=4) as project:
        path = project.path
    out = tmp_path / "figures"
    assert run(["stats", str(path), "--figures", str(out), "--json"]) == 0
    said = capsys.readouterr()
    counts = {
        layer: sum(person["marks"][layer] for person in json.loads(said.out)["people"])
        for layer in ("actor", "claim", "sentiment")
    }
    assert said.err.count("Wrote") == len(list(out.iterdir())) == 8
    with (out / "layers.csv").open(encoding="utf-8", newline="") as file:
        rows = dict(csv.reader(file))
    assert rows == {
        "": "Marks",
        **{name.capitalize(): str(count) for name, count in counts.items()},
    }


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_debate(tmp_path, articles=1) as project:
        path = project.path
    (tmp_path / "taken").write_text("here", encoding="utf-8")
    assert run(["stats", str(path), "--figures", str(tmp_path / "taken")]) == 1
    assert "cannot be made a folder" in capsys.readouterr().err
