"""The lists of the actor book say how far they are read, and nothing acts on a part of them when they are stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.presentation.book_reading import BOOK, OPEN
from annotator.presentation.chosen_marks import CLAIMS, MARKS, PROPOSAL
from annotator.services import actor_book, actor_entries, marking, open_mentions
from annotator.ui.actor_book.window import ActorBookWindow
from annotator.ui.reading_line import ReadingLine
from tests.support.large_book import ARTICLES, count_as_large, make_large_book
from tests.ui.conftest import Hands
from tests.ui.test_actor_book import enter, names

ALL = 3 * ARTICLES


class Book:
    """The actor book of a large project, of which the test reads the pieces, and is the clock."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.window: ActorBookWindow = hands.window.tools.actors
        self.window._reading.setInterval(10**7)
        self.window.show()
        self.window._book.show()

    def read(self, pieces: int = 1) -> None:
        for _ in range(pieces):
            self.window._book.readings.go_on()

    def finish(self) -> None:
        while self.window._book.readings.go_on():
            pass

    def until(self, name: str, marks: int) -> None:
        """Read until so many marks are read of what has this name."""
        readings = self.window._book.readings
        while not (readings.reads(name) and readings.reached(name)[0] >= marks):
            assert readings.go_on()

    def opened(self) -> None:
        """Read the book and choose its entry, of which nothing is read yet."""
        self.finish()
        self.window.entry_list.selectRow(0)

    def escape(self, where: QWidget) -> None:
        QTest.keyClick(where, Qt.Key.Key_Escape)

    @property
    def entry(self) -> str:
        return self.window._book.entries[0].actor.id

    @property
    def quotes(self) -> list[object]:
        model = self.window.detail.quotes.model()
        return [model.index(row, 1).data() for row in range(model.rowCount())]


def quotes_of(book: Book) -> list[str]:
    """Return the ids of the marks that are listed."""
    found = book.window._book.chosen_marks.marks
    return [quote.mark for place in range(len(found)) if (quote := found[place])]


def late(line: ReadingLine) -> None:
    assert line.late.isActive()
    line.late.timeout.emit()


def said(line: ReadingLine) -> tuple[str, str]:
    return line.words.text(), "" if line.button.isHidden() else line.button.text()


@pytest.fixture
def book(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Book:
    count_as_large(monkeypatch)
    return Book(open_window(path=make_large_book(tmp_path)))


def test_each_list_says_how_far_it_is_and_nothing_moves(book: Book) -> None:
    window = book.window
    parts = window.lists, window.new, window.filter
    places = [part.mapTo(window, QPoint(0, 0)) for part in parts]
    book.until(BOOK, 40)
    assert said(window.reached) == ("", "")
    late(window.reached)
    assert said(window.reached) == (f"40 of {ALL} marks read", "Stop  Esc")
    book.opened()
    assert said(window.reached) == ("", "")
    book.until(MARKS, 20)
    late(window.detail.reached)
    assert said(window.detail.reached) == ("20 of 70 marks read", "Stop  Esc")
    book.until(CLAIMS, 40)
    late(window.detail.reached)
    assert said(window.detail.reached) == ("40 of 70 marks searched for claims", "Stop  Esc")
    book.finish()
    assert said(window.detail.reached) == ("", "")
    window.show_open()
    book.until(OPEN, 60)
    late(window.reached)
    assert said(window.reached) == (f"60 of {ALL} marks read", "Stop  Esc")
    book.finish()
    window.open_list.clearSelection()
    window.open_list.selectRow(0)
    book.until(MARKS, 60)
    late(window.mentions.reached)
    assert said(window.mentions.reached) == (f"60 of {ALL} marks searched", "Stop  Esc")
    assert [part.mapTo(window, QPoint(0, 0)) for part in parts] == places


def test_a_book_that_was_stopped_says_so_and_is_read_on(book: Book) -> None:
    window = book.window
    book.until(BOOK, 60)
    late(window.reached)
    window.reached.button.click()
    book.finish()
    assert said(window.reached) == (f"Stopped: 60 of {ALL} marks read", "Read on")
    assert window.entries_chip.text() == "Actors …", "a part is not counted as if it were all"
    assert window.empty.text().startswith("This was not read to its end")
    window.show_open()
    book.finish()
    assert names(window.open_list) == []
    assert window.empty.text().startswith("This was not read to its end")
    window.reached.button.click()
    book.finish()
    assert names(window.open_list) == ["port"]
    assert window.open_chip.text() == f"Open mentions {ARTICLES}"
    assert said(window.reached) == ("", "")


def test_escape_stops_what_is_said_to_be_read_and_then_closes(book: Book) -> None:
    window = book.window
    book.opened()
    book.until(MARKS, 20)
    late(window.detail.reached)
    book.escape(window.entry_list)
    assert window.isVisible()
    assert window.detail.reached.is_stopped
    book.escape(window.entry_list)
    assert not window.isVisible()
    window.show()
    window._book.show()
    book.finish()
    assert book.quotes == ["Amal"] * ARTICLES, "who opens the book again wants to read"


def test_escape_closes_at_once_where_nothing_is_said(book: Book) -> None:
    book.read()
    book.escape(book.window.filter)
    assert not book.window.isVisible()


def test_no_mark_is_split_off_a_part(book: Book) -> None:
    window = book.window
    book.opened()
    book.until(MARKS, 20)
    late(window.detail.reached)
    window.detail.reached.stop()
    window.detail.quotes.selectRow(3)
    split = window.detail.split
    assert (split.isHidden(), split.isEnabled()) == (False, False)
    assert split.toolTip() == "The marks are not all read yet."
    window._book.acts.split([3], "Amal Noor")
    assert window.message.text() == "The marks to split off are not all read yet: read on first."
    window.detail.reached.read_on()
    book.finish()
    assert (split.isEnabled(), split.toolTip()) == (True, split.text())
    assert window.detail.quotes.chosen() == [3]
    split.click()
    desk = book.hands.desk
    first = quotes_of(book)[0]
    desk.act(lambda project: marking.delete(project, [first]))
    enter(window.detail.split_name, "Amal Noor")
    assert "not all read" in window.message.text(), "nor of what is read anew"
    assert window.detail.split_name.text() == "Amal Noor", "what was typed stays"
    assert not window.detail.split_name.isHidden()


def test_open_mentions_are_all_tied_though_they_were_stopped(book: Book) -> None:
    window = book.window
    book.finish()
    window.show_open()
    book.finish()
    window.open_list.clearSelection()
    window.open_list.selectRow(0)
    late(window.mentions.reached)
    window.mentions.reached.stop()
    assert window._book.readings.is_halted(PROPOSAL)
    assert window.mentions.reason.text() == "Not looked up in the book."
    window.mentions.new.click()
    book.finish()
    assert {item.actor.name: item.mentions for item in window._book.entries} == {
        "Amal": ARTICLES,
        "port": ARTICLES,
    }
    assert window._book.open_count == 0


def test_merging_moves_every_mark_though_they_were_stopped(book: Book) -> None:
    window, desk = book.window, book.hands.desk
    desk.act(lambda project: actor_entries.create(project, "Union"))
    book.finish()
    union = next(item.actor.id for item in window._book.entries if item.actor.name == "Union")
    window.entry_list.selectAll()
    window.merge._keep(union)
    book.until(MARKS, 20)
    late(window.merge.reached)
    assert said(window.merge.reached) == ("20 of 70 marks read", "Stop  Esc")
    window.merge.reached.stop()
    window.merge.merge.click()
    book.finish()
    lines = {item.actor.name: item.mentions for item in window._book.entries}
    assert lines == {"Union": ARTICLES}
    assert not window._book.readings.is_halted(MARKS), "another entry is chosen now"
    assert book.quotes == ["Amal"] * ARTICLES


def test_an_act_elsewhere_is_no_wish_to_read_on_and_is_not_missed(book: Book) -> None:
    window, desk = book.window, book.hands.desk
    book.opened()
    book.finish()
    entry = book.entry
    desk.refresh()
    book.until(BOOK, 40)
    late(window.reached)
    window.reached.stop()
    project = desk.project
    assert project
    (group,) = open_mentions.tally(project).largest()
    ids = open_mentions.marks_of(project, group)
    desk.act(lambda project: actor_book.assign_all(project, ids, entry))
    book.finish()
    assert said(window.reached) == ("Stopped", "Read on")
    assert window.detail.marks.text() == "Marks 140", "what is chosen does not wait for the list"
    assert len(book.quotes) == 2 * ARTICLES
    desk.act(lambda project: actor_entries.create(project, "Union"))
    assert names(window.entry_list) == ["Amal"]
    window.reached.read_on()
    book.finish()
    assert names(window.entry_list) == ["Amal", "Union"]
    assert window._book.entries[0].mentions == 2 * ARTICLES


def test_an_actor_made_while_the_list_is_stopped_stays_on_its_card(book: Book) -> None:
    window, desk = book.window, book.hands.desk
    book.read()
    late(window.reached)
    window.reached.stop()
    enter(window.new, "Union")
    assert window.detail.name.text() == "Union"
    article = desk.library.rows[0].id
    desk.act(lambda project: marking.mark(project, article, [(5, 10)], "actor"))
    assert window.cards.currentWidget() is window.detail
    assert window._book.chosen
    window._book.acts.retire()
    assert window.cards.currentWidget() is window.empty, "it is no longer in the book"


def test_another_entry_is_read_though_one_was_stopped(book: Book) -> None:
    window, desk = book.window, book.hands.desk
    desk.act(lambda project: actor_entries.create(project, "Union"))
    book.opened()
    book.until(MARKS, 20)
    late(window.detail.reached)
    window.detail.reached.stop()
    window.entry_list.selectRow(1)
    assert said(window.detail.reached) == ("", "")
    window.entry_list.selectRow(0)
    assert said(window.detail.reached) == ("", "")
    book.finish()
    assert book.quotes == ["Amal"] * ARTICLES


def test_an_entry_that_changes_while_it_is_read_is_read_anew(book: Book) -> None:
    window, desk = book.window, book.hands.desk
    book.opened()
    book.until(MARKS, 40)
    late(window.detail.reached)
    window.detail.reached.stop()
    project = desk.project
    assert project
    first = next(
        change.after.id
        for change in marking.mark(project, desk.library.rows[0].id, [(28, 32)], "actor").changes
        if change.after
    )
    entry = book.entry
    desk.act(lambda project: actor_book.assign(project, first, entry))
    assert said(window.detail.reached) == ("Stopped", "Read on")
    window.detail.reached.read_on()
    book.finish()
    assert len(book.quotes) == ARTICLES + 1


def test_closing_while_it_reads_leaves_no_clock_running(book: Book) -> None:
    window = book.window
    book.opened()
    book.read()
    late(window.detail.reached)
    desk = book.hands.desk
    desk.refresh()
    window.close()
    clocks = [clock for clock in window.findChildren(QTimer) if clock.isActive()]
    assert clocks in ([], [window._reading])
    window._reading.timeout.emit()
    assert not window._reading.isActive(), "there is nothing more to read, so it stops"
    assert said(window.detail.reached) == ("", "")


def test_a_project_that_is_closed_leaves_nothing_to_read_on(book: Book) -> None:
    window = book.window
    book.read()
    late(window.reached)
    window.reached.stop()
    book.hands.desk.close()
    assert said(window.reached) == ("", "")
    assert not window._book.readings.go_on()
