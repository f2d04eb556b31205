"""What is painted under a mark is the stored slice, after any signs and at any size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from annotator.domain.fragment import place
from annotator.presentation.page import Page, PageMark
from annotator.ui.page.view import PageView

POST = (
    "Breaking \U0001f6a8\U0001f1ee\U0001f1f6 — see https://example.org/a?b=\U0001f525&c=1 #Mosul "
    "\U0001f469\U0001f3fd\u200d\U0001f680 Iraq’s army, “Iraq” and Iran \U0001f602\n"
    "   template\twhite space \n\n  then Iraq again, on a line that is long enough to be wrapped "
    "once or twice wherever the window is narrow, and Iran at its end"
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


def show(view: PageView) -> dict[str, tuple[int, int]]:
    """Mark every country name on the page and return the extents by mark."""
    extents = {}
    for name in ("Iraq", "Iran"):
        start = POST.find(name)
        while start >= 0:
            extents[f"{name}{start}"] = (start, start + len(name))
            start = POST.find(name, start + 1)
    marks = [
        PageMark(
            id,
            "actor",
            shape,
            ("#8a5a00", "#e6a83c"),
            tuple(part.extent for part in place(POST, [extent])),
        )
        for (id, extent), shape in zip(extents.items(), [*Shape] * 2, strict=False)
    ]
    assert len(marks) == len(extents) == 5
    page = Page()
    page.show("post", POST, marks, [])
    view.set_page(page)
    return extents


def painted(view: PageView, id: str) -> str:
    """Return the words under what is painted for a mark."""
    return "".join(POST[offset] for offset in sorted(view.painted_offsets(id)))


def test_a_name_after_emoji_and_a_link_is_painted_where_it_stands(view: PageView) -> None:  # A3
    for id, (start, end) in show(view).items():
        assert painted(view, id) == POST[start:end]


@pytest.mark.parametrize("width", [260, 420, 1100])
@pytest.mark.parametrize("zoom", [70, 100, 230])
def test_zoom_and_wrap_move_nothing(view: PageView, width: int, zoom: int) -> None:  # B10
    extents = show(view)
    view.set_zoom(zoom)
    view.resize(width, 500)
    for id, (start, end) in extents.items():
        assert painted(view, id) == POST[start:end]


def test_another_font_moves_nothing(view: PageView) -> None:  # B10
    extents = show(view)
    before = {id: view.rects_of(*extent) for id, extent in extents.items()}
    application = make_application()
    usual = application.font()
    try:
        application.setFont(QFont("monospace", 19))
        view.set_zoom(110)
        for id, (start, end) in extents.items():
            assert painted(view, id) == POST[start:end]
            assert view.rects_of(start, end) != before[id]
    finally:
        application.setFont(usual)
