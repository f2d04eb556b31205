"""What a key would tie a mark to is looked for only where there may be somebody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.presentation import pointer_menu
from annotator.presentation.desk import Desk
from annotator.services import linking, marking
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, STORY) as made:
        yield made


def test_nobody_is_looked_for_among_marks_of_a_layer_that_the_article_does_not_have(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, layer in (("Amal Haddad", "actor"), ("We will not go back", "claim")):
        start = STORY.index(words)
        article = desk.library.rows[0].id
        place = [(start, start + len(words))]
        desk.act(lambda project: marking.mark(project, article, place, layer))  # noqa: B023
    claim = next(mark for mark in desk.reader.marks.values() if mark.layer == "claim")
    desk.reader.select_mark(claim.id)
    desk._rebuild_commands(project)
    asked: list[str] = []
    nearest = linking.nearest

    def counted(project: Project, start: Id, type: str) -> Mark | None:
        asked.append(type)
        return nearest(project, start, type)

    monkeypatch.setattr(linking, "nearest", counted)
    shown = desk.reader.inspected()
    assert shown
    proposed = {slot.type: slot.proposed for slot in shown.links if slot.type}
    assert (proposed["source"], proposed["cue"]) == ("Amal Haddad", "")
    assert "source" in asked
    assert "cue" not in asked
    asked.clear()
    assert pointer_menu.groups(desk)
    assert "source" in asked
    assert "cue" not in asked
