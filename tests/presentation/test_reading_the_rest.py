"""Of a long article only where its marks lie is read before the first paint; they say the same all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.mark import Mark
from annotator.presentation.desk import Desk
from annotator.presentation.reader import Reader
from annotator.services import marking
from annotator.services.project import Project
from annotator.store import marks
from tests.support.material import make_project
from tests.support.team import article_id, mark_words

TEXT = "The port authority refused, said Amal Haddad.\n\nNobody else spoke."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, TEXT) as made:
        mark_words(made, [("actor", "Amal Haddad"), ("claim", "refused"), ("actor", "Nobody")])
        text = made.text(made.article(article_id(made)))
        pieces = [(text.index(words), text.index(words) + 3) for words in ("The", "said")]
        marking.mark(made, article_id(made), pieces, "sentiment")
        yield made


def stored(project: Project) -> list[Mark]:
    return marks.of_article(project.db, article_id(project), project.annotator.id)


@pytest.mark.parametrize("at_once", [False, True])
def test_every_mark_is_as_it_is_stored(project: Project, *, at_once: bool) -> None:
    reader = Reader()
    reader.show(project, article_id(project))
    if at_once:
        reader.read_rest()
    assert list(reader.marks.values()) == stored(project)


def test_a_mark_in_pieces_lies_in_each_of_their_paragraphs(project: Project) -> None:
    records, places = marks.read_of_article(project.db, article_id(project), project.annotator.id)
    in_pieces = {records[place[2]].layer: not place[4] for place in places}
    assert in_pieces == {"actor": False, "claim": False, "sentiment": True}


def test_after_the_rest_is_read_nothing_depends_on_what_is_stored(project: Project) -> None:
    before = stored(project)
    reader = Reader()
    reader.show(project, article_id(project))
    reader.read_rest()
    marking.delete(project, [mark.id for mark in before])
    assert list(reader.marks.values()) == before


def test_acts_undo_and_redo_find_marks_whole_that_nobody_looked_at(
    desk: Desk, project: Project
) -> None:
    for turn in (desk.undo, desk.undo, desk.refresh, desk.undo, desk.redo, desk.refresh, desk.redo):
        turn()
        assert set(desk.reader.marks) == {mark.id for mark in stored(project)}
    assert dict(desk.reader.marks) == {mark.id: mark for mark in stored(project)}


def test_a_mark_can_become_another_layer_after_all_was_read_anew(
    desk: Desk, project: Project
) -> None:
    desk.refresh()
    changed = next(mark for mark in stored(project) if mark.text == "Nobody")
    desk.act(lambda one: marking.relabel(one, changed.id, "claim"))
    assert desk.reader.marks[changed.id].layer == "claim"
    assert dict(desk.reader.marks) == {mark.id: mark for mark in stored(project)}
