"""Which mark is current when marks come and go: the one under the caret, and none while words are selected."""

from __future__ import annotations

import pytest

from annotator.domain.codebook import Shape
from annotator.presentation.page import Page, PageMark

TEXT = "The port authority refused, said Amal Haddad."


def mark(id: str, words: str) -> PageMark:
    start = TEXT.index(words)
    return PageMark(id, "actor", Shape.BOX, ("#000000", "#ffffff"), ((start, start + len(words)),))


@pytest.fixture
def page() -> Page:
    """A page with one mark, the caret at its beginning."""
    made = Page()
    made.show("article", TEXT, [mark("port", "port authority"), mark("name", "Haddad")], [])
    return made


def test_what_comes_under_a_selection_takes_nothing_of_it(page: Page) -> None:
    start, end = TEXT.index("The"), TEXT.index("port") + 2
    page.select(start, end)
    page.change_marks([], [mark("new", "The port")])
    assert page.selections == ((start, end),)
    assert page.current_mark is None


def test_a_mark_that_comes_back_under_the_caret_is_current(page: Page) -> None:
    page.move_to(TEXT.index("port") + 1)
    page.change_marks(["port"], [])
    assert page.current_mark is None
    page.change_marks([], [mark("port", "port authority")])
    assert page.current_mark == "port"


@pytest.mark.parametrize("pinned", [False, True])
def test_a_new_mark_is_current_at_once(page: Page, *, pinned: bool) -> None:
    seen: list[str | None] = []
    page.current_changed.connect(lambda _: seen.append(page.current_mark))
    page.select(TEXT.index("The"), TEXT.index("port") + 2)
    if pinned:
        page.pin()
        page.select(TEXT.index("said"), TEXT.index("Amal"), keep=True)
    seen.clear()
    page.change_marks([], [mark("new", "The port")])
    page.set_current("new")
    assert seen == ["new"]
    assert page.selections == ()
    assert page.marks["new"].covers(page.caret)
