"""Finding words in the open article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from annotator.presentation.finding import Finder
from annotator.presentation.page import Page
from tests.ui.conftest import Hands


def page_of(text: str) -> Page:
    page = Page()
    page.show("x", text, [], [])
    return page


def test_any_case_and_any_spacing_is_found_and_the_places_are_exact() -> None:
    page = page_of("The port. THE\u00a0PORT, the\n port; İ the ports 😀 the port")
    finder = Finder(page)
    finder.look_for("the port")
    assert [page.text[slice(*hit)].casefold().split() for hit in page.hits] == [["the", "port"]] * 5
    assert finder.count == 5
    finder.look_for("p[o]")
    assert page.hits == ()
    finder.look_for("  ")
    assert (page.hits, finder.place) == ((), 0)


def test_one_goes_around_the_end_both_ways() -> None:
    page = page_of("one two one two one")
    finder = Finder(page)
    page.move_to(9)
    finder.look_for("one")
    assert (finder.place, page.selection) == (3, (16, 19)) if page.caret > 16 else (2, (8, 11))
    places = []
    for _ in range(3):
        finder.step(forward=True)
        places.append(finder.place)
    assert sorted(places) == [1, 2, 3]
    finder.step(forward=False)
    assert finder.place == (places[-1] - 2) % 3 + 1


def test_another_article_is_searched_anew() -> None:
    page = page_of("one and one")
    finder = Finder(page)
    finder.look_for("one")
    page.show("y", "none but one here: one, one, one", [], [])
    assert (finder.count, finder.place) == (5, 0)


def test_finding_by_keyboard_and_marking_what_was_found(hands: Hands) -> None:
    hands.press("Ctrl+G")
    bar = hands.window.popups.find_bar
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "NIGHT shift")
    hands.settle()
    assert bar.count.text() == "1 of 1"
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert hands.window.page.hasFocus()
    assert hands.page.hits == ()
    hands.press("A")
    assert hands.desk.reader.current
    assert hands.desk.reader.current.text == "night shift"


def test_letters_typed_while_finding_mark_nothing(hands: Hands) -> None:
    hands.press("Ctrl+G")
    QTest.keyClicks(hands.window.popups.find_bar.field, "acdx")
    hands.settle()
    assert hands.desk.reader.marks == {}
    assert hands.window.popups.find_bar.count.text() == "nowhere"


def test_places_are_framed_on_the_page(open_window: Callable[..., Hands]) -> None:
    hands = open_window("Some words and a rare one.\n\nAnd more words.\n")
    plain = hands.window.page.viewport().grab().toImage()
    hands.desk.finder.look_for("words")
    hands.page.move_to(0)
    hands.settle()
    image = hands.window.page.viewport().grab().toImage()
    accent = hands.window.theme.accent

    def changed(words: str, occurrence: int = 0) -> int:
        start = hands.find(words, occurrence)
        rect = hands.window.page.rects_of(start, start + len(words))[0].adjusted(-2, -2, 2, 2)
        return sum(
            plain.pixel(x, y) != image.pixel(x, y) and QColor(image.pixel(x, y)) != accent
            for x in range(rect.left(), rect.right())
            for y in range(rect.top(), rect.bottom())
        )

    assert changed("words") > 50
    assert changed("words", 1) > 50
    assert changed("rare") == 0
