"""The list as a queue: which articles, in which order, and what is missing before one is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from annotator.presentation.queue import Order, Stage
from annotator.services import history
from annotator.store import articles
from tests.support.material import make_project
from tests.ui.conftest import Hands

TEXTS = ("First one.\n", "Second one.\n", "Third one.\n", "Fourth one.\n")
FACTS = (("2026-03-02", "Herald"), ("2026-01-05", "Courier"), ("", ""), ("2026-02-01", "Courier"))


@pytest.fixture
def queue(open_window: Callable[..., Hands], tmp_path: Path) -> Hands:
    """Four articles with dates and publishers."""
    project = make_project(tmp_path, *TEXTS)
    with project.step("Dates") as ticket:
        for article, (published, publisher) in zip(articles.all(project.db), FACTS, strict=True):
            meta = replace(article.meta, published=published or None, publisher=publisher or None)
            ticket.write.put(replace(article, meta=meta))
    path = project.path
    project.close()
    return open_window(path=path)


def titles(hands: Hands) -> list[str]:
    """Return the numbers of the articles listed."""
    return [row.title.removeprefix("Article ") for row in hands.desk.library.rows]


def choose_stage(hands: Hands, stage: Stage) -> None:
    """Choose which articles are shown."""
    box = hands.window.articles.stage
    box.setCurrentIndex(list(Stage).index(stage))
    box.activated.emit(box.currentIndex())


def choose_order(hands: Hands, order: Order) -> None:
    """Choose the order."""
    box = hands.window.articles.order
    box.setCurrentIndex(list(Order).index(order))
    box.activated.emit(box.currentIndex())


def test_a_list_without_the_open_article_points_to_none(
    queue: Hands,
) -> None:
    library, view = queue.desk.library, queue.window.articles.view
    queue.desk.open_article(library.rows[0].id)
    library.set_filter("Herald")
    assert view.currentIndex().data() == "Article 1"
    library.set_filter("2026-02-01")
    assert view.model().index(0).data() == "Article 4"
    assert not view.currentIndex().isValid()
    library.set_filter("Herald")
    assert view.currentIndex().data() == "Article 1"


def test_articles_are_shown_by_how_far_they_are(queue: Hands) -> None:
    queue.drag("First")
    queue.press("A", "1", "D", "X")
    queue.drag("Third")
    queue.press("A")
    box = queue.window.articles.stage
    assert [box.itemText(row) for row in range(box.count())] == [
        "All · 4",
        "Open · 2",
        "Begun · 1",
        "Finished · 2",
        "Nothing found · 1",
    ]
    shown = {}
    for stage in Stage:
        choose_stage(queue, stage)
        shown[stage] = titles(queue)
    assert shown == {
        Stage.ALL: ["1", "2", "3", "4"],
        Stage.OPEN: ["3", "4"],
        Stage.BEGUN: ["3"],
        Stage.FINISHED: ["1", "2"],
        Stage.EMPTY: ["2"],
    }


def test_an_article_called_done_stays_in_the_list_until_the_next_choice(queue: Hands) -> None:
    choose_stage(queue, Stage.OPEN)
    queue.press("X")
    assert titles(queue) == ["1", "2", "3", "4"]
    assert queue.page.text.startswith("Second")
    choose_stage(queue, Stage.OPEN)
    assert titles(queue) == ["2", "3", "4"]


def test_the_order_is_followed_by_next(queue: Hands) -> None:
    choose_order(queue, Order.DATE)
    assert titles(queue) == ["2", "4", "1", "3"]
    choose_order(queue, Order.PUBLISHER)
    assert titles(queue) == ["2", "4", "1", "3"]
    choose_order(queue, Order.CHANCE)
    once = titles(queue)
    assert sorted(once) == ["1", "2", "3", "4"]
    choose_order(queue, Order.GIVEN)
    choose_order(queue, Order.CHANCE)
    assert titles(queue) == once
    queue.desk.open_article(queue.desk.library.rows[0].id)
    queue.press("]")
    assert queue.desk.library.current == queue.desk.library.rows[1].id


def test_an_empty_choice_says_so(queue: Hands) -> None:
    choose_stage(queue, Stage.FINISHED)
    assert queue.window.articles.empty.text() == "No article is finished. Choose “All” above."


def test_what_is_missing_is_listed_before_an_article_is_done(queue: Hands) -> None:
    queue.drag("First one")
    queue.press("C", "D")
    assert queue.page.text.startswith("First")
    assert queue.desk.messages.last
    assert queue.desk.messages.last.text.startswith("1 thing not filled in")
    links = [
        button
        for button in queue.window.inspector.findChildren(QPushButton)
        if button.objectName() == "link"
    ]
    assert [link.text() for link in links] == ["Source · claim “First one”"]
    links[0].click()
    queue.settle()
    assert queue.desk.reader.current
    assert queue.desk.reader.gaps == ()
    queue.press("V", "D")
    assert queue.page.text.startswith("Second")
    project = queue.desk.project
    assert project
    assert history.entries(project)[0].step.name == "Done: “Article 1”"


def button_of(queue: Hands, words: str) -> QPushButton:
    return next(
        one
        for one in queue.window.inspector.findChildren(QPushButton)
        if one.text().startswith(words) and one.isVisible()
    )


def test_a_double_click_finishes_one_article(queue: Hands) -> None:
    queue.window.page.setFocus()
    place = button_of(queue, "Done, next").mapTo(queue.window, QPoint(9, 9))
    below = queue.window.windowHandle()
    QTest.mouseDClick(below, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    queue.settle()
    assert [row.is_finished for row in queue.desk.library.rows][:2] == [True, False]
    assert queue.window.page.hasFocus(), "a key that follows is not for the next article's button"
    assert "Nothing found: “Article 1”" in queue.desk.messages.last.text


def test_what_is_not_filled_in_moves_no_button(queue: Hands) -> None:
    queue.drag("First one")
    queue.press("C", "Escape")
    queue.page.move_to(len(queue.page.text))
    queue.settle()
    before = button_of(queue, "Done, next").mapTo(queue.window, QPoint(0, 0))
    QTest.mouseClick(button_of(queue, "Done, next"), Qt.MouseButton.LeftButton)
    queue.settle()
    assert button_of(queue, "Done anyway")
    shown = queue.window.inspector.widget().findChildren(QPushButton)
    keys = [button.text().split("  ")[-1] for button in shown]
    assert keys.count("D") == 1, "one button shows the key, and it stays where it was"
    assert button_of(queue, "Done, next").mapTo(queue.window, QPoint(0, 0)) == before


def test_a_verdict_that_is_refused_is_not_lit(queue: Hands) -> None:
    queue.drag("First one")
    queue.press("A", "Escape")
    queue.page.move_to(len(queue.page.text))
    queue.settle()
    nothing = next(
        one
        for one in queue.window.inspector.findChildren(QPushButton)
        if one.accessibleName() == "Actor: nothing found"
    )
    QTest.mouseClick(nothing, Qt.MouseButton.LeftButton)
    queue.settle()
    assert not nothing.isChecked()


def test_a_second_press_overrules_and_the_reason_is_kept(queue: Hands) -> None:
    queue.drag("First one")
    queue.press("C", "D")
    field = next(
        field
        for field in queue.window.inspector.findChildren(QLineEdit)
        if "anyway" in field.accessibleName()
    )
    field.setFocus()
    QTest.keyClicks(field, "nobody is named")
    QTest.keyClick(field, Qt.Key.Key_Return)
    queue.settle()
    assert queue.page.text.startswith("Second")
    project = queue.desk.project
    assert project
    assert history.entries(project)[0].step.name == (
        "Done: “Article 1” (1 thing not filled in: nobody is named)"
    )
    queue.press("Ctrl+Z")
    assert not queue.desk.library.rows[0].is_finished


def test_the_seed_decides_the_order_by_chance_whoever_reads(queue: Hands) -> None:
    memory = queue.window._memory
    choose_order(queue, Order.CHANCE)
    orders = set()
    for seed in ("1", "2", "3", "4", "5"):
        memory.set("seed", seed)
        orders.add(tuple(titles(queue)))
    assert len(orders) > 1
    memory.set("seed", "2")
    once = titles(queue)
    memory.set("annotator", "Somebody else")
    queue.desk.library.show(queue.desk.project)
    assert titles(queue) == once


def test_the_order_of_a_project_comes_back_with_it(queue: Hands) -> None:
    choose_order(queue, Order.DATE)
    project = queue.desk.project
    assert project
    queue.desk.close()
    assert queue.desk.make_project(project.path.with_name("other.annotator"))
    assert queue.desk.library.choice.order is Order.GIVEN
    assert queue.desk.open_project(project.path)
    assert queue.window.articles.order.currentData() == Order.DATE
    assert titles(queue) == ["2", "4", "1", "3"]


def test_what_is_left_open_in_an_article_that_is_done_is_told(queue: Hands) -> None:
    first = queue.desk.library.rows[0].id

    def told() -> str:
        assert queue.desk.messages.last
        return queue.desk.messages.last.text

    queue.drag("First one")
    queue.press("C")
    assert "not filled in" not in told()
    queue.press("V", "D")
    queue.desk.open_article(first)
    queue.drag("First")
    queue.press("C")
    assert told() == "Mark claim “First”. This article is done; not filled in yet: source."
    assert queue.desk.messages.last.undoable
    queue.press("V")
    assert "not filled in" not in told()
    current = queue.desk.reader.current
    assert current
    (link,) = (each for each in queue.desk.reader.links.values() if each.start == current.id)
    queue.desk.untie(link.id)
    assert told().endswith("This article is done; not filled in yet: source.")
    queue.press("Shift+D", "Delete", "Ctrl+Z")
    assert "not filled in" not in told(), "the article is open again"
