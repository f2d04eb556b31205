"""While a long act takes marks away, what is still on the page can be looked at without a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.article import Article
from annotator.domain.identity import Id
from annotator.presentation import pointer_menu
from annotator.services import marking, reading
from tests.support.hands import Hands

COUNT = 1_500
PARAGRAPH = "Amal spoke.\n\n"


def marked(hands: Hands, article: Article) -> list[Id]:
    """Mark a name in each paragraph of an article, the first one as a claim; return the marks."""
    project = hands.desk.project
    assert project is not None
    text = project.text(article)
    made = [
        marking.new_mark(
            project,
            article.id,
            text,
            [(number * len(PARAGRAPH), number * len(PARAGRAPH) + 4)],
            "actor" if number else "claim",
        )
        for number in range(COUNT)
    ]
    with project.step("Many marks", bulk=True) as ticket:
        ticket.write.add(made)
    hands.desk.refresh()
    hands.settle()
    return [mark.id for mark in made]


def delete(hands: Hands, ids: list[Id], *, until: int) -> None:
    """Begin to delete marks, and stop looking when so many are left."""
    project = hands.desk.project
    assert project is not None
    hands.desk.act_in_slices("Deleting", lambda project: marking.delete.slices(project, ids))
    while project.db.execute("SELECT count(*) FROM mark").fetchone()[0] > until:
        QApplication.processEvents()
    assert hands.desk.busy


def finish(hands: Hands) -> None:
    while hands.desk.busy:
        QApplication.processEvents()
    hands.settle()


def test_the_menu_of_a_mark_that_is_just_being_deleted(open_window: Callable[..., Hands]) -> None:
    hands = open_window(PARAGRAPH * COUNT)
    assert hands.desk.reader.article is not None
    ids = marked(hands, hands.desk.reader.article)
    hands.desk.reader.select_mark(ids[0])
    hands.settle()
    delete(hands, ids, until=COUNT - 100)
    assert hands.desk.reader.current is not None
    assert pointer_menu.groups(hands.desk)
    finish(hands)
    assert not hands.page.marks


@pytest.mark.parametrize("turns", [0, 20])
def test_an_article_opened_while_its_marks_are_deleted_can_be_read(
    open_window: Callable[..., Hands], turns: int
) -> None:
    hands = open_window("Another article.", PARAGRAPH * COUNT)
    assert hands.desk.project is not None
    article = reading.list_articles(hands.desk.project)[1].article
    ids = marked(hands, article)
    delete(hands, ids[::-1], until=COUNT - 100)
    hands.desk.open_article(article.id)
    left = len(hands.page.marks)
    for _ in range(turns):
        QApplication.processEvents()
    bar = hands.window.page.verticalScrollBar()
    bar.setValue(bar.maximum() * (left - 50) // COUNT)
    finish(hands)
    assert not hands.page.marks
