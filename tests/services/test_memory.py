"""Memory does not grow with the number of articles that come in or go out.

What Python holds is counted, not what the machine gives: it is the same on every run. What SQLite
holds is bounded by its cache (``store.connection``).
"""

from __future__ import annotations

import csv
import gc
import json
import random
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.analysis import shingles
from annotator.formats import in_order, remarks, zip_directory
from annotator.services import duplicates, exporting, importing, worker
from annotator.store import shingles as index
from annotator.store import step_writer
from tests.bench import corpus
from tests.support.material import make_project

FEW, MANY = 32, 128
EACH = 400
"""So many bytes each further article may take at most; one with its marks takes ten thousand."""

WAITING = 30_000
"""Messages of the process that reads foreign files: a few articles, some more or some less."""

SOURCES = {"table.csv": WAITING}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Write articles with marks as our lines, and without them as a table, few and many."""
    made = {}
    for count in (FEW, MANY):
        folder = made[count] = tmp_path_factory.mktemp(f"articles{count}")
        chance = random.Random(2)
        with (
            (folder / "lines.jsonl").open("w", encoding="utf-8") as lines,
            (folder / "table.csv").open("w", encoding="utf-8", newline="") as table,
        ):
            rows = csv.writer(table)
            rows.writerow(["title", "text"])
            (folder / "texts").mkdir()
            for number in range(count):
                text = corpus.text_of(chance, 700)
                line = corpus.coded_line(chance, number, text, corpus.extents(chance, text, 8))
                lines.write(json.dumps(line) + "\n")
                rows.writerow([f"Article {number}", text])
                (folder / "texts" / f"{number}.txt").write_text(text, encoding="utf-8")
        shutil.make_archive(str(folder / "texts"), "zip", folder / "texts")
    return made


class Held:
    """The most that Python held, looked at now and then; what waits to be swept up is swept up first."""

    def __init__(self) -> None:
        self.most = self._calls = 0
        gc.collect()
        gc.freeze()  # what was there before need not be looked at each time
        tracemalloc.start()

    def look(self, *_: object) -> bool:
        """Look at every eighth call."""
        self._calls += 1
        if self._calls % 8 == 0:
            self.look_now()
        return True

    def look_now(self) -> None:
        """Look whatever was looked at before."""
        gc.collect()
        self.most = max(self.most, tracemalloc.get_traced_memory()[0])


@pytest.fixture(autouse=True)
def stop_tracing() -> Iterator[None]:
    """Nothing is traced or set aside after a test."""
    yield
    tracemalloc.stop()
    gc.unfreeze()


def flat(peaks: list[int], waiting: int = 0) -> bool:
    """Tell whether what many took beyond few is next to nothing for each article."""
    return peaks[1] - peaks[0] < EACH * (MANY - FEW) + waiting


@pytest.mark.parametrize(
    ("name", "copies"),
    [
        ("lines.jsonl", True),
        ("lines.jsonl", False),
        ("table.csv", False),
        ("texts", False),
        ("texts.zip", False),
    ],
    ids=["lines, copies looked for", "lines", "table", "folder", "archive"],
)
def test_an_import_holds_one_article(
    sources: dict[int, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    *,
    copies: bool,
) -> None:
    monkeypatch.setattr(step_writer, "AT_HAND", 8)
    monkeypatch.setattr(in_order, "AT_HAND", 16)
    monkeypatch.setattr(in_order, "BLOCK", 2)
    monkeypatch.setattr(zip_directory, "AT_ONCE", 400)
    monkeypatch.setattr(duplicates, "BATCH", 400)
    monkeypatch.setattr(index, "READ", 8)
    monkeypatch.setattr(shingles, "_VOCABULARY", 200)
    monkeypatch.setattr(worker, "MOST_WAITING", 1)
    peaks = []
    for run, count in enumerate((FEW, FEW, MANY)):
        with make_project(tmp_path, name=f"p{run}") as project:
            held = Held()
            importing.import_all(project, [sources[count] / name], copies=copies, tell=held.look)
            peaks.append(held.most)
            tracemalloc.stop()
    assert flat(peaks[1:], SOURCES.get(name, 0)), peaks


@pytest.mark.parametrize("out", ["out.jsonl", "prodigy", "doccano", "w3c.zip", "brat.zip"])
def test_an_export_holds_one_article(
    sources: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    """Also where each mark loses something, and where there are files for each article."""
    monkeypatch.setattr(remarks, "AT_HAND", 10)
    monkeypatch.setattr(in_order, "AT_HAND", 10)
    format = "jsonl" if out == "out.jsonl" else out.removesuffix(".zip")
    peaks = []
    for run, count in enumerate((FEW, FEW, MANY)):
        with make_project(tmp_path, name=f"p{run}") as project:
            importing.import_all(project, [sources[count] / "lines.jsonl"])
            held = Held()
            order = exporting.Order(tmp_path / f"{run}-{out}", format)
            report = exporting.export(project, order, held.look)
            held.look_now()
            assert format != "doccano" or len(report.losses) > count
            peaks.append(held.most)
            tracemalloc.stop()
    assert flat(peaks[1:]), peaks
