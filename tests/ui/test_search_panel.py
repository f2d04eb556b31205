"""Searching by typing: lines come, Enter goes to the text, a letter marks what is chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.contrast import ratio
from annotator.presentation.article_row import ArticleRow
from annotator.presentation.saved_searches import COLOURS
from annotator.services import history, reading
from annotator.ui.search.lines import LEFT, RIGHT, WORDS
from annotator.ui.search.panel import SearchPanel
from annotator.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tests.support.material import STORY
from tests.ui.conftest import Hands

OTHER = "Another paper.\n\nHaddad and the harbour once more: “C++”, said Haddad."


def panel_of(open_window: Callable[..., Hands]) -> tuple[Hands, SearchPanel]:
    hands = open_window(STORY, OTHER)
    hands.press("Ctrl+Shift+F")
    panel = hands.window.findChild(SearchPanel)
    assert panel
    assert panel.isVisible()
    assert panel.field.hasFocus()
    return hands, panel


def seen(hands: Hands) -> list[ArticleRow]:
    """Return the rows of the list of articles as they are shown."""
    listed = hands.desk.library
    rows = [listed.row_at(place) for place in range(listed.length)]
    return [row for row in rows if row]


def typed(hands: Hands, panel: SearchPanel, words: str) -> list[tuple[str, ...]]:
    panel.field.clear()
    QTest.keyClicks(panel.field, words)
    QTest.qWait(120)
    hands.settle()
    model = panel.view.model()
    return [
        tuple(str(model.index(row, column).data()) for column in (LEFT, WORDS, RIGHT))
        for row in range(model.rowCount())
    ]


def test_lines_come_while_typing_and_enter_goes_there(open_window) -> None:
    hands, panel = panel_of(open_window)
    lines = typed(hands, panel, "hadd")
    assert [words for _, words, _ in lines] == ["Haddad", "Haddad", "Haddad"]
    assert panel.count.text() == "3 places in 2 articles"
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    assert hands.desk.reader.article.title == "Article 2"
    assert hands.page.text[slice(*hands.page.selection)] == "Haddad"
    assert hands.window.page.hasFocus()
    hands.press("A")
    assert [mark.text for mark in hands.desk.reader.marks.values()] == ["Haddad"]


def test_chosen_lines_are_marked_by_a_letter_in_one_step(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "haddad")
    hands.key(Qt.Key.Key_Return)
    panel.view.selectAll()
    hands.settle()
    QTest.keyClicks(panel.view, "a")
    hands.settle()
    project = hands.desk.project
    marks = [
        mark.text
        for item in reading.list_articles(project)
        for mark in reading.open_article(project, item.article.id).marks
    ]
    assert marks == ["Haddad"] * 3
    QTest.keyClicks(panel.view, "a")
    hands.settle()
    assert "nothing new" in hands.desk.messages.last.text
    history.undo(project)
    hands.desk.refresh()
    assert not hands.desk.reader.marks


def test_signs_and_empty_results_are_explained(open_window) -> None:
    hands, panel = panel_of(open_window)
    assert [words for _, words, _ in typed(hands, panel, "c++")] == ["C++"]
    assert typed(hands, panel, "zebra") == []
    assert panel.help.isVisible()
    assert "No article" in panel.help.text()
    typed(hands, panel, "after:soon x")
    assert "no date" in panel.count.text()


def run_pattern(hands: Hands, panel: SearchPanel, pattern: str, qtbot: QtBot) -> list[str]:
    panel.pattern.click()
    panel.field.clear()
    QTest.keyClicks(panel.field, pattern)
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.window._job is None and bool(panel.count.text()), timeout=20_000)
    model = panel.view.model()
    return [str(model.index(row, WORDS).data()) for row in range(model.rowCount())]


def test_a_pattern_waits_for_enter_and_is_told_when_it_is_none(open_window, qtbot) -> None:
    hands, panel = panel_of(open_window)
    assert run_pattern(hands, panel, r"har\w+r\b", qtbot) == ["harbour", "harbour"]
    assert panel.count.text() == "2 places in 2 articles"
    panel.field.setFocus()
    panel.field.clear()
    QTest.keyClicks(panel.field, "(")
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no regular expression" in panel.count.text(), timeout=20_000)
    assert panel.view.model().rowCount() == 0
    assert panel.view.isHidden()


def test_every_place_of_the_search_is_framed_in_the_article(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "union")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert [hands.page.text[slice(*hit)] for hit in hands.page.hits] == ["union", "union"]
    hands.press("Escape")
    assert hands.page.hits == ()


@pytest.mark.parametrize("way", ["Escape", "its sign", "other words"])
def test_frames_go_with_the_search_that_made_them(open_window, way: str) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "union")
    panel._search.keep("rose")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert len(hands.page.hits) == 2
    if way == "its sign":
        panel.close()
    else:
        panel.field.setFocus()
        hands.settle()
        hands.press(way if way == "Escape" else "s")
        QTest.qWait(120)
    hands.settle()
    assert hands.page.hits == ()
    assert hands.page.text[slice(*hands.page.selection)] == "union", "what was found stays selected"
    assert len(hands.page.coloured) == 2, "what was kept with a colour stays"


def test_what_is_found_in_the_article_stays_framed_when_the_search_closes(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "union")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    hands.press("Ctrl+G")
    QTest.keyClicks(hands.window.popups.find_bar.field, "harbour")
    panel.close()
    assert [hands.page.text[slice(*hit)] for hit in hands.page.hits] == ["harbour"]


def test_kept_searches_colour_articles_and_words(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "harbour once")
    panel._search.keep("teal")
    typed(hands, panel, "union")
    panel._search.keep("rose")
    hands.settle()
    rows = {row.title: [key.letter for key in row.keywords] for row in seen(hands)}
    assert rows == {"Article 1": ["U"], "Article 2": ["H"]}
    text = hands.page.text
    assert [text[slice(*extent)] for extent, _ in hands.page.coloured] == ["union", "union"]
    hands.window.page.setFocus()
    hands.press("]")
    text = hands.page.text
    assert [text[slice(*extent)] for extent, _ in hands.page.coloured] == ["harbour", "once"]
    panel._fill_kept()
    titles = [action.text() for action in panel.kept.menu().actions()]
    assert titles[:2] == ["harbour once", "union"]
    panel.kept.menu().actions()[0].trigger()
    hands.settle()
    assert panel.field.text() == "harbour once"
    assert panel.count.text() == "2 places in 1 article"
    panel._search.forget()
    assert hands.page.coloured == ()
    assert [row.keywords for row in seen(hands) if row.title == "Article 2"] == [()]


def test_a_search_is_narrowed_from_a_menu(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "haddad")
    hands.desk.reader.page.select(0, 4)
    hands.window.page.setFocus()
    hands.press("C")
    panel._fill_narrow()
    claim = next(one for one in panel.narrow.menu().actions() if "has:claim" in one.text())
    claim.trigger()
    hands.settle()
    assert panel.field.text() == "haddad has:claim"
    assert panel.count.text() == "1 place in 1 article"


def test_kept_searches_are_there_in_the_next_window(open_window) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "union")
    panel._search.keep("amber")
    path = hands.desk.project.path
    hands.window.close()
    again = open_window(path=path)
    assert [row.keywords[0].words for row in seen(again) if row.keywords] == ["union"]


def test_words_stay_readable_on_every_colour() -> None:
    for theme in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK):
        for pair in COLOURS.values():
            ground = theme.tint(theme.shade(pair), theme.box)
            assert ratio(theme.text.name(), ground.name()) >= 4.5


def test_the_search_and_the_table_of_marks_lie_on_each_other(open_window) -> None:
    hands, panel = panel_of(open_window)
    width = panel.width()
    hands.press("Ctrl+T")
    table = hands.window.tools.marks
    assert hands.window.tabifiedDockWidgets(table) == [panel]
    assert table.hasFocus(), "there is no mark to go to"
    assert table.width() == width
    hands.press("Ctrl+Shift+F")
    assert panel.field.hasFocus()
    hands.press("Ctrl+T")
    assert table.isVisible()
    assert table.hasFocus()
    hands.press("Ctrl+T")
    assert not table.isVisible()
    assert hands.window.page.hasFocus()


@pytest.mark.parametrize("from_lines", [False, True])
def test_escape_closes_the_search_and_leads_to_the_page(open_window, from_lines: bool) -> None:
    hands, panel = panel_of(open_window)
    typed(hands, panel, "hadd")
    if from_lines:
        hands.key(Qt.Key.Key_Return)
        assert panel.view.hasFocus()
    hands.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert hands.window.page.hasFocus()
    hands.press("Ctrl+Shift+F")
    assert panel.isVisible()
    assert panel.field.text() == "hadd"
