"""What the screen highlights is the stored slice: any text, any marks, any zoom, width and theme.

A unit is what has one place on the screen: a character as readers see it, and lam with the alef
after it, which Arabic writes as one letter. Units inside a mark are painted, units outside are not.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from annotator.domain.errors import Refused
from annotator.domain.fragment import place
from annotator.presentation.page import Page, PageMark
from annotator.presentation.page_clusters import following
from annotator.ui.appearance import THEMES as BY_NAME
from annotator.ui.page.view import PageView

THEMES = list(BY_NAME.values())

WORDS = [
    "word", "officials", "ffi", "ﬁn", "naïve", "cafe\u0301", "Zoe\u0308", "𝓢𝓵𝓮𝓮𝓹", "東京都", "ｗｉｄｅ", "한국어", "ไทยแลนด์", "क्षत्रिय",
    "السلام", "لا", "إلا", "الأول", "قال", "وَلَا", "بِسْمِ", "שלום", "עִבְרִית", "ע״ש", "12", "٣٤٥", "😀", "👩🏽\u200d🚀", "🇩🇪🇫🇷",
    "🏳️\u200d🌈", "“no”", "(a)", "—", ".", ",", "http://x.org/?a=1&b=2", "a\u00adb", "x\u200by", "\u2067", "\u2069", "\u200f",
]  # fmt: skip
BLANKS = [" ", " ", " ", "", "\u00a0", "\n", "\n\n", "\t", "\u2028"]

texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(BLANKS)), min_size=1, max_size=40
).map(lambda parts: "".join(word + blank for word, blank in parts))
looks = st.tuples(
    st.sampled_from([60, 100, 140, 230]), st.sampled_from([300, 460, 760]), st.sampled_from(THEMES)
)


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    """An empty view."""
    make_application()
    made = PageView()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the extents of the units of a text."""
    start = 0
    while start < len(text):
        end = following(text, start)
        if text[start] == "ل" and end < len(text) and text[end] in "اأإآ":
            end = following(text, end)
        yield start, end
        start = end


def is_visible(text: str) -> bool:
    """Tell whether a unit has a width of its own in every font."""
    return any(sign.isalnum() for sign in text)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
)
@example(text="قال إنه لا يعلم. He said السلام 12 to all", data=None)
@given(text=texts, data=st.data())
def test_what_is_painted_is_what_is_stored(
    view: PageView, text: str, data: st.DataObject | None
) -> None:  # I5
    marks = list(drawn_marks(text, data))
    page = Page()
    page.show("x", text, marks, [])
    view.set_page(page)
    chosen = [(140, 300, THEMES[1])] if data is None else data.draw(st.lists(looks, max_size=2))
    for zoom, width, theme in [(100, 700, THEMES[0]), *chosen]:
        view.set_theme(theme)
        view.set_zoom(zoom)
        view.resize(width, 500)
        for mark in marks:
            assert_painted(view, mark)


def drawn_marks(text: str, data: st.DataObject | None) -> Iterator[PageMark]:
    """Yield some marks, overlapping as they like, a few of them in two fragments."""
    if data is None:
        extents = [[(0, 7)], [(8, 10), (12, 20)], [(17, len(text))], [(3, 26)]]
    else:
        offset = st.integers(0, len(text))
        extent = st.tuples(offset, offset).map(lambda pair: (min(pair), max(pair)))
        extents = data.draw(
            st.lists(st.lists(extent, min_size=1, max_size=2), min_size=1, max_size=5)
        )
    for number, selected in enumerate(extents):
        try:
            parts = place(text, selected)
        except Refused:
            continue
        shape = list(Shape)[number % len(Shape)]
        yield PageMark(
            str(number),
            "claim",
            shape,
            ("#8a5a00", "#e6a83c"),
            tuple(part.extent for part in parts),
        )


def assert_painted(view: PageView, mark: PageMark) -> None:
    """Units wholly inside a mark are painted, units wholly outside are not."""
    text, painted = view.page.text, view.painted_offsets(mark.id)
    for start, end in units(text):
        if not is_visible(text[start:end]):
            continue
        covered = [mark.covers(offset) for offset in range(start, end)]
        seen = [offset in painted for offset in range(start, end)]
        if all(covered):
            assert all(seen), (mark.extents, text[start:end], start)
        elif not any(covered):
            assert not any(seen), (mark.extents, text[start:end], start)
