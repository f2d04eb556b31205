"""``annotator import`` with tables and archives: what is said about columns is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app import main
from tests.support import article_files as files
from tests.support.material import make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with make_project(tmp_path) as made:
        return made.path


def run(
    capsys: pytest.CaptureFixture[str], *words: str | Path
) -> tuple[int, dict[str, object], str]:
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out.strip().startswith("{") else {}, err


def test_columns_are_said_once(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("head;main one\nA;First text.\n")
    second.write_text("main one;head\nSecond text.;B\n")
    code, _, err = run(capsys, "import", project, first)
    assert code == 1
    assert "--columns text=NAME" in err
    code, said, _ = run(capsys, "import", project, first, "--columns", "text=main one,title=head")
    assert (code, said["added"]["articles"]) == (0, 1)
    code, said, _ = run(capsys, "import", project, second)
    assert (code, said["added"]["articles"]) == (0, 1)


@pytest.mark.parametrize(
    ("said", "what"),
    [("text", "does not say"), ("body=text", "no field"), ("none.json", "cannot be used")],
)
def test_columns_that_say_nothing_are_refused(
    said: str, what: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    code, _, err = run(capsys, "import", project, tmp_path / "a.csv", "--columns", said)
    assert code == 1
    assert what in err


def test_the_option_for_unknown_labels_is_named_once_on_the_command_line(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"text": "Kyiv said no to it.", "label": [[0, 4, "PLACE"], [5, 9, "VERBUM"]]}
    (tmp_path / "admin.jsonl").write_text(json.dumps(line), encoding="utf-8")
    code, _, err = run(capsys, "import", project, tmp_path / "admin.jsonl")
    assert code == 0
    assert err.count("say what it means.") == 2
    assert err.count("--labels") == 1


def test_a_folder_and_a_zip_of_everything_comes_in_once(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.docx").write_bytes(files.docx(files.nexis()))
    (folder / "b.html").write_text(files.html())
    (folder / "c.pdf").write_bytes(files.pdf([files.PDF_LINES]))
    zipped = tmp_path / "all.zip"
    zipped.write_bytes(files.zipped({path.name: path.read_bytes() for path in folder.iterdir()}))
    code, said, err = run(capsys, "import", project, folder, zipped)
    assert code == 0, err
    assert (said["added"]["articles"], said["there"]["articles"]) == (4, 4)
    assert said["refused"] == []
