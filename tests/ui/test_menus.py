"""The menus at the top: long ones stand in groups, and a line stands above known commands only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from annotator.presentation.commands.table import general_commands
from annotator.presentation.menu_names import MENUS
from annotator.ui.menus import GROUPS
from tests.support.material import make_project
from tests.ui.conftest import Hands

MOST = 10
"""So many entries can be looked through at a glance."""


def test_no_group_is_long_and_none_is_empty(open_window: Callable[..., Hands]) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    bar = hands.window.menuBar()
    for name, action in zip(MENUS, bar.actions(), strict=True):
        menu = action.menu()
        menu.aboutToShow.emit()
        group = 0
        for entry in menu.actions():
            group = 0 if entry.isSeparator() else group + 1
            assert group <= MOST, name
        assert not menu.actions() or not menu.actions()[0].isSeparator()


def test_every_line_stands_above_a_command() -> None:
    assert set(GROUPS) <= {command.id for command in general_commands()}


def test_alt_and_a_letter_open_a_menu_and_layers_keep_theirs(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    hands.key(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.title() == "&View"
    menu.close()
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None
    assert not hands.page.is_visible("sentiment")


IN_ONE_COLUMN = 14


def entries(menu: QMenu) -> list[str]:
    """Return what stands in a menu, without its lines and keys."""
    return [entry.text().split("\t")[0] for entry in menu.actions() if not entry.isSeparator()]


def below(menu: QMenu) -> list[QMenu]:
    """Return a menu and those that open from it."""
    found = [menu]
    for entry in menu.actions():
        inner = entry.menu()
        found += below(inner) if isinstance(inner, QMenu) else []
    return found


def test_the_menu_of_a_mark_is_one_short_column_and_leaves_nothing_out(hands: Hands) -> None:
    for words, key in (("Amal Haddad", "A"), ("insult", "S"), ("said", "Q")):
        hands.drag(words)
        hands.press(key)
    hands.drag("We will not go back")
    hands.drag("until the night shift", modifiers=Qt.KeyboardModifier.ControlModifier)
    hands.press("C", "Ctrl+Z")
    hands.press("Ctrl+Shift+Z")
    hands.click("We will")
    menu = hands.menu("We will")
    assert entries(menu) == [
        "Mode", "Stance", "Kind", "Topics …", "Date …", "Source: Amal Haddad", "Source: choose …",
        "The author says or feels this", "Source or holder is unknown", "Other ties",
        "Write a note on the mark", "Delete the mark",
        "Take the fragment under the caret out of the mark", "Turn into", "Mark more",
        "Undo: Mark claim “We will not go back … until the night sh…”",
    ]  # fmt: skip
    offered = {entry.text().split("\t")[-1] for each in below(menu) for entry in each.actions()}
    of_a_claim = {
        command.key
        for command in hands.desk.commands
        if command.id.startswith(("value.claim.", "link.claim→")) and command.available(hands.desk)
    }
    assert of_a_claim <= offered
    menu.close()
    for words in ("Haddad", "insult", "said"):
        menu = hands.menu(words)
        assert all(len(entries(each)) <= IN_ONE_COLUMN for each in below(menu))
        menu.close()


def test_the_menu_of_a_mark_names_whom_it_would_be_tied_to_and_leads_to_what_is_typed(
    hands: Hands,
) -> None:
    hands.drag("We will not go back")
    hands.press("C")
    menu = hands.menu("We will")
    assert "Source: the nearest" in entries(menu), "there is nobody yet"
    menu.close()
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.click("We will")
    slots = hands.desk.reader.inspected()
    assert slots
    source = next(slot for slot in slots.links if slot.type == "source")
    menu = hands.menu("We will")
    assert f"Source: {source.proposed}" in entries(menu)
    hands.take(menu, "Date …")
    focused = hands.window.focusWidget()
    assert focused
    assert focused.property("field") == "date"
    hands.press("Escape")
    hands.take(hands.menu("We will"), "Topics …")
    focused = hands.window.focusWidget()
    assert focused
    assert focused.property("field") == "topics"


def test_the_value_that_a_mark_has_is_ticked(hands: Hands) -> None:
    hands.drag("We will not go back")
    hands.press("C", "-")
    hands.take(hands.menu("We will"), "Stance", "Neutral")
    menu = hands.menu("We will")
    (stance,) = (each for each in below(menu) if each.title() == "Stance")
    ticked = [entry.text() for entry in stance.actions() if entry.isChecked()]
    menu.close()
    assert ticked == ["Neutral\t="]


def test_the_menu_of_selected_words_marks_them(hands: Hands) -> None:
    hands.drag("We will not go back")
    menu = hands.menu("We will")
    layers = ("actor", "claim", "cue", "sentiment")
    assert entries(menu) == [f"Mark as {layer}" for layer in layers] + entries(menu)[4:]
    hands.take(menu, "Mark as claim")
    (made,) = hands.desk.reader.marks.values()
    assert made.layer == "claim"


def test_words_are_added_to_a_mark_only_where_there_is_one(hands: Hands) -> None:
    further = {
        "Add the selected words to the last mark",
        "Once more: mark like the last mark, or do the last act again",
    }
    hands.drag("Amal Haddad")
    menu = hands.menu("Amal Haddad")
    assert not further & set(entries(menu))
    menu.close()
    hands.press("A")
    hands.drag("We will not go back")
    menu = hands.menu("We will")
    assert further <= set(entries(menu))
    menu.close()


def test_a_page_without_an_article_offers_to_bring_some_in(
    open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    with make_project(tmp_path) as project:
        path = project.path
    hands = open_window(path=path)
    port = hands.window.page.viewport()
    menu = hands.menu_on(port, port.rect().center())
    bringing = ["Import articles …", "Import a folder …"]
    assert entries(menu) == [*bringing, "New project …", "Open project …"]
    menu.close()
    hands.desk.close()
    assert entries(hands.menu_on(port, port.rect().center())) == ["New project …", "Open project …"]


def test_an_article_in_the_list_has_a_menu(open_window: Callable[..., Hands]) -> None:
    hands = open_window("First text.\n", "Second text.\n")
    view = hands.window.articles.view
    place = view.visualRect(view.model().index(1, 0)).center()
    menu = hands.menu_on(view.viewport(), place)
    assert hands.page.text == "Second text.\n"
    assert entries(menu) == [
        "To the article", "Done with this article, on to the next",
        "Nothing found in this article, on to the next", "Write a note on the article",
        "Suggest marks in this article", "Print the article …", "Save the article as PDF, SVG or PNG …",
    ]  # fmt: skip
    hands.take(menu, "Nothing found")
    assert hands.page.text == "First text.\n"
    hands.take(hands.menu_on(view.viewport(), place), "Open this article again")
    assert hands.page.text == "Second text.\n"
    assert not any(row.is_finished for row in hands.desk.library.rows)
    hands.take(hands.menu_on(view.viewport(), place), "Write a note")
    note = hands.window.inspector.widget().note
    assert note.hasFocus()


def test_the_menu_key_opens_the_menu_of_the_open_article(open_window: Callable[..., Hands]) -> None:
    hands = open_window("First text.\n", "Second text.\n")
    view = hands.window.articles.view
    menu = hands.menu_on(view, QPoint(), QContextMenuEvent.Reason.Keyboard)
    assert "To the article" in entries(menu)
    hands.take(menu, "To the article")
    assert hands.window.page.hasFocus()
    assert hands.page.text == "First text.\n"


def test_no_menu_opens_below_the_last_article(open_window: Callable[..., Hands]) -> None:
    hands = open_window("First text.\n")
    port = hands.window.articles.view.viewport()
    place = port.rect().bottomLeft()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, port.mapToGlobal(place))
    QApplication.sendEvent(port, event)
    hands.settle()
    assert QApplication.activePopupWidget() is None
