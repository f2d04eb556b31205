"""What is on the screen after any way there is what painting everything anew would show."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from annotator.presentation.page import Page, PageLink, PageMark
from annotator.ui.page.view import PageView
from annotator.ui.theme import DARK

SHAPES = ((Shape.BOX, 2), (Shape.BRACKETS, 14), (Shape.DOTTED, 1), (Shape.WAVE, 3))


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    """A view on a long article with marks of all shapes, some of them tied."""
    make_application()
    view, chance = PageView(), random.Random(4)
    qtbot.addWidget(view)
    text = "\n\n".join(
        " ".join(
            chance.choices(["some", "words", "سلام", "of", "it", "said"], k=chance.randint(8, 60))
        )
        for _ in range(60)
    )
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign == " ")]
    marks = []
    for number in range(260):
        shape, most = chance.choice(SHAPES)
        first = chance.randrange(len(starts) - most - 1)
        extent = (starts[first], starts[first + chance.randint(1, most)] - 1)
        marks.append(
            PageMark(
                f"{number:03}", shape.value, shape, ("#8a5a00", "#e6a83c"), (extent,), key="C",
                sign="−", margin="Haddad · oppose" if shape is Shape.BRACKETS else None,
            )
        )  # fmt: skip
    links = [PageLink(marks[n].id, marks[n + 1].id, "source") for n in range(0, 60, 2)]
    page = Page()
    page.show("x", text, marks, links)
    view.resize(900, 620)
    view.show()
    qtbot.waitExposed(view)
    view.set_page(page)
    settle()
    view._blink.stop()
    return view


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def seen(view: PageView) -> QImage:
    """Return what is on the screen now."""
    settle()
    shown = view.screen().grabWindow(view.winId()).toImage()
    return shown.copy(view.viewport().geometry())


def assert_same_anew(view: PageView, what: object) -> None:
    """What is seen is what painting all anew shows, but for the last digit of a blended colour."""
    before = seen(view)
    view.viewport().update()
    after = seen(view)
    if before == after:
        return
    pairs = zip(bytes(before.constBits()), bytes(after.constBits()), strict=True)
    different = [place // 4 for place, (one, other) in enumerate(pairs) if abs(one - other) > 4]
    places = [(pixel % before.width(), pixel // before.width()) for pixel in different[:5]]
    assert not different, (what, len(different), places)


def test_scrolled_frames_are_those_painted_anew(view: PageView) -> None:
    bar, chance = view.verticalScrollBar(), random.Random(9)
    assert bar.maximum() > 2000
    for _ in range(40):
        by = chance.choice((3, -3, 17, 60, -60, 240, -240, 615, 1500, -1500))
        bar.setValue(max(0, min(bar.value() + by, bar.maximum())))
        assert_same_anew(view, by)


def test_emphasis_and_changed_marks_leave_nothing_behind(view: PageView) -> None:
    page, chance = view.page, random.Random(2)
    page.set_links([])
    view.verticalScrollBar().setValue(900)
    for number in range(40):
        port = view.viewport().rect().adjusted(0, 130, 0, -130)
        ids = [
            id
            for id in sorted(page.marks)
            if port.contains(view.rects_of(page.marks[id].start, page.marks[id].end)[0])
        ]
        act = chance.choice(("current", "hover", "none", "take", "caret"))
        if act == "current":
            page.set_current(chance.choice(ids))
        elif act == "hover":
            page.hover(chance.choice(ids))
        elif act == "none":
            page.hover(None)
            page.set_current(None)
        elif act == "take":
            page.change_marks([page.current_mark or chance.choice(ids)], [])
        else:
            page.move_to(min(page.caret + chance.randint(1, 60), len(page.text)))
        view._caret_on = False
        assert_same_anew(view, (number, act))


def test_marks_that_come_and_go_where_many_lie_leave_nothing_behind(view: PageView) -> None:
    """Some find no lane there and show by their ring alone; others move to another lane."""
    page, chance = view.page, random.Random(5)
    page.set_links([])
    view.verticalScrollBar().setValue(900)
    here = view.offset_at(QPoint(300, 300))
    last = min(here + 600, len(page.text))
    for number in range(90):
        new = [id for id in page.marks if id.startswith("new")]
        act = chance.choice(("put", "put", "put", "current", "take", "change"))
        start = chance.randint(here - 100, here + 100)
        shape, _ = chance.choice(SHAPES)
        made = PageMark(
            f"new{number}" if act == "put" or not new else chance.choice(new),
            shape.value, shape, ("#0072b2", "#56b4e9"), ((start, chance.randint(start + 1, last)),),
            sign="+", margin="Brink" if shape is Shape.BRACKETS else None,
        )  # fmt: skip
        if act == "current" and new:
            page.set_current(chance.choice(new))
        elif act == "take" and new:
            page.change_marks([chance.choice([page.current_mark or new[0], *new])], [])
        else:
            page.change_marks([], [made])
        view._caret_on = False
        assert_same_anew(view, (number, act))


def test_focus_and_all_links_leave_nothing_behind(view: PageView) -> None:
    page, chance = view.page, random.Random(7)
    page.show_all_links(True)
    view.verticalScrollBar().setValue(600)
    for number in range(24):
        act = chance.choice(("caret", "focus", "scroll", "hover"))
        if act == "focus":
            page.next_focus()
        elif act == "caret":
            page.move_to(view.offset_at(QPoint(300, chance.randint(40, 560))))
        elif act == "hover":
            page.hover(chance.choice(sorted(page.marks)))
        else:
            view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 45)
        view._caret_on = False
        assert_same_anew(view, (number, act))


def test_what_was_prepared_ahead_moves_nothing(view: PageView, qtbot: QtBot) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    before = seen(view)
    laid_out = view.column.laid_out
    qtbot.waitUntil(lambda: not view._ahead.isActive())
    assert view.column.laid_out >= laid_out
    assert seen(view) == before


def test_another_theme_leaves_nothing_of_the_old_one(view: PageView) -> None:
    view.verticalScrollBar().setValue(500)
    view.set_theme(DARK)
    assert seen(view).pixelColor(QPoint(2, 2)) == DARK.page
    assert_same_anew(view, "dark")
