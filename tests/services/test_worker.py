"""Whatever a parser does in its own process, the import goes on and says so."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.coded import Read
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.services import checking, importing
from annotator.services.codebooks import default_codebook
from annotator.services.worker import MOST_WAITING, Worker
from tests.support.checkout import ROOT
from tests.support.material import make_project


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A process that knows a bad reader."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with Worker([sys.executable, "-m", "tests.services.bad_reader"], silent_seconds=2) as found:
        yield found


def read(worker: Worker, folder: Path, act: str) -> list[Read]:
    path = folder / "file.bad"
    path.write_text(act)
    context = ReadContext(
        default_codebook(), 1, "", lambda name: name, lambda _: "kept", lambda _: None
    )
    return [item for item in worker.read("bad", Source(path, path.name), context) if item]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("hang", "took longer than 2 seconds"),
        ("eat", "too much memory"),
        ("crash", "stopped the reader"),
        ("recurse", "stopped the reader"),
    ],
)
def test_what_ends_the_process_is_one_sentence(
    worker: Worker, tmp_path: Path, act: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        read(worker, tmp_path, act)
    assert len(read(worker, tmp_path, "nothing")) == 1, "the next file is read by a new process"


def test_what_a_library_prints_does_no_harm(worker: Worker, tmp_path: Path) -> None:
    assert len(read(worker, tmp_path, "chatter")) == 1


def test_the_process_asks_for_what_the_project_knows(worker: Worker, tmp_path: Path) -> None:
    assert read(worker, tmp_path, "ask")[1].remarks[0].what == "kept"


def test_what_nobody_has_taken_yet_does_not_fill_the_memory(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "file.bad"
    path.write_text("many")
    context = ReadContext(
        default_codebook(), 1, "", lambda name: name, lambda _: None, lambda _: None
    )
    reads = worker.read("bad", Source(path, path.name), context)
    first = next(read for read in reads if read)
    while not worker._said.full():
        time.sleep(0.01)
    assert worker._said.qsize() == MOST_WAITING
    others = [read for read in reads if read]
    assert len([first, *others]) == 301
    unfinished = worker.read("bad", Source(path, path.name), context)
    assert next(read for read in unfinished if read)
    worker.close()
    assert len(read(worker, tmp_path, "nothing")) == 1


def test_a_foreign_file_comes_in_through_the_process(tmp_path: Path) -> None:
    good = {
        "text": "Amal said so.",
        "entities": [{"id": 1, "label": "actor", "start_offset": 0, "end_offset": 4}],
    }
    file = tmp_path / "good.jsonl"
    file.write_text(json.dumps(good) + "\n{broken\n", encoding="utf-8")
    with make_project(tmp_path) as project:
        report = importing.import_all(project, [file], format="doccano")
        assert report.added.marks == 1
        assert len(report.refused) == 1
        assert checking.problems(project) == []
