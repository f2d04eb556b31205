"""Project files made by strangers: nothing in them runs, reaches out, or asks for too much."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.domain.errors import Problem
from annotator.services import checking
from annotator.services import project as projects
from annotator.store.connection import MAX_CELL_BYTES
from annotator.store.refusals import CannotOpen
from tests.support.damage import worked_on
from tests.support.draining import drained

STATEMENTS = {
    "a trigger": "CREATE TRIGGER evil AFTER INSERT ON step BEGIN DELETE FROM mark; END",
    "a view": "CREATE VIEW evil AS SELECT * FROM mark",
    "a table": "CREATE TABLE evil (a)",
    "an index": "CREATE INDEX evil ON mark (note)",
    "a virtual table": "CREATE VIRTUAL TABLE evil USING fts5(a)",
    "a generated column": "ALTER TABLE mark ADD COLUMN evil TEXT AS (hex(zeroblob(1000000000))) VIRTUAL",
    "a default": "ALTER TABLE project ADD COLUMN evil TEXT DEFAULT 'x'",
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_what_is_not_ours_keeps_the_file_shut(tmp_path: Path, what: str) -> None:
    path = worked_on(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(STATEMENTS[what])
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen):
        projects.open_existing(path)
    assert path.read_bytes() == before


def test_statistics_that_sqlite_keeps_do_no_harm(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("ANALYZE")
    connection.close()
    with projects.open_existing(path) as project:
        assert checking.problems(project) == []


def test_no_other_file_can_be_reached(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).close()
    with projects.open_existing(worked_on(tmp_path)) as project:
        with pytest.raises(sqlite3.OperationalError, match="too many attached"):
            project.db.execute(f"ATTACH '{other}' AS other")
        with pytest.raises(sqlite3.OperationalError):
            project.db.execute("SELECT load_extension('evil')")


def test_a_value_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE mark SET note = CAST(zeroblob({MAX_CELL_BYTES + 1}) AS TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(Problem, match=r"\.$"):
        _use(path)


def _use(path: Path) -> None:
    """Open a project and check it; raise what is wrong."""
    with projects.open_existing(path) as project:
        for found in checking.problems(project):
            raise Problem(found)


def test_an_article_that_is_a_link_elsewhere_is_told(tmp_path: Path) -> None:
    """A link to a folder is not followed; one to a file is that file."""
    from annotator.domain.coded import Remark
    from annotator.services.sources import collect

    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "story.txt").write_text("A story.")
    try:
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "out").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    remarks: list[Remark] = []
    with ExitStack() as stack:
        found = drained(collect([folder], stack, remarks))
    assert [source.path.name for source in found] == ["story.txt"]
