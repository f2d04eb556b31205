"""Searching by typing: lines come, Enter goes to the text, a letter marks what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.services import history, reading
from annotator.ui.search_panel import LEFT, RIGHT, WORDS, SearchPanel
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
