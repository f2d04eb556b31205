"""The manual in its window; F1 opens it where one is."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.presentation.manual import TOPICS
from annotator.services import manual
from annotator.ui.help import topic_of
from annotator.ui.manual_window import ManualWindow
from tests.ui.conftest import Hands

ANSWERED_AT_ONCE = {"Question", "Choice", "FaultDialog", "AboutDialog", "Waiting"}
"""Windows that need no help: a question, a report, who made this, how far something is."""


def shown(hands: Hands) -> ManualWindow:
    """Return the manual, which must be open."""
    window = hands.window.findChild(ManualWindow)
    assert window
    assert window.isVisible()
    return window


def test_every_panel_has_a_topic_that_the_manual_has() -> None:
    folder = Path(annotator.ui.__file__).parent
    bases: dict[str, set[str]] = {
        item.name: {base.id for base in item.bases if isinstance(base, ast.Name)}
        for file in folder.rglob("*.py")
        for item in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(item, ast.ClassDef)
    }
    own = {"QDialog", "QDockWidget", "StayingDialog"}
    windows = {name for name, of in bases.items() if of & own} - own
    assert "ActorBookWindow" in windows
    assert windows - ANSWERED_AT_ONCE <= set(TOPICS), "name its section of the manual in TOPICS"
    assert set(TOPICS) <= set(bases)
    for topic in TOPICS.values():
        name, _, anchor = topic.partition("#")
        anchors = [heading.anchor for heading in manual.page(name).headings]
        assert not anchor or anchor in anchors, topic


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("F6", "Mark"),
        ("Ctrl+F", "Say how far you are"),
        ("Ctrl+Shift+F", "Searching all articles"),
        ("Ctrl+T", "The table of marks"),
    ],
)
def test_f1_helps_where_the_focus_is(hands: Hands, key: str, title: str) -> None:
    hands.drag("union")
    hands.press("A", key, "F1")
    window = shown(hands)
    topic = topic_of(QApplication.focusWidget())
    assert topic == "index", "the manual itself has the focus now"
    here = manual.page(window._here)
    assert title in [heading.title for heading in here.headings]
    assert title in window.page.toPlainText()
    window.close()


def test_f1_helps_in_other_windows_too(hands: Hands) -> None:
    hands.window.run_by_id("view.actors")
    book = hands.window.tools.actors
    assert book.isVisible()
    hands.settle()
    QTest.keyClick(book.focusWidget() or book, Qt.Key.Key_F1)
    hands.settle()
    assert shown(hands)._here == "tables"


def test_pages_lead_to_each_other_and_back(hands: Hands) -> None:
    hands.window.run_by_id("help.manual")
    window = shown(hands)
    assert window._here == "index"
    window.page.anchorClicked.emit(QUrl("team.md"))
    assert window._here == "team"
    window.page.anchorClicked.emit(QUrl("tables.md#the-codebook"))
    assert window._here == "tables"
    assert window.page.verticalScrollBar().value() > 0
    window.back.click()
    assert window._here == "team"
    window.back.click()
    assert window._here == "index"
    assert not window.back.isEnabled()


def test_words_are_found_in_the_manual(hands: Hands, qtbot: QtBot) -> None:
    hands.window.run_by_id("help.manual")
    window = shown(hands)
    qtbot.waitUntil(lambda: not window.is_filling)
    everything = window.contents.count()
    QTest.keyClicks(window.field, "holder")
    titles = [window.contents.item(row).text() for row in range(window.contents.count())]
    assert 0 < len(titles) < everything
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    assert window.focusWidget() is window.contents
    assert "holder" in window.page.toPlainText()
    window.field.setText("zebra crossing")
    assert "Nothing in the manual" in window.contents.item(0).text()
    window.field.clear()
    qtbot.waitUntil(lambda: not window.is_filling)
    assert window.contents.count() == everything


def test_every_page_shows_its_pictures_and_headings(hands: Hands) -> None:
    hands.window.run_by_id("help.manual")
    window = shown(hands)
    for page in manual.pages():
        window._manual.open(page.name)
        assert window.page.toPlainText().startswith(page.title)
        for line in page.plain.splitlines():
            if line.startswith("!["):
                name = line.partition("(")[2].rstrip(")")
                assert not window.page.loadResource(2, QUrl(name)).isNull(), (page.name, name)


def test_the_first_page_names_every_other() -> None:
    first = manual.page("index").plain
    for page in list(manual.pages())[1:]:
        assert f"({page.name}.md)" in first, page.name


def test_help_follows_the_users_own_key(open_window: Callable[..., Hands]) -> None:
    hands = open_window()
    hands.desk.set_own_keys({"help.here": ["F12"]})
    hands.press("F12")
    assert shown(hands).isVisible()
