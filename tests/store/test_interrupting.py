"""A statement that goes on and on ends soon after it is unwanted; nothing else is touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.connection import Database
from annotator.store.interrupting import ended_when
from tests.support.endless import ENDLESS


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = Database(sqlite3.connect(tmp_path / "a.db", isolation_level=None))
    yield found
    found.close()


def test_it_is_asked_time_and_again_until_it_is_unwanted(db: Database) -> None:
    asked: list[int] = []

    def is_unwanted() -> bool:
        asked.append(1)
        return len(asked) == 3

    with pytest.raises(sqlite3.OperationalError, match="interrupted"), ended_when(db, is_unwanted):
        db.execute(ENDLESS).fetchall()
    assert len(asked) == 3


def test_each_statement_of_the_block_is_ended(db: Database) -> None:
    with ended_when(db, lambda: True):
        for _ in range(3):
            with pytest.raises(sqlite3.OperationalError, match="interrupted"):
                db.execute(ENDLESS).fetchall()


def test_what_follows_the_block_goes_on(db: Database) -> None:
    with ended_when(db, lambda: True):
        pass
    assert db.execute("SELECT 1").fetchall() == [(1,)]
