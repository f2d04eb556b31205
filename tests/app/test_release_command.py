"""``annotator release`` and ``annotator rehydrate`` as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app.command_line import run
from tests.support.study import make_study


def test_a_release_is_tried_written_and_given_its_texts_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(make_study(tmp_path))
    out = tmp_path / "out"
    wish = ["release", path, str(out), "--version", "1.0", "--licence", "CC-BY-4.0"]
    assert run([*wish, "--dry-run"]) == 0
    assert "study-1.0.0: 11 articles (9 train, 1 dev, 1 test)" in capsys.readouterr().out
    assert not out.exists()
    assert run([*wish, "--texts", "without", "--creator", "The dock study", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["splits"] == {"train": 9, "dev": 1, "test": 1}
    folder = Path(data["folder"])
    assert "The dock study" in (folder / "README.md").read_text(encoding="utf-8")
    assert run(wish) == 1
    assert "never overwritten" in capsys.readouterr().err

    assert run(["rehydrate", str(folder), str(out / "whole"), path]) == 0
    assert "Put the text back into 11 articles." in capsys.readouterr().out
    first = (out / "whole" / "data" / "train.jsonl").read_bytes().splitlines()[0]
    assert json.loads(first)["text"].startswith("Report ")


def test_what_was_said_about_the_dataset_is_said_again_until_something_else_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = str(make_study(tmp_path)), tmp_path / "out"
    said = ["--title", "Harbour news", "--licence", "CC-BY-4.0", "--creator", "A", "--creator", "B"]
    assert run(["release", path, str(out), "--version", "1.0", "--name", "harbour", *said]) == 0
    assert "1.0 is written in full: 1.0.0." in capsys.readouterr().err
    again = ["release", path, str(out), "--version", "1.0.1", "--title", "", "--contact", "desk"]
    assert run(again) == 0
    assert "As last time: licence, creators." in capsys.readouterr().err
    card = (out / "harbour-1.0.1" / "README.md").read_text(encoding="utf-8")
    assert "Harbour news" not in card
    assert "CC-BY-4.0" in card.upper()
    assert "desk" in card
    assert run(["release", path, str(out), "--version", "1.x"]) == 1
    assert "“1.x” is no version: write three numbers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--shares", "1,2"], "are no shares"), (["--shares", "1,1,1"], "add up to 1")],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(["release", "nothing", str(tmp_path), "--version", "1.0.0", *words]) == 1
    assert sentence in capsys.readouterr().err
