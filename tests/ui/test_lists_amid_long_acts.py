"""What the list read while long work went on is what the project holds once that ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.presentation import library
from annotator.services import history, marking, reading
from annotator.ui import article_list, jobs
from tests.support.hands import Hands

TEXTS = [f"Amal spoke in town {number}." for number in range(4)]


@pytest.fixture
def long_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of two articles is long, and all is done in the smallest steps."""
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    monkeypatch.setattr(article_list, "MOMENT_SECONDS", 0)
    monkeypatch.setattr(jobs, "SLICE_SECONDS", 1e-6)


def read_list(hands: Hands) -> None:
    """Read the list to its end, whatever else goes on."""
    while hands.desk.library.is_being_read:
        hands.window.articles.read_on()


def finish(hands: Hands) -> None:
    while hands.desk.busy:
        QApplication.processEvents()
    read_list(hands)


def try_import(hands: Hands, folder: Path) -> None:
    """Begin to look at what files would bring, and stop looking when some of it is there."""
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"Boris answered in town {number}.\n")
    hands.desk.import_paths([folder])
    while reading.count_articles(hands.desk.project) == len(TEXTS):
        assert hands.desk.busy
        QApplication.processEvents()


@pytest.mark.usefixtures("long_list")
@pytest.mark.parametrize("cancels", [False, True])
def test_articles_that_were_only_tried_do_not_stay_in_the_list(
    open_window: Callable[..., Hands], tmp_path: Path, cancels: bool
) -> None:
    hands = open_window(*TEXTS)
    read_list(hands)
    listed = [row.id for row in hands.desk.library.rows]
    hands.desk.refresh()
    try_import(hands, tmp_path / "new")
    hands.desk.refresh()
    read_list(hands)
    assert hands.desk.library.total > len(TEXTS)
    if cancels:
        hands.window.cancel_work()
    finish(hands)
    assert [row.id for row in hands.desk.library.rows] == listed


@pytest.mark.usefixtures("long_list")
def test_an_article_that_was_only_tried_does_not_stay_open(
    open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = open_window(*TEXTS)
    first = hands.desk.reader.article
    try_import(hands, tmp_path / "new")
    hands.desk.open_article(reading.list_articles(hands.desk.project)[-1].article.id)
    assert hands.desk.reader.article != first
    finish(hands)
    assert hands.desk.reader.article == first
    assert hands.window.articles.view.currentIndex().row() == 0


@pytest.mark.usefixtures("long_list")
def test_marks_that_were_counted_amid_an_act_are_counted_once(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window(*TEXTS)
    project = hands.desk.project
    assert project is not None
    article = hands.desk.reader.article
    assert article is not None
    text = project.text(article)
    made = [marking.new_mark(project, article.id, text, [(0, end)], "actor") for end in range(1, 9)]
    with project.step("Many marks") as ticket:
        ticket.write.add(made)
    hands.desk.refresh()
    hands.desk.act_in_slices("Undoing", history.undo.slices)
    while project.db.execute("SELECT count(*) FROM mark").fetchone()[0] == len(made):
        QApplication.processEvents()
    read_list(hands)
    assert hands.desk.busy
    finish(hands)
    row = hands.desk.library.rows[0]
    assert [sign.count for sign in row.signs if sign.layer == "actor"] == [0]
