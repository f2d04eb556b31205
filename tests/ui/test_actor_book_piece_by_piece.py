"""The actor book of a large project is read piece by piece: nothing jumps while the pieces arrive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.services import marking, open_mentions
from annotator.ui.actor_book.window import ActorBookWindow
from tests.support.large_book import ARTICLES, count_as_large, make_large_book
from tests.ui.conftest import Hands
from tests.ui.test_actor_book import enter, names


@pytest.fixture
def hands(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Hands:
    """A window on a project that counts as large: an entry of many marks and claims, and open mentions."""
    count_as_large(monkeypatch)
    return open_window(path=make_large_book(tmp_path))


@pytest.fixture
def window(hands: Hands) -> ActorBookWindow:
    """The actor book, of which nothing is read yet."""
    window = hands.window.tools.actors
    window.show()
    return window


def finish(window: ActorBookWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window._book.is_read and not window._reading.isActive())


def test_the_list_comes_as_a_whole_and_is_not_called_empty_before(
    window: ActorBookWindow, qtbot: QtBot
) -> None:
    window._book.show()
    assert names(window.entry_list) == []
    assert window.empty.text() == "The actor book is being read …"
    assert (window.entries_chip.text(), window.open_chip.text()) == ("Actors …", "Open mentions …")
    finish(window, qtbot)
    assert names(window.entry_list) == ["Amal"]
    assert window.empty.text().startswith("Choose an actor.")
    assert window.entries_chip.text() == "Actors 1"
    window.show_open()
    assert window.empty.text() == "Looking for mentions that stand for nobody yet …"
    finish(window, qtbot)
    assert names(window.open_list) == ["port"]
    assert window.mentions.title.text() == "“port” stands for nobody yet, 70 times"
    assert window.mentions.reason.text() == "Nobody in the book fits."


def test_words_come_into_lines_that_are_there_and_nothing_moves(
    window: ActorBookWindow, qtbot: QtBot
) -> None:
    finish(window, qtbot)
    detail = window.detail
    window.entry_list.selectRow(0)
    detail.layout().activate()
    model = detail.quotes.model()
    places = [part.mapTo(detail, QPoint(0, 0)) for part in (detail.claims, detail.table)]
    assert (detail.marks.text(), detail.claims.text()) == ("Marks 70", "Claims …")
    assert (model.rowCount(), model.index(69, 1).data()) == (ARTICLES, None)
    detail.quotes.selectRow(3)
    finish(window, qtbot)
    detail.layout().activate()
    assert detail.claims.text() == "Claims 70"
    assert (model.rowCount(), model.index(69, 1).data()) == (ARTICLES, "Amal")
    assert detail.quotes.chosen() == [3], "what was chosen stays chosen"
    assert [part.mapTo(detail, QPoint(0, 0)) for part in (detail.claims, detail.table)] == places
    detail.claims.click()
    assert model.index(69, 1).data() == "We will stay"


def test_all_that_is_chosen_is_split_off_however_much_was_looked_at(
    window: ActorBookWindow, qtbot: QtBot
) -> None:
    finish(window, qtbot)
    window.entry_list.selectRow(0)
    finish(window, qtbot)
    detail = window.detail
    detail.quotes.selectAll()
    assert detail.quotes.count_chosen() == ARTICLES
    assert detail.split.isHidden(), "all of them are no part"
    detail.quotes.selectionModel().select(
        detail.quotes.model().index(0, 0),
        detail.quotes.selectionModel().SelectionFlag.Deselect
        | detail.quotes.selectionModel().SelectionFlag.Rows,
    )
    detail.split.click()
    assert detail.split_name.text() == "Amal"
    window._book.acts.split(detail.quotes.chosen(), "Amal Noor")
    finish(window, qtbot)
    lines = {item.actor.name: item.mentions for item in window._book.entries}
    assert lines == {"Amal": 1, "Amal Noor": 69}
    assert window.detail.name.text() == "Amal Noor"
    assert window.detail.marks.text() == "Marks 69"


def test_an_act_elsewhere_leaves_the_quotes_where_they_are(
    hands: Hands, window: ActorBookWindow, qtbot: QtBot
) -> None:
    finish(window, qtbot)
    window.entry_list.selectRow(0)
    finish(window, qtbot)
    quotes = window.detail.quotes
    quotes.scrollToBottom()
    quotes.selectRow(60)
    before = quotes.verticalScrollBar().value()
    article = hands.desk.library.rows[0].id
    hands.desk.act(lambda project: marking.mark(project, article, [(5, 10)], "claim"))
    finish(window, qtbot)
    hands.desk.refresh()
    finish(window, qtbot)
    assert (quotes.chosen(), quotes.verticalScrollBar().value()) == ([60], before)
    assert before > 0


def test_the_card_counts_open_mentions_as_the_list_does(
    hands: Hands, window: ActorBookWindow, qtbot: QtBot
) -> None:
    finish(window, qtbot)
    window.show_open()
    finish(window, qtbot)
    project = hands.desk.project
    assert project
    mentions = open_mentions.marks_of(project, window._book.groups[0])
    marking.delete(project, mentions[:1])
    hands.desk.refresh()
    finish(window, qtbot)
    assert window._book.groups[0].count == ARTICLES - 1
    assert window.mentions.title.text() == "“port” stands for nobody yet, 69 times"
    assert window.mentions.quotes.model().rowCount() == ARTICLES - 1


def test_a_name_typed_while_the_book_is_read_is_found(
    hands: Hands, window: ActorBookWindow, qtbot: QtBot
) -> None:
    finish(window, qtbot)
    window.show_open()
    finish(window, qtbot)
    window.close()
    window.show()
    window._book.show()
    assert not window._book.is_read
    enter(window.mentions.other, " Amal")
    assert hands.desk.undo_name == "Who are 70 mentions: “Amal”"
    finish(window, qtbot)


def test_closing_gives_the_reading_up(window: ActorBookWindow) -> None:
    window._book.show()
    window.close()
    assert not window._book.readings.go_on()


def test_a_book_without_entries_says_so(open_window: Callable[..., Hands]) -> None:
    hands = open_window()
    hands.press("Ctrl+B")
    window = hands.window.tools.actors
    assert window.empty.text().startswith("The book is empty.")
    assert (window.entries_chip.text(), window.open_chip.text()) == ("Actors 0", "Open mentions 0")
