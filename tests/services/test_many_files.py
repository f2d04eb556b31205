"""Very many files in and out: the same names on every run, nothing left behind, little held in memory."""

from __future__ import annotations

import json
import os
import random
import tempfile
import zipfile
from pathlib import Path

import pytest

from annotator.services import exporting, importing
from annotator.services.import_report import Report
from tests.bench import corpus
from tests.support.material import make_project

ARTICLES = 12
TITLES = ("The strike", "the strike", "The Strike!", "CON", "Ärger")


def lines() -> list[str]:
    """Return coded articles, many of the same title but for its case."""
    chance = random.Random(3)
    found = []
    for number in range(ARTICLES):
        text = corpus.text_of(chance, 200)
        line = corpus.line(chance, number, text, 3)
        line["meta"]["title"] = TITLES[number % len(TITLES)]
        found.append(json.dumps(line))
    return found


@pytest.mark.parametrize("format", ["brat", "webanno", "conll", "w3c"])
def test_names_and_order_are_the_same_whatever_the_order_in_the_project(
    tmp_path: Path, format: str
) -> None:
    written = []
    for seed in (1, 2):
        source = tmp_path / f"{seed}.jsonl"
        some = lines()
        random.Random(seed).shuffle(some)
        source.write_text("\n".join(some), encoding="utf-8")
        with make_project(tmp_path, name=f"p{seed}") as project:
            importing.import_all(project, [source])
            out = tmp_path / f"out{seed}"
            exporting.export(project, exporting.Order(out, format))
        written.append(
            {
                path.relative_to(out).as_posix(): path.read_bytes()
                for path in sorted(out.rglob("*"))
                if path.is_file()
            }
        )
    assert written[0] == written[1]
    names = [name.casefold() for name in written[0]]
    assert len(names) == len(set(names))
    if format == "brat":
        assert sum(name.endswith(".ann") for name in names) == ARTICLES


@pytest.mark.parametrize("steps", [1, 3, 9, 40])
def test_an_import_that_is_cancelled_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number in range(8):
            packed.writestr(f"{number}.txt", f"Article {number}.")
            packed.writestr(f"{number}.md", f"Story {number}.")
    with make_project(tmp_path) as project:
        work = importing.import_steps(project, [archive, tmp_path], Report())
        for _ in range(steps):
            next(work)
        work.close()  # type: ignore[attr-defined]
        assert list(spare.iterdir()) == []
        assert project.db.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_what_a_killed_import_left_behind_is_gone_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    (spare / "annotator-old" / "deep").mkdir(parents=True)
    (spare / "annotator-old" / "deep" / "1.txt").write_text("An article.")
    (spare / "annotator-old.snapshot").write_text("A copy.")
    (spare / "annotator-new").mkdir()
    (spare / "others").mkdir()
    for name in ("annotator-old", "annotator-old.snapshot", "others"):
        os.utime(spare / name, (0, 0))
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("1.txt", "Article 1.")
    with make_project(tmp_path) as project:
        assert importing.import_all(project, [archive]).added.articles == 1
    assert sorted(path.name for path in spare.iterdir()) == ["annotator-new", "others"]
