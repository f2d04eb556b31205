"""Labels of ties in the margin stand apart, however short the stretch between the marks is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from annotator.ui.page import links
from annotator.ui.page.link_labels import Label, set_apart
from tests.support.hands import Hands
from tests.ui.test_marking_by_hand import marks

GREY = QColor("#888888")

labels = st.builds(
    Label,
    words=st.sampled_from(("source", "cue", "about")),
    x=st.sampled_from((20.0, 28.0, 36.0, 44.0)),
    middle=st.floats(-20, 400),
    length=st.floats(20, 90),
    thickness=st.just(14.0),
    colour=st.just(GREY),
)


@given(st.lists(labels, max_size=8))
def test_no_label_covers_another_or_the_edge(given: list[Label]) -> None:
    found = set_apart(given)
    assert sorted(label.words for label in found) == sorted(label.words for label in given)
    for one, other in combinations(found, 2):
        assert not one.place.intersects(other.place)
    assert all(label.place.top() >= -0.01 for label in found)


@given(labels)
def test_a_label_alone_stays_where_its_curve_wants_it(label: Label) -> None:
    (found,) = set_apart([label])
    assert found.middle == max(label.middle, label.length / 2)


def test_two_ties_of_a_claim_are_both_told(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The union of the workers said at the harbour of Veldhaven on Monday that it was\n"
    text += "not going to work a single night shift before the money is there. Amal said so.\n"
    hands = open_window(text)
    for words, key in (("Amal", "A"), ("The union", "A"), ("said at", "Q")):
        hands.drag(words)
        hands.press(key)
    hands.drag("not going to work")
    hands.press("C", "U", "Shift+F", "1", "Shift+F", "1")
    told: list[Label] = []
    monkeypatch.setattr(links, "paint_label", lambda _, label, theme: told.append(label))
    hands.window.page.grab()
    ties = [link for link in hands.desk.reader.links.values() if link.type in ("source", "cue")]
    assert len(ties) == 3
    assert len(marks(hands)) == 4
    assert len(told) >= 2
    for one, other in combinations(told, 2):
        assert not one.place.intersects(other.place)
