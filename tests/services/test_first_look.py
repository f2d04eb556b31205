"""What can be said of a project before it is opened; whatever the file is, looking does no harm."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from annotator.services import first_look
from annotator.services import project as projects
from tests.support.material import STORY, make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed project with an article."""
    with make_project(tmp_path, STORY) as project:
        return project.path


def test_layers_are_told_without_opening(path: Path) -> None:
    found = first_look.layers(path)
    with projects.open_existing(path) as project:
        assert found == project.codebook.open_layers
    assert found


def test_looking_changes_nothing_and_leaves_nothing(path: Path) -> None:
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    first_look.layers(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


def test_what_is_open_elsewhere_can_be_looked_at(path: Path) -> None:
    with projects.open_existing(path):
        assert first_look.layers(path)
    with projects.open_existing(path) as project:
        assert not project.file.is_read_only, "looking took no lock away"


@pytest.mark.parametrize(
    "content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 90, b"SQLite format 3\0" * 400]
)
def test_what_is_no_project_has_no_layers(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.annotator"
    path.write_bytes(content)
    assert first_look.layers(path) == ()
    assert path.read_bytes() == content


def test_what_is_not_there_has_no_layers(tmp_path: Path) -> None:
    assert first_look.layers(tmp_path / "gone.annotator") == ()
    assert first_look.layers(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.annotator")
    assert first_look.layers(tmp_path / "pipe.annotator") == ()


@pytest.mark.parametrize("body", ["[" * 100_000, "{}", "null", '{"layers": 7}', "\x00"])
def test_a_codebook_that_cannot_be_read_has_no_layers(path: Path, body: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE codebook SET body = ?", (body,))
    db.close()
    assert first_look.layers(path) == ()


def test_of_very_many_layers_only_some_are_told(path: Path) -> None:
    with sqlite3.connect(path) as db:
        (body,) = db.execute("SELECT body FROM codebook ORDER BY version DESC").fetchone()
        codebook = json.loads(body)
        first = codebook["layers"][0]
        codebook["layers"] = [{**first, "name": f"layer-{n}", "key": ""} for n in range(5_000)]
        codebook["links"] = []
        db.execute("UPDATE codebook SET body = ?", (json.dumps(codebook),))
    db.close()
    assert len(first_look.layers(path)) == first_look.MOST_LAYERS
