"""The copy of another file that is read and thrown away."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.identity import new_id, system_clock
from annotator.store import articles, replica
from annotator.store.connection import pragma
from tests.support.material import STORY, make_project


def test_nothing_is_left_to_do_when_the_copy_is_closed(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    before = path.read_bytes()
    with replica.reading(path, "Amal", clock=system_clock, new_id=new_id) as copy:
        assert copy.path != path
        assert [one.id for one in articles.all(copy.db)]
        # A log would be removed while the connection is closed, and every thread waits for that.
        assert pragma(copy.db, "journal_mode") == "memory"
        assert pragma(copy.db, "synchronous") == 0
        assert not [file.name for file in copy.path.parent.iterdir() if "-wal" in file.name]
    assert not copy.path.parent.exists()
    assert path.read_bytes() == before
