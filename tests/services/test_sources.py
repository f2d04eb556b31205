"""Which files an import reads: those meant, once, texts before marks."""

from __future__ import annotations

import os
import sys
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.domain.coded import Remark
from annotator.services.sources import collect
from tests.support.draining import drained


def names(*paths: Path) -> tuple[list[str], list[Remark]]:
    """Return the names of the files found, and what was left out."""
    left_out: list[Remark] = []
    with ExitStack() as stack:
        found = drained(collect(paths, stack, left_out))
        return [source.name for source in found], left_out


def test_texts_come_before_marks_and_names_in_order(tmp_path: Path) -> None:
    for name in ("b.json", "a.jsonl", "c.txt", "A.TXT", "z.csv"):
        (tmp_path / name).write_text("x")
    found, left_out = names(*tmp_path.iterdir())
    assert found == ["A.TXT", "c.txt", "a.jsonl", "b.json", "z.csv"]
    assert left_out == []


def test_numbers_in_names_count(tmp_path: Path) -> None:
    wanted = [
        "1.txt",
        "2.txt",
        "9 b.txt",
        "10 a.txt",
        "day 9, 2.txt",
        "day 9, 10.txt",
        "day 10, 1.txt",
    ]
    for name in wanted:
        (tmp_path / name).write_text("x")
    assert names(*tmp_path.iterdir())[0] == wanted


def test_folders_are_searched_but_nothing_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    for name in ("one.txt", "deep/er/two.txt", ".hidden.txt", ".git/three.txt", "deep/.x/four.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    found, _ = names(folder)
    assert found == [
        os.path.join("articles", "deep", "er", "two.txt"),  # noqa: PTH118
        os.path.join("articles", "one.txt"),  # noqa: PTH118
    ]


def test_a_hidden_file_named_by_its_name_is_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x")
    assert names(tmp_path / ".hidden.txt")[0] == [".hidden.txt"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found, left_out = names(tmp_path / "missing.txt", tmp_path / "empty")
    assert found == []
    assert [(remark.where, remark.what) for remark in left_out] == [
        ("missing.txt", "does not exist: check the name"),
        ("empty", "is a folder without files to read"),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
def test_a_file_is_read_once_and_pipes_never(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "one.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    found, left_out = names(tmp_path, tmp_path / "one.txt", tmp_path / "pipe.txt")
    assert len(found) == 1
    assert sorted({remark.where for remark in left_out}) == ["dangling.txt", "pipe.txt"]


def test_one_damaged_file_does_not_lose_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "wire.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "broken.txt", "c.txt"):
            archive.writestr(name, f"{name} says no. " * 200)
    raw = bytearray(path.read_bytes())
    start = raw.index(b"broken.txt") + len("broken.txt") + 5
    raw[start : start + 20] = bytes(20)
    path.write_bytes(raw)
    remarks: list[Remark] = []
    with ExitStack() as stack:
        found = drained(collect([path], stack, remarks))
        assert [source.name for source in found] == ["wire.zip/a.txt", "wire.zip/c.txt"]
    assert remarks == [
        Remark("wire.zip", "has a damaged “broken.txt” in it: that file was left out")
    ]
