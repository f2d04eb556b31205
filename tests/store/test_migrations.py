"""Projects of every earlier form open, with everything in them."""

from __future__ import annotations

from pathlib import Path

from annotator.services import checking, reading
from annotator.services import project as projects
from annotator.store import schema
from annotator.store.connection import connect, pragma
from tests.support.material import STORY, make_project
from tests.support.team import code


def test_a_project_of_the_first_form_is_brought_up_to_date(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    code(path, "Amal", [("actor", "Amal Haddad")])
    db = connect(path)
    db.execute("DROP TABLE adjudication")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_adjudication'")
    db.execute("PRAGMA user_version = 1")
    assert schema.describe(db) == schema.expected(1)
    db.close()
    with projects.open_existing(path) as project:
        assert pragma(project.db, "user_version") == schema.SCHEMA_VERSION
        assert checking.problems(project) == []
        (listed,) = reading.list_articles(project)
        assert [mark.text for mark in reading.open_article(project, listed.article.id).marks] == [
            "Amal Haddad"
        ]
