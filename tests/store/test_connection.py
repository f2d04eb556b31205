"""Every setting that the safety of a project file rests on, and every rule that the file itself holds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import marking, reading
from annotator.services.project import Project
from annotator.store.connection import APPLICATION_ID, connect, pragma
from annotator.store.kinds import TABLES
from annotator.store.schema import SCHEMA_VERSION, build, describe
from tests.support.material import STORY, make_project

PRAGMAS = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,  # MEMORY
    "recursive_triggers": 1,
    "wal_autocheckpoint": 1000,
    "ignore_check_constraints": 0,
    "defer_foreign_keys": 0,
    "writable_schema": 0,
    "read_uncommitted": 0,
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one mark."""
    with make_project(tmp_path, STORY) as made:
        article = reading.list_articles(made)[0].article
        marking.mark(made, article.id, [(0, 4)], "actor")
        yield made


@pytest.mark.parametrize("name", PRAGMAS)
def test_every_pragma_is_set(project: Project, name: str) -> None:
    assert pragma(project.db, name) == PRAGMAS[name]


def test_the_file_says_what_it_is(project: Project) -> None:
    assert pragma(project.db, "application_id") == APPLICATION_ID == int.from_bytes(b"ANNO")
    assert pragma(project.db, "user_version") == SCHEMA_VERSION
    assert pragma(project.db, "encoding") == "UTF-8"


def test_no_other_process_gets_in(project: Project) -> None:
    tried = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0.1).execute('SELECT * FROM mark')",
            str(project.path),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert tried.returncode == 1
    assert "database is locked" in tried.stderr


def test_there_is_no_shared_memory_file(project: Project) -> None:
    names = {path.name for path in project.path.parent.iterdir()}
    assert names == {project.path.name, f"{project.path.name}-wal", f".{project.path.name}.lock"}


def test_a_file_that_is_no_database_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"no database at all, but long enough to look at")
    with pytest.raises(sqlite3.DatabaseError):
        connect(path)
    path.unlink()
    assert list(tmp_path.iterdir()) == []


# What the file holds by itself


def test_every_table_of_ours_is_strict(project: Project) -> None:
    tables = {
        name: strict
        for _, name, kind, _, _, strict in project.db.execute("PRAGMA table_list")
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite"))
    }
    assert set(TABLES) | {"project", "text", "step", "change", "shingled", "shingle"} == set(tables)
    assert set(tables.values()) == {1}


def test_building_again_changes_nothing(project: Project) -> None:
    before = describe(project.db)
    build(project.db)
    assert describe(project.db) == before


FORBIDDEN = {
    "changing a text": "UPDATE text SET body = body || ' '",
    "changing the length of a text": "UPDATE text SET length = length + 1",
    "deleting a text": "DELETE FROM text",
    "replacing a text": "INSERT OR REPLACE INTO text SELECT sha256, 'other', 5 FROM text",
    "giving an article another text": "UPDATE article SET text_sha256 = 'x'",
    "a text without length": "INSERT INTO text VALUES ('x', '', 0)",
    "a mark of zero width": "UPDATE mark SET end = start",
    "a mark that runs backwards": "UPDATE mark SET start = end + 1",
    "a mark before the text": "UPDATE mark SET start = -1",
    "a mark without a place": "UPDATE mark SET start = NULL",
    "a mark without fragments": "UPDATE mark SET fragments = NULL",
    "a mark without a layer": "UPDATE mark SET layer = ''",
    "a mark of an unknown view": "UPDATE mark SET view = 'mine'",
    "a mark of an unknown origin": "UPDATE mark SET origin = 'dreamt'",
    "words for a number": "UPDATE mark SET start = 'four'",
    "a mark nobody made": "UPDATE mark SET annotator = 'nobody'",
    "a mark in no article": "UPDATE mark SET article = 'none'",
    "a mark of no codebook": "UPDATE mark SET codebook_version = 99",
    "an annotator without a name": "UPDATE annotator SET name = ''",
    "an annotator who made marks": "DELETE FROM annotator",
    "an article with marks": "DELETE FROM article",
    "an unknown verdict": "INSERT INTO state SELECT article, annotator, layer, 'maybe', '' FROM mark",
    "a link to itself": (
        "INSERT INTO link SELECT 'l', article, annotator, view, 'about', id, id, NULL, created, modified, "
        "origin, NULL, NULL, codebook_version FROM mark"
    ),
    "a link to nothing": (
        "INSERT INTO link SELECT 'l', article, annotator, view, 'about', id, NULL, NULL, created, modified, "
        "origin, NULL, NULL, codebook_version FROM mark"
    ),
    "a link to a mark that is not there": (
        "INSERT INTO link SELECT 'l', article, annotator, view, 'about', id, 'x', NULL, created, modified, "
        "origin, NULL, NULL, codebook_version FROM mark"
    ),
    "a change of no step": "INSERT INTO change VALUES (999, 1, 'mark', 'x', '{}', NULL)",
    "a change of nothing": "INSERT INTO change SELECT max(number), 99, 'mark', 'x', NULL, NULL FROM step",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_file_itself_refuses(project: Project, name: str) -> None:  # G7
    before = list(project.db.conn.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        project.db.conn.execute(FORBIDDEN[name])
    assert list(project.db.conn.iterdump()) == before
