"""List and inspector make room, so that the page can be read in a narrow window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.folding import (
    INSPECTOR,
    INSPECTOR_LEAST,
    LIST,
    LIST_LEAST,
    PAGE,
    PAGE_LEAST,
    PANELS,
    fitting,
)
from tests.support.hands import Hands
from tests.support.material import STORY

widths = st.integers(300, 2500)
wanted = st.tuples(st.integers(0, 600), st.integers(0, 900), st.integers(0, 600))
opened = st.sets(st.sampled_from((LIST, INSPECTOR)))


@given(widths, wanted, opened, st.sampled_from((LIST, PAGE, INSPECTOR)))
def test_the_page_keeps_its_width_as_long_as_anything_can_go(
    width: int, wanted: tuple[int, int, int], opened: set[int], keep: int
) -> None:
    sizes = fitting(width, wanted, opened, keep)
    left, page, right = sizes
    assert sum(sizes) == width or page == 0
    assert left == 0 or (LIST in opened and left >= LIST_LEAST)
    assert right == 0 or (INSPECTOR in opened and right >= INSPECTOR_LEAST)
    if page < PAGE_LEAST:
        assert all(each == keep or not sizes[each] for each in (LIST, INSPECTOR))
    assert all(sizes[each] for each in opened if each == keep)


@given(widths, wanted)
def test_a_wider_window_folds_nothing_more(width: int, wanted: tuple[int, int, int]) -> None:
    shown, wider = fitting(width, wanted), fitting(width + 1, wanted)
    assert all(wider[each] for each in (LIST, INSPECTOR) if shown[each])


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1280, (270, 690, 320)),
        (1000, (260, 460, 280)),
        (900, (270, 630, 0)),
        (700, (240, 460, 0)),
        (640, (0, 640, 0)),
    ],
)
def test_what_folds_at_usual_widths(width: int, expected: tuple[int, int, int]) -> None:
    assert fitting(width, PANELS) == expected


@pytest.fixture
def hands(open_window: Callable[..., Hands]) -> Hands:
    found = open_window(STORY)
    # No larger than the smallest screen a test may have.
    found.window.resize(780, 560)
    found.settle()
    return found


def shown(hands: Hands) -> tuple[bool, bool]:
    return hands.window.articles.isVisible(), hands.window.inspector.isVisible()


def test_a_narrow_window_keeps_the_page_readable(hands: Hands) -> None:
    assert shown(hands) == (True, False)
    assert hands.window.page.width() >= PAGE_LEAST
    hands.press("F4")
    assert shown(hands) == (False, True)
    assert hands.window.page.width() >= PAGE_LEAST
    hands.window.resize(760, 560)
    hands.settle()
    assert shown(hands) == (False, True), "what was asked for stays"
    hands.press("F4")
    assert shown(hands) == (True, False)
    hands.press("F3")
    assert shown(hands) == (False, False), "what was put away by its key does not come by itself"


def test_what_folded_comes_back_when_there_is_room(hands: Hands) -> None:
    hands.press("F3")
    assert shown(hands) == (False, True), "the list is put away: there is room for the inspector"
    hands.press("F3")
    assert shown(hands) == (True, False)


def test_going_to_a_folded_panel_brings_it(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "Shift+F6")
    assert shown(hands) == (False, True)
    hands.press("Ctrl+F")
    assert shown(hands) == (True, False)
    assert hands.window.articles.filter.hasFocus()
