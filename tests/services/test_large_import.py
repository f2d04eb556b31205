"""A large import of our own lines: read in another process, indexes made at its end, nothing else told apart."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from annotator.services import checking, exporting, file_reading, history, importing
from annotator.services.import_report import Report
from annotator.services.project import Project
from annotator.services.worker import Worker
from annotator.store import indexes, step_writer
from annotator.store.step_writer import Writer
from tests.bench import corpus
from tests.support.driving import driven
from tests.support.material import make_project


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(f"{line}\n" for line in corpus.lines(6, 9)), encoding="utf-8")
    return path


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reading, "LARGE_BYTES", 1)
    monkeypatch.setattr(indexes, "size", lambda _: 0)


def exported(project: Project) -> bytes:
    out = project.path.with_suffix(".out")
    exporting.export(project, exporting.Order(out))
    return out.read_bytes()


def there(project: Project) -> set[str]:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'index'"
    return {name for (name,) in project.db.execute(sql)}


@pytest.fixture
def expected(tmp_path: Path, source: Path) -> bytes:
    """What comes of the lines when they are few."""
    with make_project(tmp_path, name="small") as project:
        importing.import_all(project, [source])
        return exported(project)


def test_many_lines_come_in_like_few(
    tmp_path: Path,
    source: Path,
    expected: bytes,
    is_large: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    read = Worker.read
    monkeypatch.setattr(
        Worker, "read", lambda self, name, *rest: asked.append(name) or read(self, name, *rest)
    )
    with make_project(tmp_path, name="large") as project:
        before = there(project)
        report = importing.import_all(project, [source])
        assert asked == ["jsonl"]
        assert (report.added.articles, report.added.marks) == (6, 54)
        assert there(project) == before
        assert exported(project) == expected
        assert checking.problems(project) == []
        history.undo(project)
        assert project.db.execute("SELECT count(*) FROM mark").fetchone() == (0,)
        history.redo(project)
        assert exported(project) == expected
        assert importing.import_all(project, [source]).added.in_words() == ""
        assert checking.problems(project) == []


def test_indexes_are_there_again_when_a_large_import_is_given_up(
    tmp_path: Path, source: Path, is_large: None
) -> None:
    with make_project(tmp_path, name="large") as project:
        before = there(project)
        steps = importing.import_steps(project, [source], Report(), at_once=True)
        for _ in steps:
            if not there(project) & set(indexes.LATER):
                break
        assert before - there(project) == set(indexes.LATER)
        steps.close()
        assert there(project) == before
        assert checking.problems(project) == []
        assert project.db.execute("SELECT count(*) FROM article").fetchone() == (0,)


def test_a_window_looks_things_up_by_every_index_meanwhile(
    tmp_path: Path, source: Path, is_large: None
) -> None:
    with make_project(tmp_path, name="large") as project:
        before = there(project)
        assert all(
            there(project) == before
            for _ in importing.import_steps(project, [source], Report())
        )  # fmt: skip


def test_a_window_leaves_the_journal_to_another_thread(
    tmp_path: Path, source: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, threads = threading.current_thread(), []
    settle = Writer.settle

    def noted(writer: Writer) -> None:
        if writer._waiting:
            threads.append(threading.current_thread() is here)
        settle(writer)

    monkeypatch.setattr(Writer, "settle", noted)
    monkeypatch.setattr(step_writer, "FEW", 20)
    with make_project(tmp_path, name="beside") as project:
        threads.clear()
        driven(importing.import_steps(project, [source], Report()))
        assert len(threads) > 2
        assert set(threads) == {False}
        assert exported(project) == expected
        assert checking.problems(project) == []
