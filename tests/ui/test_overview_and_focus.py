"""The overview beside the scroll bar, the focus on a sentence, layers and links by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.page.overview import LANE, LEFT
from tests.ui.conftest import Hands

LONG = "\n\n".join(f"Paragraph {number} says what nobody else said." for number in range(120))


def far(one: QColor, other: QColor) -> int:
    """Return how different two colours are."""
    return sum(
        abs(a - b)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )


def picture(hands: Hands) -> QImage:
    hands.settle()
    return hands.window.page.viewport().grab().toImage()


def darkest(image: QImage, hands: Hands, words: str) -> int:
    """Return the lightness of the darkest spot of words of the page."""
    start = hands.find(words)
    rect = hands.window.page.rects_of(start, start + len(words))[0]
    return min(
        image.pixelColor(x, y).lightness()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    )


def test_ticks_stand_where_marks_lie_in_the_lane_of_their_shape(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window(LONG)
    hands.drag("Paragraph 60")
    hands.press("A")
    overview = hands.window.page.overview
    overview.refresh()
    hands.page.set_current(None)
    hands.page.move_to(0)
    hands.settle()
    (mark,) = hands.page.marks.values()
    top, _ = overview.span_of(mark)
    assert 0.4 < top / overview.height() < 0.6
    image = overview.grab().toImage()
    actor = QColor(mark.colour[0])
    assert far(image.pixelColor(LEFT, top), actor) < 30
    assert far(image.pixelColor(LEFT + LANE, top), actor) > 100
    assert far(image.pixelColor(LEFT, top + 40), actor) > 100


def test_the_strip_is_drawn_when_scrolling_rests(
    open_window: Callable[..., Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(LONG)
    for place in (10, 60, 110):
        hands.drag(f"Paragraph {place}")
        hands.press("A")
    overview = hands.window.page.overview
    monkeypatch.setattr("annotator.ui.page.overview.SLICE", 1)
    monkeypatch.setattr("annotator.ui.page.overview.RESTING_MILLISECONDS", 3_600_000)
    overview._begin()
    before = overview._strip.cacheKey()
    bar = hands.window.page.verticalScrollBar()
    for _ in range(12):
        bar.setValue(bar.maximum() - bar.value())
        hands.settle()
    assert overview._strip.cacheKey() == before
    overview._between.start(1)
    qtbot.waitUntil(lambda: not overview._between.isActive())
    assert overview._strip.cacheKey() != before


def test_ticks_of_another_article_go_at_once(open_window: Callable[..., Hands]) -> None:
    hands = open_window(LONG, LONG.replace("Paragraph", "Chapter"))
    hands.drag("Paragraph 60")
    hands.press("A")
    page, overview = hands.page, hands.window.page.overview
    (mark,) = page.marks.values()
    overview.refresh()
    place = QPoint(LEFT, overview.span_of(mark)[0] + 1)
    hands.desk.reader.page.set_current(None)
    blank = hands.window.theme.page
    assert far(overview.grab().toImage().pixelColor(place), blank) > 60
    hands.desk.go(forward=True)
    assert not page.marks
    assert far(overview.grab().toImage().pixelColor(place), blank) < 60


def test_ticks_of_a_short_article_stand_beside_its_lines(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window("One headline\n\nAda Brink says so.\n")
    hands.drag("Ada Brink")
    hands.press("A")
    (mark,) = hands.page.marks.values()
    top, bottom = hands.window.page.overview.span_of(mark)
    (line,) = hands.window.page.rects_of(*mark.extents[0])
    assert line.top() - line.height() < top <= bottom < line.bottom() + line.height()


def test_a_click_on_the_overview_goes_there(open_window: Callable[..., Hands]) -> None:
    hands = open_window(LONG)
    overview = hands.window.page.overview
    place = QPoint(5, overview.height() // 2)
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    hands.settle()
    first = hands.window.page.first_visible_offset()
    assert 0.3 < first / len(hands.page.text) < 0.6
    assert overview.accessibleName()


def test_the_overview_can_be_put_away(open_window: Callable[..., Hands]) -> None:
    hands = open_window(LONG)
    view = hands.window.page
    width = view.viewport().width()
    hands.window.run_by_id("view.overview")
    hands.settle()
    assert not view.overview.isVisible()
    assert view.viewport().width() > width
    assert hands.window._memory.preferences.overview is False


def test_focus_dims_all_but_the_sentence_and_brackets_it(hands: Hands) -> None:
    hands.page.move_to(hands.find("The port authority"))
    plain = picture(hands)
    hands.press("F9")
    paragraph = picture(hands)
    hands.press("F9")
    sentence = picture(hands)
    assert darkest(plain, hands, "harbour workers") < 80
    assert darkest(paragraph, hands, "harbour workers") > 120
    assert darkest(paragraph, hands, "Amal Haddad") < 80
    assert darkest(sentence, hands, "Amal Haddad") > 120
    assert darkest(sentence, hands, "authority said") < 80
    line = hands.window.page.rects_of(
        hands.find("authority said"), hands.find("authority said") + 1
    )[0]
    left = round(hands.window.page.column.setting.left) - 18
    strip = [sentence.pixelColor(x, line.center().y()) for x in range(left - 3, left + 4)]
    assert min(colour.lightness() for colour in strip) < 160
    hands.press("F9")
    assert picture(hands) == plain


def test_focus_follows_the_caret(hands: Hands) -> None:
    hands.press("F9")
    hands.page.move_to(hands.find("harbour workers"))
    image = picture(hands)
    assert darkest(image, hands, "harbour workers") < 80
    assert darkest(image, hands, "Amal Haddad") > 120


def test_layers_are_shown_and_hidden_by_key(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.page.set_current(None)
    hands.press("Alt+A")
    assert not hands.page.is_visible("actor")
    assert not hands.window.top._chips["actor"].isChecked()
    assert hands.page.marks_at(hands.find("Haddad")) == []
    hands.press("Alt+A")
    assert hands.page.is_visible("actor")


def test_all_links_are_shown_by_key(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "F")
    hands.page.move_to(0)
    assert hands.page.links_to_draw() == []
    hands.press("Shift+L")
    drawn = hands.page.links_to_draw()
    assert len(drawn) == 1
    hands.desk.reader.clear()
    hands.desk.open_article(hands.desk.library.rows[0].id)
    assert len(hands.page.links_to_draw()) == 1  # E10


def test_bylines_are_fainter_and_can_be_like_all_else(open_window: Callable[..., Hands]) -> None:
    hands = open_window(
        "Harbour strike goes on\n\nBy Ana Ruiz\n\nThe union said no on Monday, and left."
    )
    hands.page.set_current(None)
    hands.page.move_to(len(hands.page.text))
    byline, body = (darkest(picture(hands), hands, words) for words in ("By Ana Ruiz", "The union"))
    assert byline > body + 20
    hands.window.run_by_id("view.quiet")
    byline, body = (darkest(picture(hands), hands, words) for words in ("By Ana Ruiz", "The union"))
    assert abs(byline - body) <= 20
