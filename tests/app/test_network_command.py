"""``annotator network`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from annotator.app.command_line import run
from tests.support.material import STORY, make_project

CLAIMS = [
    ("c1", 0, 4, "support", ["pay"], "a1"),
    ("c2", 5, 11, "oppose", ["pay", "night"], "a2"),
    ("c3", 12, 18, "support", ["night"], "a1"),
]


@pytest.fixture
def study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with three claims of two actors."""
    with make_project(tmp_path) as project:
        path = project.path
    line = {
        "format": "annotator/1", "text": STORY, "annotator": "Amal",
        "meta": {"published": "2024-02-09"},
        "actors": [
            {"id": "a1", "start": 61, "end": 67, "type": "group"},
            {"id": "a2", "start": 19, "end": 25, "type": "group"},
        ],
        "claims": [
            {"id": id, "start": start, "end": end, "stance": stance, "topics": topics, "sources": [who]}
            for id, start, end, stance, topics, who in CLAIMS
        ],
    }  # fmt: skip
    file = tmp_path / "marks.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    assert run(["import", str(path), str(file)]) == 0
    capsys.readouterr()
    return path


def test_a_graph_is_written_and_told(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "net.graphml"
    words = ["--kind", "one-mode", "--combine", "subtract", "--json"]
    assert run(["network", str(study), str(out), *words]) == 0
    said = capsys.readouterr()
    data = json.loads(said.out)
    assert data["statements"] == 4
    assert data["files"] == [str(out)]
    assert data["options"]["combine"] == "subtract"
    assert "Wrote" in said.err
    graph = nx.read_graphml(out)
    assert [weight for *_, weight in graph.edges(data="weight")] == [-2.0]


def test_windows_write_a_file_each(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--windows", "weeks", "--only", "topics=pay", "--from", "2024-02-01"]
    assert run(["network", str(study), str(tmp_path / "net.tsv"), *words]) == 0
    assert "2024-W06: 2 × 2 names" in capsys.readouterr().out
    assert (tmp_path / "net-2024-W06.tsv").is_file()
    assert not (tmp_path / "net.tsv").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--from", "soon"], "“soon” is no day"),
        (["--only", "topics"], "is no filter: write it as topics=dues,night"),
        (["--window-size", "3"], "--window-size needs --windows"),
        (["--combine", "conflict"], "two-mode network has no way of combining “conflict”"),
        (["--rows", "weather"], "“weather” is nothing a claim can be counted by"),
        (["--format", "pajek"], "“pajek” is no format of networks"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    study: Path, tmp_path: Path, words: list[str], message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "net.csv"
    assert run(["network", str(study), str(out), *words]) == 1
    assert message in capsys.readouterr().err
    assert not out.exists()
