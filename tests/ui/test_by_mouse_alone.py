"""A whole journey without a keyboard: choose, read, mark, tie, describe, take back, finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from annotator.services import checking, history
from tests.support.material import STORY
from tests.ui.conftest import Hands
from tests.ui.test_by_mouse import grip, tab
from tests.ui.test_marking_by_hand import marks


class Mouse:
    """The mouse outside the page: rows, buttons and menus, hit where they are seen."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._window = hands.window

    def choose_article(self, title: str) -> None:
        """Click on a row of the list."""
        library, view = self._hands.desk.library, self._window.articles.view
        row = next(n for n, item in enumerate(library.rows) if item.title == title)
        place = view.visualRect(view.model().index(row, 0)).center()
        self._click(view.viewport(), place)

    def press(self, within: QWidget, words: str) -> None:
        """Click on a button, given by the beginning of its name or its words."""
        self._hands.settle()
        button = next(
            item
            for item in within.findChildren(QAbstractButton)
            if item.isVisible() and words in (item.accessibleName(), item.text().split("  ")[0])
        )
        assert button.isEnabled()
        inspector = self._window.inspector
        if inspector.isAncestorOf(button):
            inspector.ensureWidgetVisible(button)
        self._click(button, button.rect().center())

    def hold(self, layer: str) -> None:
        """Click with the right button on a layer above the page."""
        chip = self._window.top._chips[layer]
        place = chip.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, chip.mapToGlobal(place))
        QApplication.sendEvent(chip, event)
        self._hands.settle()

    def menu(self, title: str, words: str) -> None:
        """Open a menu of the window and click on an entry."""
        bar = self._window.menuBar()
        action = next(item for item in bar.actions() if item.text().replace("&", "") == title)
        QTest.mouseClick(
            bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
            bar.actionGeometry(action).center(),
        )  # fmt: skip
        self._hands.settle()
        shown = QApplication.activePopupWidget()
        assert isinstance(shown, QMenu)
        self._hands.take(shown, words)

    def _click(self, widget: QWidget, place: QPoint) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self._hands.settle()


def test_a_journey_by_mouse_alone(open_window: Callable[..., Hands]) -> None:
    hands = open_window("An article before.\n", STORY, "And one after.\n")
    window, mouse = hands.window, Mouse(hands)
    mouse.choose_article("Article 2")
    assert hands.page.text == STORY

    # An actor with its type; a claim in two fragments with source and stance.
    hands.drag("Amal Haddad")
    hands.take(hands.menu("Haddad"), "Mark as actor")
    mouse.press(window.inspector, "Person")
    hands.drag("We will not go back")
    hands.drag("until the night shift is paid", modifiers=Qt.KeyboardModifier.ControlModifier)
    hands.take(hands.menu("not go"), "Mark as claim")
    hands.draw(tab(hands), hands.middle("Haddad"))
    if window.popups.chooser.isVisible():
        listed = window.popups.chooser.list
        QTest.mouseClick(
            listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
            listed.visualItemRect(listed.item(0)).center(),
        )  # fmt: skip
        hands.settle()
    hands.click("not go")
    mouse.press(window.inspector, "Oppose")
    claim, actor = marks(hands)
    assert (actor.attributes["type"], claim.attributes["stance"]) == ("person", "oppose")
    assert claim.text == "We will not go back … until the night shift is paid"
    assert [link.end for link in hands.desk.reader.links.values()] == [actor.id]

    # A held layer marks what is selected; an edge is dragged; the last acts are taken back.
    mouse.hold("sentiment")
    hands.drag("insult")
    mouse.hold("sentiment")
    hands.click("insult")
    mouse.press(window.inspector, "Negative")
    sentiment = next(mark for mark in marks(hands) if mark.layer == "sentiment")
    before = hands.find("an insult")
    hands.draw(
        grip(hands, sentiment.start), hands.window.page.rects_of(before, before + 1)[0].center()
    )
    assert next(mark for mark in marks(hands) if mark.layer == "sentiment").text == "an insult"
    mouse.press(window.top, "Undo")
    assert next(mark for mark in marks(hands) if mark.layer == "sentiment").text == "insult"
    mouse.menu("Edit", "Redo")
    assert next(mark for mark in marks(hands) if mark.layer == "sentiment").text == "an insult"

    # A layer is put away and shown; then the article is finished, and the next one has nothing.
    mouse.press(window.top, "Claim, shown")
    assert not hands.page.is_visible("claim")
    mouse.press(window.top, "Claim, hidden")
    hands.page.set_current(None)
    hands.click("The port authority")
    mouse.press(window.inspector, "Done, next, D")
    if hands.page.text == STORY:  # what is not filled in is shown first
        mouse.press(window.inspector, "Done anyway")
    assert hands.page.text.startswith("And one after")
    mouse.press(window.inspector, "Nothing found, X")
    project = hands.desk.project
    assert project
    assert hands.desk.library.finished == 2
    assert checking.problems(project) == []
    assert history.entries(project)
