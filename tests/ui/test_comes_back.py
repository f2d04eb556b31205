"""What a window remembers: its size and panels, and in each article the caret and what was on top."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.material import STORY
from tests.ui.conftest import Hands

LONG = "\n\n".join(f"Paragraph {number}: " + "some words of it " * 12 for number in range(60))


def test_a_window_comes_back_as_it_was_left(open_window: Callable[..., Hands]) -> None:
    hands = open_window(STORY, LONG)
    window = hands.window
    # No larger than the smallest screen a test may have; that is too narrow for the inspector.
    window.resize(780, 640)
    hands.settle()
    window.splitter.moveSplitter(260, 1)
    hands.settle()
    assert not window.inspector.isVisible()
    first, second = (row.id for row in hands.desk.library.rows)
    hands.page.move_to(hands.find("insult"))
    hands.desk.open_article(second)
    hands.page.move_to(hands.find("Paragraph 40"))
    window.page.set_first_visible_offset(hands.find("Paragraph 38"))
    hands.settle()
    assert window.splitter.sizes()[0] == 260
    size, panels = window.size(), window.splitter.sizes()
    top, caret = window.page.first_visible_offset(), hands.page.caret
    assert top == hands.find("Paragraph 38")
    assert hands.desk.project
    path = hands.desk.project.path
    window.close()

    again = open_window(path=path)
    assert again.desk.library.current == second
    assert (again.window.size(), again.window.splitter.sizes()) == (size, panels)
    assert not again.window.inspector.isVisible()
    assert (again.window.page.first_visible_offset(), again.page.caret) == (top, caret)
    again.desk.open_article(first)
    assert again.page.caret == again.find("insult")
    again.desk.open_article(second)
    assert (again.window.page.first_visible_offset(), again.page.caret) == (top, caret)
