"""Cases from other tools in which a mark went astray, done by hand in the real view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt

from annotator.domain.fragment import trim
from annotator.services import checking
from tests.ui.conftest import Hands
from tests.ui.test_by_mouse import grip
from tests.ui.test_marking_by_hand import marks

TEXTS = {
    "A1": ("\U0001f4a9This is an annotation.", "annotation"),
    "A3": ("Floods 🌊 in Chad 🇹🇩 — more: https://example.org/a?b=c #Chad said Niger.", "Niger"),
    "A4": ("Some text yeah \U0001f680 rocket", "rocket"),
    "A5": ("@k \U0001f602\U0001f602 yes the boro .", "boro"),
    "A6": ("I like it \U0001f60a .", "."),
    "A7": ("\U0001f3f3\ufe0f\u200d\U0001f308 vote", "vote"),
    "A9": ("x 𝒜\u0301b cd e\u0301f", "cd"),
    "B12": ("one\u00a0\u200b\u2060two three", "two"),
    "B13": ("a\u00a0b c", "a\u00a0b"),
    "B14": ("a\u2028b\u2029c d end", "end"),
    "B22": ("first\n\n\n\nlast", "last"),
    "D11": ("over a\ttab and on", "a\ttab"),
}


@pytest.mark.parametrize("case", sorted(TEXTS))
def test_what_is_dragged_is_stored_and_painted(
    open_window: Callable[..., Hands], case: str
) -> None:  # A1, A3, A4, A5, A6, A7, A9, B12, B13, B14, B22, D11
    text, words = TEXTS[case]
    hands = open_window(text)
    start = hands.page.text.rindex(words)
    hands.drag_over(start, start + len(words), Qt.KeyboardModifier.AltModifier)
    hands.press("A")
    (mark,) = marks(hands)
    assert (mark.start, mark.end, mark.text) == (start, start + len(words), words)
    painted = hands.window.page.painted_offsets(mark.id)
    letters = {o for o in range(start, start + len(words)) if text[o].isalnum()}
    assert letters <= painted
    outside = {o for o in range(len(text)) if text[o].isalnum() and text[o] < "\u0300"} - letters
    assert not outside & painted
    assert hands.desk.project
    assert checking.problems(hands.desk.project) == []


def test_blank_edges_of_a_drag_are_trimmed(hands: Hands) -> None:  # B17
    start = hands.find("Amal Haddad")
    hands.drag_over(start - 1, start + 12, Qt.KeyboardModifier.AltModifier)
    hands.press("A")
    (mark,) = marks(hands)
    text = hands.page.text
    assert (mark.start, mark.end) == trim(text, start - 1, start + 12)
    assert not text[mark.start].isspace()


def test_a_careless_drag_over_marks_takes_none_away(hands: Hands) -> None:  # D2
    for words in ("Amal Haddad", "union called", "insult", "port authority"):
        hands.drag(words)
        hands.press("A")
    before = {mark.id for mark in marks(hands)}
    hands.drag_over(0, len(hands.page.text.rstrip()))
    hands.press("C")
    assert before < {mark.id for mark in marks(hands)}
    hands.press("Ctrl+Z")
    assert {mark.id for mark in marks(hands)} == before


def test_of_two_marks_on_one_extent_only_the_current_one_is_resized(hands: Hands) -> None:  # D5
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("Amal Haddad")
    hands.press("S")
    current = hands.desk.reader.current
    assert current
    hands.draw(grip(hands, current.end), hands.middle("leads"))
    found = {mark.layer: mark.text for mark in marks(hands)}
    assert found == {"actor": "Amal Haddad", "sentiment": "Amal Haddad, who leads"}


def test_links_follow_a_mark_that_is_resized_and_are_there_again(
    open_window: Callable[..., Hands], hands: Hands
) -> None:  # D6, D7, E10
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "F")
    hands.click("Amal Haddad")
    actor = hands.desk.reader.current
    assert actor
    hands.draw(grip(hands, actor.start), hands.middle("said", 0))
    project = hands.desk.project
    assert project
    path = project.path
    hands.window.close()
    again = open_window(path=path)
    (link,) = again.desk.reader.links.values()
    assert again.desk.reader.marks[link.end or ""].text == "said Amal Haddad"
    again.page.show_all_links(True)
    (drawn,) = again.page.links_to_draw()
    assert (drawn.start, drawn.end) == (link.start, link.end)


def test_a_selection_of_nothing_visible_is_refused_in_a_sentence(hands: Hands) -> None:  # D13
    place = hands.page.text.index("\n\n")
    hands.page.select(place, place + 2)
    hands.press("A")
    assert marks(hands) == []
    message = hands.desk.messages.last
    assert message
    assert message.text.endswith(".")


def test_everywhere_is_counted_first_and_one_step(open_window: Callable[..., Hands]) -> None:  # D16
    hands = open_window("a b a c a d a\n")
    hands.drag_over(0, 1)
    hands.press("A")
    assert hands.desk.reader.inspected().same_here == 3  # type: ignore[union-attr]
    hands.press("M")
    assert len(marks(hands)) == 4
    hands.press("Ctrl+Z")
    assert len(marks(hands)) == 1


def test_a_mark_that_goes_on_is_cut_off_at_the_end_of_a_line(hands: Hands) -> None:
    words = "said Amal Haddad, who leads the union, “until the night shift is paid.” The port authority said"
    hands.drag_over(hands.find(words), hands.find(words) + len(words))
    hands.press("A")
    hands.page.set_current(None)
    hands.settle()
    view = hands.window.page
    strokes = view._painting._of(hands.page.paragraph_of(hands.find(words)))[1]
    boxes = [path for band in strokes._bands.values() for _, path in band.fills]
    assert len(boxes) > 1
    round_corners = [
        [not path.contains(point) for point in (box.topLeft() + inside, box.topRight() - back)]
        for path in boxes
        for box, inside, back in [(path.boundingRect(), QPointF(0.3, 0.3), QPointF(0.3, -0.3))]
    ]
    assert round_corners[0] == [True, False]
    assert round_corners[-1] == [False, True]


def test_marks_that_nest_and_cross_are_all_kept_and_painted(
    open_window: Callable[..., Hands],
) -> None:  # D4
    hands = open_window("0123456789 ab and more.\n")
    wanted = [(0, 10), (0, 3), (5, 13)]
    for extent, key in zip(wanted, "ACS", strict=True):
        hands.drag_over(*extent, Qt.KeyboardModifier.AltModifier)
        hands.press(key)
    assert [(mark.start, mark.end) for mark in marks(hands)] == [(0, 10), (0, 3), (5, 13)]
    for mark in marks(hands):
        painted = hands.window.page.painted_offsets(mark.id)
        assert {o for o in painted if hands.page.text[o] != " "} == {
            o for o in range(mark.start, mark.end) if hands.page.text[o] != " "
        }


def test_a_mark_across_the_place_where_a_long_paragraph_is_cut_is_one(
    open_window: Callable[..., Hands],
) -> None:  # D8, D12
    text = "word " * 4_500
    hands = open_window(text)
    cut = hands.page.paragraphs[0][1]
    assert cut < len(text) - 10
    hands.page.select(cut - 10, cut + 9)
    hands.press("A")
    (mark,) = marks(hands)
    assert (mark.start, mark.end, len(mark.fragments)) == (cut - 10, cut + 9, 1)
    assert hands.window.page.painted_text(mark.id) == text[mark.start : mark.end]
    hands.press("Delete")
    assert marks(hands) == []
    assert hands.page.layout(0).boxes == hands.page.layout(1).boxes == ()


def test_a_mark_that_ends_where_something_else_begins_does_not_swallow_it(
    hands: Hands,
) -> None:  # D9
    head = hands.page.text.index("\n")
    hands.drag_over(hands.find("second week"), head, Qt.KeyboardModifier.AltModifier)
    hands.press("A")
    hands.drag("The harbour")
    hands.press("A")
    first, second = marks(hands)
    assert (first.text, first.end) == ("second week", head)
    assert second.start == head + 2
    painted = hands.window.page.painted_offsets(first.id)
    assert max(painted) < head
    assert not painted & hands.window.page.painted_offsets(second.id)
