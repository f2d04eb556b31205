"""A copy of a project to read at leisure: whole, or not there at all."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from annotator.domain.errors import Problem
from annotator.store import snapshot
from annotator.store.connection import Database


def test_a_copy_that_cannot_be_made_is_one_sentence_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = tmp_path / "a.db"
    whole = sqlite3.connect(path)
    whole.execute("CREATE TABLE much (words)")
    whole.executemany("INSERT INTO much VALUES (?)", [("so many words " * 100,)] * 100)
    whole.commit()
    whole.close()
    path.write_bytes(path.read_bytes()[:5000])
    db = Database(sqlite3.connect(path))
    try:
        with pytest.raises(Problem, match="could not be copied"):
            snapshot.take(db)
    finally:
        db.close()
    assert list(folder.iterdir()) == []
