"""How many marks have a value is counted anew when what was counted may not be so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.codebook_edits import Path as Item
from annotator.presentation.codebook_editor import CodebookEditor
from annotator.presentation.desk import Desk
from annotator.services import marking
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, STORY) as made:
        yield made


def test_what_was_counted_amid_long_work_that_is_given_up_is_counted_again(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "REMOVED_AT_ONCE", 1)
    article = desk.library.rows[0].id
    made = [
        marking.mark(project, article, [(start, start + 4)], "actor", {"type": "person"})
        for start in (0, 5)
    ]
    marks = [change.after.id for outcome in made for change in outcome.changes if change.after]
    editor = CodebookEditor(desk)
    editor.discard()
    desk.busy = True
    work = marking.delete.slices(project, marks)
    while not project.db.conn.in_transaction:
        next(work)
    editor.choose(Item("actor", "type", "person"))
    assert editor.usage() == 1
    work.close()
    desk.busy = False
    assert editor.usage() == 2
