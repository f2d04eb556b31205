"""Everything by the mouse: edges, ties, menus, and what hovering tells."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services import checking
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def grip(hands: Hands, offset: int) -> QPoint:
    """Return where the grip of an edge of the current mark is."""
    view = hands.window.page
    handles = view._painting.handles()
    assert handles
    (place,) = [item.place for item in handles.grips if item.edge == offset]
    return QPoint(round(place.x()), round(place.y()) - view.verticalScrollBar().value())


def tab(hands: Hands) -> QPoint:
    handles = hands.window.page._painting.handles()
    assert handles
    assert handles.tab
    place = handles.tab.center().toPoint()
    return place - QPoint(0, hands.window.page.verticalScrollBar().value())


def test_an_edge_is_dragged_and_snaps_to_words(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    hands.draw(grip(hands, mark.end), hands.middle("leads"))
    assert marks(hands)[0].text == "Amal Haddad, who leads"
    assert marks(hands)[0].id == mark.id
    hands.draw(grip(hands, mark.start), hands.middle("Haddad"))
    assert marks(hands)[0].text == "Haddad, who leads"
    hands.press("Ctrl+Z", "Ctrl+Z")
    assert marks(hands)[0].text == "Amal Haddad"


def test_an_edge_dragged_with_alt_stops_at_letters(hands: Hands) -> None:
    hands.drag("Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    rect = hands.window.page.rects_of(mark.start + 2, mark.start + 3)[0]
    hands.draw(
        grip(hands, mark.start),
        QPoint(rect.left() + 1, rect.center().y()),
        Qt.KeyboardModifier.AltModifier,
    )
    assert marks(hands)[0].text == "ddad"


def test_an_edge_never_passes_the_other_one(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    hands.draw(grip(hands, mark.end), hands.middle("union called"))
    assert marks(hands)[0].text == "Amal"


def test_escape_gives_a_drag_up(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    hands.draw(grip(hands, mark.end), hands.middle("leads"), release=False)
    assert hands.page.previewed is not None
    hands.press("Escape")
    assert hands.page.previewed is None
    QTest.mouseRelease(hands.window.page.viewport(), Qt.MouseButton.LeftButton)
    assert marks(hands) == [mark]


def test_a_line_from_the_letter_of_a_mark_ties(hands: Hands) -> None:
    hands.drag("said")
    hands.press("Q")
    hands.drag("We will not go back")
    hands.press("C")
    hands.draw(tab(hands), hands.middle("said"))
    (link,) = hands.desk.reader.links.values()
    assert link.type == "cue"


def test_a_line_with_ctrl_and_shift_ties_from_any_mark(hands: Hands) -> None:
    hands.drag("insult")
    hands.press("S")
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.draw(hands.middle("insult"), hands.middle("Haddad"), BOTH)
    chooser = hands.window.popups.chooser
    options = [chooser.list.item(row).text() for row in range(chooser.list.count())]
    assert len(options) == 2
    QTest.mouseClick(
        chooser.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        chooser.list.visualItemRect(chooser.list.item(0)).center(),
    )
    (link,) = hands.desk.reader.links.values()
    assert link.type == "holder"


def test_a_line_that_ends_beside_every_mark_ties_nothing(hands: Hands) -> None:
    hands.drag("insult")
    hands.press("S")
    hands.draw(tab(hands), hands.middle("harbour workers"))
    assert hands.desk.reader.links == {}
    assert hands.page.selections == ()


def test_a_whole_article_by_the_mouse_alone(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.take(hands.menu("Haddad"), "Mark as actor")
    hands.take(hands.menu("Haddad"), "Type", "Person")
    hands.drag("We will not go back")
    hands.take(hands.menu("not go"), "Mark as claim")
    hands.take(hands.menu("not go"), "Source: Amal Haddad")
    hands.take(hands.menu("not go"), "Stance", "Oppose")
    claim = next(mark for mark in marks(hands) if mark.layer == "claim")
    assert claim.attributes == {"mode": "direct", "stance": "oppose"}
    assert [link.type for link in hands.desk.reader.links.values()] == ["source"]
    hands.take(hands.menu("Haddad"), "Delete the mark")
    hands.take(hands.menu("insult"), "Undo")
    assert len(marks(hands)) == 2
    assert hands.desk.project
    assert checking.problems(hands.desk.project) == []


def test_the_menu_is_about_what_lies_under_the_pointer(hands: Hands) -> None:
    for words in ("Amal Haddad", "port authority"):
        hands.drag(words)
        hands.press("A")
    hands.menu("Haddad").close()
    assert hands.desk.reader.current
    assert hands.desk.reader.current.text == "Amal Haddad"


def test_a_layer_is_held_with_the_right_button(hands: Hands) -> None:
    chip = hands.window.top._chips["actor"]
    place = chip.rect().center()
    QApplication.sendEvent(
        chip, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, chip.mapToGlobal(place))
    )
    assert chip.text().startswith("●")
    hands.drag("Amal Haddad")
    assert [mark.layer for mark in marks(hands)] == ["actor"]
    hands.page.move_to(0)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert hands.desk.reader.held is None, "a click lets go what is held"
    assert hands.page.is_visible("actor")


def test_a_layer_that_is_held_or_hidden_moves_nothing_in_the_bar(hands: Hands) -> None:
    chips = hands.window.top._chips

    def places() -> list[QRect]:
        hands.settle()
        assert all(chip.sizeHint().width() <= chip.width() for chip in chips.values())
        return [chip.geometry() for chip in chips.values()]

    before = places()
    hands.desk.hold("claim")
    assert places() == before
    hands.desk.hold("claim")
    hands.desk.toggle_layer("actor")
    assert places() == before
    assert chips["actor"].text().startswith("◌")


def test_a_click_in_the_bar_leaves_the_keys_to_the_page(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.window.page.setFocus()
    for button in (hands.window.top.undo, hands.window.top._chips["claim"]):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        hands.settle()
        assert hands.window.page.hasFocus()
    assert "Claim: hidden on the page" in hands.desk.messages.last.text


def test_a_click_on_a_layer_marks_the_selected_words(hands: Hands) -> None:
    chip = hands.window.top._chips["actor"]
    assert "marks the selected words as actor" in chip.toolTip()
    hands.drag("Amal Haddad")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [(mark.layer, mark.text) for mark in marks(hands)] == [("actor", "Amal Haddad")]
    assert hands.page.is_visible("actor")
    assert chip.isChecked()
    assert hands.window.page.hasFocus()
    hands.page.move_to(0)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not hands.page.is_visible("actor"), "nothing is selected: the layer is hidden"
    hands.drag("port authority")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(marks(hands)) == 2
    assert hands.page.is_visible("actor"), "a mark is seen when it is made"


def test_hovering_tells_what_it_is_who_marked_it_and_since_when(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "1")
    hands.drag("We will not go back")
    hands.press("C", "F", "-")
    claim = next(mark for mark in hands.page.marks.values() if mark.layer == "claim")
    first, second, third = hands.page.describe(claim.id).split("\n")
    assert first == "Claim: direct, oppose"
    assert second == "source: Amal Haddad"
    assert third.startswith("Amal · by hand, 20")
