"""Projects of every released version open; a migration that fails anywhere leaves the old project as it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from annotator.services import backups, checking, history, marking, opening
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.store import migrations, schema
from annotator.store.refusals import CannotOpen
from tests.support.damage import words_of

FIXTURES = sorted(Path(__file__).with_name("data").glob("v*.annotator"))

LATER = (
    "ALTER TABLE article ADD COLUMN mood TEXT",
    "UPDATE article SET mood = 'calm'",
    "CREATE TABLE mood (name TEXT PRIMARY KEY) STRICT",
    "INSERT INTO mood SELECT DISTINCT mood FROM article",
    "CREATE INDEX article_by_mood ON article (mood)",
    "DROP INDEX mark_by_actor",
)


@pytest.fixture(params=FIXTURES, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a project of a released version."""
    path = tmp_path / "study.annotator"
    shutil.copyfile(request.param, path)
    return path


@pytest.fixture
def words(old: Path, request: pytest.FixtureRequest) -> set[tuple[str, str]]:
    """The marks that the project of that version has."""
    file = Path(request.node.callspec.params["old"]).with_suffix(".json")
    return {(id, text) for id, text in json.loads(file.read_text(encoding="utf-8"))}


def test_there_is_one_for_every_version() -> None:
    assert [path.stem for path in FIXTURES] == [f"v{n + 1}" for n in range(len(schema.RELEASES))]


def test_it_opens_whole_and_can_be_worked_on(old: Path, words: set[tuple[str, str]]) -> None:  # H3
    with opening.open_project(old, "Amal") as project:
        assert words_of(project) == words
        assert checking.problems(project) == []
        article = project.db.execute("SELECT id FROM article").fetchone()[0]
        marking.mark(project, article, [(0, 4)], "actor")
        history.undo(project)
        assert checking.problems(project) == []


def test_a_project_of_the_present_version_is_known_without_making_another(tmp_path: Path) -> None:
    with projects.create(tmp_path / "study", default_codebook(), "Amal") as project:
        db = project.db
        assert schema.fingerprint(db) == schema.PRINTS[schema.SCHEMA_VERSION]
        db.execute("PRAGMA optimize")
        db.execute("ANALYZE")
        assert schema.is_untouched(db, schema.SCHEMA_VERSION)
        db.execute("CREATE VIEW theirs AS SELECT 1")
        assert not schema.is_untouched(db, schema.SCHEMA_VERSION)


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Pretend that there is a later schema; the list holds the statement before which it fails."""
    failing: list[int] = []
    later = Migrations("annotator")
    for name in schema.RELEASES:
        later()(getattr(migrations, name))

    @later()
    def m999_later(db: Database) -> None:
        for number, statement in enumerate(LATER):
            if failing and failing[0] == number:
                raise sqlite3.OperationalError("disk I/O error")
            db.execute(statement)
        if failing and failing[0] == len(LATER):
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(migrations, "ALL", later)
    monkeypatch.setattr(schema, "RELEASES", (*schema.RELEASES, "m999_later"))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", len(schema.RELEASES))
    schema.expected.cache_clear()
    yield failing
    schema.expected.cache_clear()


@pytest.mark.parametrize("statement", range(len(LATER) + 1))
def test_a_migration_that_fails_leaves_the_old_project(
    old: Path, next_version: list[int], statement: int
) -> None:
    path = old
    before = _dump(path)
    next_version.append(statement)
    with pytest.raises(CannotOpen, match="disk"):
        opening.open_project(path, "Amal")
    assert _dump(path) == before
    next_version.clear()
    with opening.open_project(path, "Amal") as project:
        assert project.db.execute("PRAGMA user_version").fetchone()[0] == len(schema.RELEASES)
        assert {row[0] for row in project.db.execute("SELECT mood FROM article")} == {"calm"}


def test_the_old_project_is_backed_up_before_it_is_changed(
    old: Path, next_version: list[int]
) -> None:
    path, before = old, _dump(old)
    opening.open_project(path, "Amal").close()
    (backup,) = backups.at_path(path)
    assert backup.reason == "update"
    assert _dump(backup.path) == before


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return [f"version {version}", *connection.iterdump()]
    finally:
        connection.close()
