"""The acts of an annotator, by real keys and a real mouse, looked up in the file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from annotator.domain.mark import Mark
from annotator.services import checking, reading
from tests.ui.conftest import Hands


def marks(hands: Hands) -> list[Mark]:
    """Return the marks of the open article as the file has them."""
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    return reading.open_article(project, article.id).marks


def test_select_by_mouse_and_press_the_key(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    (mark,) = marks(hands)
    assert (mark.layer, mark.text) == ("actor", "Amal Haddad")
    assert hands.desk.reader.current == mark


def test_select_by_keyboard_and_press_the_key(hands: Hands) -> None:
    hands.page.move_to(hands.find("Amal Haddad"))
    hands.key(
        Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    hands.key(
        Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    hands.press("A")
    assert [mark.text for mark in marks(hands)] == ["Amal Haddad"]


def test_a_claim_with_its_source_and_stance_takes_six_gestures(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "F", "-")
    project = hands.desk.project
    assert project
    claim = next(mark for mark in marks(hands) if mark.layer == "claim")
    assert claim.attributes == {"mode": "direct", "stance": "oppose"}
    (link,) = hands.desk.reader.links.values()
    assert (link.type, link.start, hands.desk.reader.marks[link.end or ""].text) == (
        "source",
        claim.id,
        "Amal Haddad",
    )
    assert checking.problems(project) == []


def test_a_quotation_that_is_interrupted_is_one_claim(hands: Hands) -> None:
    hands.drag("We will not go back")
    hands.press("C")
    hands.drag("until the night shift is paid")
    hands.press("J")
    (claim,) = marks(hands)
    assert claim.text == "We will not go back … until the night shift is paid"


def test_relabel_value_and_delete_take_one_key_each(hands: Hands) -> None:
    hands.drag("insult")
    hands.press("A", "S")
    assert [mark.layer for mark in marks(hands)] == ["sentiment"]
    hands.press("-", "3")
    assert marks(hands)[0].attributes == {"polarity": "negative", "intensity": 3}
    hands.press("Delete")
    assert marks(hands) == []


def test_everything_is_undone_and_done_again(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "1", "E")
    before = marks(hands)
    for _ in range(3):
        hands.press("Ctrl+Z")
    assert marks(hands) == []
    assert hands.desk.reader.marks == {}
    for _ in range(3):
        hands.press("Ctrl+Shift+Z")
    assert marks(hands) == before


def test_the_author_says_it(hands: Hands) -> None:
    hands.drag("it had no money left")
    hands.press("C", "V")
    (link,) = hands.desk.reader.links.values()
    assert link.voice == "author"


def test_a_partner_is_chosen_where_the_nearest_is_wrong(hands: Hands) -> None:
    for words in ("Amal Haddad", "port authority"):
        hands.drag(words)
        hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "Shift+F", "Tab", "Return")
    (link,) = hands.desk.reader.links.values()
    assert hands.desk.reader.marks[link.end or ""].text in ("Amal Haddad", "port authority")
    assert hands.desk.reader.current_layer == "claim"


def test_a_held_layer_marks_every_selection(hands: Hands) -> None:
    hands.press("Shift+A")
    hands.drag("Amal Haddad")
    hands.drag("port authority")
    assert [mark.text for mark in marks(hands)] == ["Amal Haddad", "port authority"]
    hands.press("Escape")
    hands.drag("Monday")
    assert len(marks(hands)) == 2


def test_all_occurrences_are_one_step(open_window: Callable[..., Hands]) -> None:
    hands = open_window("ISIS said. ISIS did.\nISISs no. Isis no. ISIS\n")
    hands.drag("ISIS")
    hands.press("A", "M")
    assert [mark.start for mark in marks(hands)] == [0, 11, 40]
    hands.press("Ctrl+Z")
    assert len(marks(hands)) == 1


def test_letters_typed_into_a_field_mark_nothing(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("Ctrl+F")
    hands.press("A", "C", "D")
    assert marks(hands) == []
    assert hands.window.articles.filter.text() == "ACD"


def test_done_and_nothing_found_go_on_to_the_next(open_window: Callable[..., Hands]) -> None:
    hands = open_window("First one.\n", "Second one.\n", "Third one.\n")
    hands.drag("First")
    hands.press("A", "1", "D")
    assert hands.page.text.startswith("Second")
    hands.press("X")
    assert hands.page.text.startswith("Third")
    rows = hands.desk.library.rows
    assert [sign.verdict.value for sign in rows[0].signs] == [
        "done",
        "nothing found",
        "nothing found",
    ]
    assert [row.is_finished for row in rows] == [True, True, False]
    assert hands.desk.library.finished == 2


def test_clicking_walks_through_marks_that_lie_on_each_other(hands: Hands) -> None:
    hands.drag("said Amal Haddad, who leads the union")
    hands.press("C")
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.page.move_to(0)
    hands.click("Haddad")
    assert hands.desk.reader.current_layer == "actor"
    hands.click("Haddad")
    assert hands.desk.reader.current_layer == "claim"


def test_the_edges_of_a_mark_move_by_words(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "<")
    assert marks(hands)[0].text == "said Amal Haddad"
    hands.press(">", ">")
    assert marks(hands)[0].text == "Haddad"
    hands.press(".", ".")
    assert marks(hands)[0].text == "Haddad, who"
    hands.press(",")
    assert marks(hands)[0].text == "Haddad,"
