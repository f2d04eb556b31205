"""The window is seen before the program behind it, and the article before a long list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.article import Verdict
from annotator.presentation import early_rows, library, seeking
from annotator.presentation.acts.articles import FOUND, LOOKING
from annotator.presentation.memory import Memory
from annotator.presentation.menu_names import MENUS
from annotator.presentation.queue import Order, Stage
from annotator.services import first_look, reading, states
from annotator.services.codebooks import default_codebook
from annotator.store import states as stored_states
from annotator.ui import article_list
from annotator.ui.main_window import MainWindow
from tests.support.hands import Hands
from tests.support.material import make_project

TEXTS = [f"Amal spoke in town {number}.\n\nBoris answered her." for number in range(6)]


@pytest.fixture
def long_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of two articles is long, and is read one article in each turn."""
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 1)
    monkeypatch.setattr(article_list, "MOMENT_SECONDS", 0)
    monkeypatch.setattr(article_list, "NEXT_TURN_MILLISECONDS", 0)


@pytest.fixture
def opened(long_list: None, qtbot: QtBot, tmp_path: Path) -> Callable[[], MainWindow]:
    """Return a function that opens a window on a project with a long list, not yet read."""

    def open_it() -> MainWindow:
        make_application()
        memory = Memory(None)
        memory.preferences.tour_done = True
        window = MainWindow(memory, "test")
        qtbot.addWidget(window)
        window.show()
        with make_project(tmp_path, *TEXTS) as project:
            path = project.path
        window.start(path)
        return window

    return open_it


def larger(window: MainWindow) -> QPushButton:
    """Return the button for larger text."""
    return next(each for each in window.top.findChildren(QPushButton) if each.text() == "A+")


def fill(window: MainWindow) -> None:
    """Let the window read its list."""
    for _ in range(200):
        if not window.desk.library.is_awaited:
            QApplication.processEvents()  # what is counted is told with the next turn
            return
        QApplication.processEvents()
    raise AssertionError("the list was never there")


def fill_by_hand(window: MainWindow) -> None:
    """Read the list to its end in this very moment."""
    while window.desk.library.is_being_read:
        window.articles.read_on()


def test_the_page_has_the_keys_however_late_the_window_gets_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    make_application()
    window = MainWindow(Memory(None), "test", bare=True)
    qtbot.addWidget(window)
    # Painted, but not yet the one that is typed into: so it is while the desktop is busy.
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    assert window.focusWidget() is window.skeleton, "no button looks as if it had been chosen"
    window.build()
    with make_project(tmp_path, TEXTS[0]) as project:
        path = project.path
    window.start(path)
    assert window.focusWidget() is window.page
    assert window.page.isVisible(), "what is hidden gets no keys when the window does"


def test_a_bare_window_shows_where_its_parts_will_be(qtbot: QtBot, tmp_path: Path) -> None:
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory, "test", bare=True)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.skeleton.painted):
        window.show()
    shown = window.skeleton.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == window.skeleton.theme.page
    assert shown.pixelColor(4, shown.height() // 2) == window.skeleton.theme.panel
    place = window.geometry()
    window.build()
    with make_project(tmp_path, *TEXTS) as project:
        path = project.path
    window.start(path)
    assert window.geometry() == place
    assert window.desk.reader.page.text == TEXTS[0]
    window.close()


def test_menus_and_bar_stay_where_they_were_seen_first(qtbot: QtBot) -> None:
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory, "test", bare=True)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.skeleton.painted):
        window.show()
    QTest.mouseClick(larger(window), Qt.MouseButton.LeftButton)
    assert memory.preferences.zoom == 100
    assert [menu.text().replace("&", "") for menu in window.menuBar().actions()] == list(MENUS)
    buttons = window.top.findChildren(QPushButton)
    before = [(each.text(), each.mapTo(window, QPoint())) for each in buttons]
    assert len(before) == 7
    window.build()
    QApplication.processEvents()
    assert [(each.text(), each.mapTo(window, QPoint())) for each in buttons] == before
    QTest.mouseClick(larger(window), Qt.MouseButton.LeftButton)
    assert memory.preferences.zoom > 100
    window.close()


def test_the_first_frame_has_the_name_and_the_layers_of_the_project(
    qtbot: QtBot, tmp_path: Path
) -> None:
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    memory.preferences.keys = {"mark.as.claim": ["Ctrl+J"], "mark.as.actor": []}
    window = MainWindow(memory, "test", bare=True)
    qtbot.addWidget(window)
    with make_project(tmp_path, *TEXTS) as project:
        path = project.path
    window.expect(path, first_look.layers(path))
    with qtbot.waitSignal(window.skeleton.painted):
        window.show()

    def seen() -> list[tuple[str, QPoint, bool]]:
        chips = window.top.findChildren(QPushButton, "layer")
        return [
            (each.text(), each.mapTo(window, QPoint()), each.isChecked())
            for each in chips
            if each.isVisible()
        ]

    before = seen()
    assert len(before) == 4
    for each in window.top.findChildren(QPushButton, "layer"):
        QTest.mouseClick(each, Qt.MouseButton.LeftButton)
    assert window.windowTitle() == f"{path.stem} — annotator"
    window.build()
    window.start(path)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert seen() == before
    assert window.windowTitle() == f"{path.stem} — annotator"
    window.close()


def test_the_layers_have_the_colours_of_a_theme_that_came_after_the_first_frame(
    qtbot: QtBot, tmp_path: Path
) -> None:
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    memory.preferences.theme = "light"
    window = MainWindow(memory, "test", bare=True)
    qtbot.addWidget(window)
    with make_project(tmp_path, *TEXTS) as project:
        path, layers = project.path, project.codebook.open_layers
    window.expect(path, first_look.layers(path))
    window.show()
    memory.set("theme", "dark")
    window.build()
    window.start(path)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    chips = window.top.findChildren(QPushButton, "layer")
    assert len(chips) == len(layers)
    for chip, layer in zip(chips, layers, strict=True):
        assert layer.colour[1] in chip.styleSheet()
    window.close()


def test_what_is_no_colour_is_no_style(qtbot: QtBot) -> None:
    make_application()
    window = MainWindow(Memory(None), "test", bare=True)
    qtbot.addWidget(window)
    layer = default_codebook().open_layers[0]
    window.top.expect([replace(layer, colour=("red; } QWidget { background: red", "x"))], {})
    (chip,) = window.top.findChildren(QPushButton, "layer")
    assert "background" not in chip.styleSheet()


def test_what_was_expected_but_cannot_be_opened_is_not_shown(qtbot: QtBot, tmp_path: Path) -> None:
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory, "test", bare=True)
    qtbot.addWidget(window)
    with make_project(tmp_path, *TEXTS) as project:
        path = project.path
    window.expect(path, first_look.layers(path))
    window.show()
    path.unlink()
    window.build()
    window.start(path)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.windowTitle() == "annotator"
    assert not window.top.findChildren(QPushButton, "layer")
    window.close()


def test_a_bare_window_can_be_closed_and_resized(qtbot: QtBot) -> None:
    make_application()
    window = MainWindow(Memory(None), "test", bare=True)
    qtbot.addWidget(window)
    window.show()
    window.resize(700, 500)
    assert window.close()


def test_the_article_is_there_before_a_long_list(opened: Callable[[], MainWindow]) -> None:
    window = opened()
    shown = window.desk.library
    assert shown.is_awaited
    assert not shown.rows
    assert window.desk.reader.page.text == TEXTS[0]
    fill(window)
    assert [row.id for row in shown.rows] == [
        item.article.id for item in reading.list_articles(window.desk.project)
    ]
    assert shown.counts[Stage.ALL] == shown.counts[Stage.OPEN] == len(TEXTS)
    assert window.articles.view.currentIndex().row() == 0
    window.close()


def test_what_is_marked_before_the_list_is_there_is_counted_once(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    hands = Hands(window)
    QApplication.processEvents()
    window.desk.reader.page.select(0, 4)
    hands.press("a")
    fill(window)
    row = window.desk.library.rows[0]
    assert [sign.count for sign in row.signs if sign.layer == "actor"] == [1]
    assert window.desk.library.counts[Stage.BEGUN] == 1
    window.close()


def test_the_next_article_does_not_wait_for_the_list(opened: Callable[[], MainWindow]) -> None:
    window = opened()
    listed = [item.article.id for item in reading.list_articles(window.desk.project)]
    shown = window.desk.library
    assert sought(window, forward=True) == listed[1]
    assert sought(window, forward=False) is None
    window.desk.open_article(listed[3])
    assert sought(window, forward=True) == listed[4]
    assert sought(window, forward=False) == listed[2]
    window.desk.nothing_found()
    assert shown.current == listed[4]
    assert shown.is_awaited, "nothing of this needed the whole list"
    window.desk.open_article(listed[2])
    assert sought(window, forward=True) == listed[4], "the finished one is passed over"
    fill(window)
    assert sought(window, forward=True) == listed[4]
    window.close()


def test_in_another_order_the_next_article_is_known_once_the_list_is_read(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    shown = window.desk.library
    shown.set_order(Order.TITLE)
    window.desk.go(forward=True)
    assert shown.is_awaited, "the window does not stop for it"
    assert window.desk.messages.last.text == LOOKING
    fill(window)
    assert shown.current == shown.rows[1].id
    assert window.desk.messages.last.text == FOUND
    window.close()


@pytest.fixture
def many_finished(
    opened: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, list[str]]:
    """A window on the first of many articles, of which all but the first and last are finished.

    One article is looked at in each turn for one that is open.
    """
    window = opened()
    project = window.desk.project
    listed = [item.article.id for item in reading.list_articles(project)]
    for article in listed[1:-1]:
        layers = [layer.name for layer in project.codebook.open_layers]
        states.set_verdict(project, article, layers, Verdict.NOTHING_FOUND)
    monkeypatch.setattr(reading, "LOOKED_AT_ONCE", 1)
    monkeypatch.setattr(seeking, "AT_ONCE", 1)
    return window, listed


def test_the_next_article_behind_many_finished_ones_is_looked_for_bit_by_bit(
    many_finished: tuple[MainWindow, list[str]],
) -> None:
    window, listed = many_finished
    shown = window.desk.library
    window.desk.go(forward=True)
    for _ in range(3):
        assert shown.is_seeking
        assert shown.current == listed[0]
        window.desk.go(forward=True)  # once more: the looking goes on where it is
        one_turn(window)
    one_turn(window)
    assert shown.current == listed[-1]
    assert window.desk.messages.last.text == FOUND
    assert shown.is_awaited, "nothing of this needed the whole list"
    window.desk.nothing_found()
    assert window.desk.messages.last.text == LOOKING
    while shown.is_seeking:
        one_turn(window)
    assert shown.current == listed[0], "none is below, and one above"
    window.desk.nothing_found()
    while shown.is_seeking:
        one_turn(window)
    assert window.desk.messages.last.text.startswith("That was the last open article")
    assert window.desk.messages.last.undoable
    fill(window)
    window.close()


def test_who_does_something_else_meanwhile_is_not_taken_to_another_article(
    many_finished: tuple[MainWindow, list[str]],
) -> None:
    window, listed = many_finished
    shown = window.desk.library
    for instead in (
        lambda: window.desk.set_verdicts(Verdict.DONE, ["claim"]),
        lambda: window.desk.open_article(listed[2]),
        lambda: shown.set_filter("Article"),
    ):
        window.desk.open_article(listed[0])
        window.desk.go(forward=True)
        assert shown.is_seeking
        instead()
        assert not shown.is_seeking
        shown.set_filter("")
    fill(window)
    assert shown.current == listed[0]
    window.close()


def test_what_is_looked_for_is_known_as_soon_as_the_list_is_read(
    many_finished: tuple[MainWindow, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, listed = many_finished
    shown = window.desk.library
    monkeypatch.setattr(reading, "LISTED_AT_ONCE", 100)
    window.desk.go(forward=True)
    while shown.is_awaited:
        assert shown.is_seeking
        one_turn(window)
    assert shown.current == listed[-1]
    window.close()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody looks, two rows are read."""
    monkeypatch.setattr(early_rows, "BEFORE", 0)
    monkeypatch.setattr(early_rows, "LOOKED_AT", 2)


def sought(window: MainWindow, *, forward: bool) -> str | None:
    """Return the next open article, which is found at once."""
    found: list[str | None] = []
    window.desk.library.seek((forward,), found.append)
    (article,) = found
    return article


def titles(window: MainWindow) -> list[str | None]:
    """Return what the view shows in its rows; None where a row is not read yet."""
    model = window.articles.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def one_turn(window: MainWindow) -> None:
    """Let the list read one bit."""
    window.articles.read_on()


@pytest.mark.usefixtures("narrow")
def test_rows_around_the_article_are_shown_before_the_list_is_read(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    last = reading.list_articles(window.desk.project)[3].article.id
    window.desk.open_article(last)
    assert titles(window) == []
    one_turn(window)
    assert titles(window) == [None, None, None, "Article 4", "Article 5", None]
    view = window.articles.view
    assert view.isVisible()
    assert view.currentIndex().row() == 3
    one_turn(window)  # copies are counted
    one_turn(window)
    assert titles(window) == ["Article 1", None, None, "Article 4", "Article 5", None]
    assert window.desk.library.is_awaited
    fill(window)
    assert titles(window) == [f"Article {number}" for number in range(1, 7)]
    assert view.currentIndex().row() == 3
    window.close()


@pytest.mark.usefixtures("narrow")
def test_a_row_that_is_not_read_yet_can_be_chosen(opened: Callable[[], MainWindow]) -> None:
    window = opened()
    one_turn(window)
    view = window.articles.view
    assert titles(window)[4:] == [None, None]
    view.setCurrentIndex(view.model().index(4, 0))
    assert window.desk.reader.article.meta.title == "Article 5"
    assert titles(window)[4:] == ["Article 5", "Article 6"]
    assert window.desk.library.is_awaited
    fill(window)
    assert view.currentIndex().row() == 4
    window.close()


@pytest.mark.usefixtures("narrow")
def test_rows_that_come_into_sight_are_read_first(opened: Callable[[], MainWindow]) -> None:
    window = opened()
    window.resize(900, 420)
    one_turn(window)
    view = window.articles.view
    view.scrollToBottom()
    view.viewport().grab()
    one_turn(window)
    read = [row for row, title in enumerate(titles(window)) if title]
    assert set(read) > {0, 1}
    assert max(read) > 2, "what is in sight comes before what is next"
    where = view.verticalScrollBar().value()
    fill(window)
    assert view.verticalScrollBar().value() == where, "the list stays where somebody looks"
    window.close()


@pytest.mark.usefixtures("narrow")
def test_an_act_while_the_list_is_read_leaves_its_rows_in_sight(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    one_turn(window)
    assert titles(window)[:2] == ["Article 1", "Article 2"]
    window.desk.reader.page.select(0, 4)
    Hands(window).press("a")
    assert window.desk.library.is_awaited
    assert titles(window)[:2] == ["Article 1", "Article 2"]
    row = window.desk.library.row_at(0)
    assert [sign.count for sign in row.signs if sign.layer == "actor"] == [1]
    fill(window)
    window.close()


def test_an_act_while_the_list_is_read_leaves_what_is_said_of_it(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    while window.desk.library.reached < 4:
        one_turn(window)
    window.articles._between.stop()
    window.desk.library.drive = lambda _: pytest.fail("what is read already was read again")
    window.desk.reader.page.select(0, 4)
    Hands(window).press("a")
    QApplication.processEvents()
    assert window.articles.bar.value() == 4
    assert window.articles.progress.text() == "Listing 6 articles …"
    window.articles._between.start()
    fill(window)
    window.close()


@pytest.mark.parametrize("again", [False, True])
def test_a_list_that_cannot_be_read_says_so_in_its_place(
    opened: Callable[[], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    again: bool,
) -> None:
    window = opened()
    window.articles._between.stop()
    if again:
        monkeypatch.setattr(article_list, "MANY_AGAIN", 2)
        fill_by_hand(window)
        window.desk.refresh()
        window.articles._between.stop()
    while window.desk.library.reached < 2:
        one_turn(window)
    assert "Listing" in window.articles.progress.text()
    spoilt = Mock(side_effect=sqlite3.DatabaseError("malformed"))
    monkeypatch.setattr(stored_states, "of_articles", spoilt)
    with qtbot.capture_exceptions() as faults:
        window.articles._between.start()
        while window.articles._between.isActive():
            QApplication.processEvents()
        QApplication.processEvents()
    assert len(faults) == 1, "it is reported, and only once"
    progress, empty = window.articles.progress.text(), window.articles.empty
    assert (progress, empty.isVisible()) == ((library.UNREAD, False) if again else ("", True))
    assert empty.isHidden() or empty.text() == library.UNREAD
    assert titles(window) == ([f"Article {number}" for number in range(1, 7)] if again else [])
    window.close()


@pytest.mark.usefixtures("narrow")
def test_a_list_that_is_filtered_waits_until_it_is_read(opened: Callable[[], MainWindow]) -> None:
    window = opened()
    one_turn(window)
    window.articles.filter.setText("Article 6")
    assert titles(window) == []
    window.articles.filter.setText("")
    assert titles(window)[:2] == ["Article 1", "Article 2"]
    window.articles.filter.setText("Article 6")
    fill(window)
    assert titles(window) == ["Article 6"]
    window.close()


def test_a_window_closed_before_its_list_is_there_leaves_nothing_behind(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    assert window.desk.library.is_awaited
    window.close()
    assert not window.desk.library.is_awaited
    for _ in range(5):
        QApplication.processEvents()


def test_a_list_that_is_being_read_when_the_project_is_closed_is_read_no_further(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    library, waits = window.desk.library, list[bool]()
    assert library.is_being_read
    window.desk.closing.connect(lambda _: waits.append(library.is_being_read))
    window.desk.close()
    assert waits == [False]
    assert (library.length, window.articles.view.model().rowCount()) == (0, 0)
    window.close()


def test_the_last_article_comes_first_again(
    opened: Callable[[], MainWindow],
) -> None:
    window = opened()
    fill(window)
    last = window.desk.library.rows[3].id
    path = window.desk.project.path
    window.desk.close()
    assert window.desk.open_project(path, last)
    assert window.desk.library.is_awaited
    assert window.desk.reader.article.id == last
    fill(window)
    assert window.articles.view.currentIndex().row() == 3
    window.close()


def test_a_long_list_that_is_read_again_says_so(
    opened: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_list, "MANY_AGAIN", 2)
    window = opened()
    fill(window)
    said = window.articles.progress.text()
    window.desk.refresh()
    told = set()
    while window.desk.library.is_behind:
        QApplication.processEvents()
        if window.articles.is_told_again:
            told.add((window.articles.progress.text(), window.articles.bar.value()))
    assert ("Listing 6 articles again …", 3) in told
    assert len(window.desk.library.rows) == len(TEXTS)
    QApplication.processEvents()
    assert window.articles.progress.text() == said == "0 of 6 articles finished"
    window.close()
