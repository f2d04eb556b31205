"""Rows of two lines: what the model says, when rows stay where they are, and where a row is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator.ui import style
from annotator.ui.theme import LIGHT
from annotator.ui.two_lines import TwoLineDelegate, TwoLineModel, TwoLines, two_line_view

RED = QColor("#ff0000")


def shown(row: tuple[str, str]) -> TwoLines:
    return TwoLines("M", row[0], row[1], " — ".join(row), row[0], lambda theme: RED)


class Rows:
    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = list(rows)


def test_the_model_says_what_it_shows_and_rows_that_stay_keep_their_place(qtbot: QtBot) -> None:
    held = Rows(("one", "open"), ("two", "open"))
    model = TwoLineModel(lambda: held.rows, shown)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.index(1).data(Qt.ItemDataRole.UserRole) == ("two", "open")
    assert model.index(1).data() == "two — open"
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole) == "two"
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    with qtbot.assertNotEmitted(model.dataChanged):
        model.refresh()
    held.rows = [("one", "open"), ("two", "decided")]
    with qtbot.waitSignal(model.dataChanged):
        model.refresh()
    assert model.index(1).data() == "two — decided"
    assert resets == []
    held.rows = [("two", "decided")]
    model.refresh()
    assert resets == []
    assert model.rowCount() == 1


def named(row: str) -> TwoLines:
    return TwoLines("–", row, "second", f"say {row}", row)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("abcdef", "abdef"),
        ("abcdef", "abcdefgh"),
        ("abcdef", "xabcdef"),
        ("abcdef", "abc"),
        ("abcdef", "def"),
        ("abcdef", "abXXef"),
        ("abcdef", ""),
        ("", "abc"),
        ("aaa", "aa"),
        ("aa", "aaaa"),
        ("abab", "ab"),
    ],
)
def test_other_rows_are_shown(qtbot: QtBot, before: str, after: str) -> None:
    rows = list(before)
    model = TwoLineModel(lambda: rows, named)
    view = two_line_view(model, TwoLineDelegate(LIGHT, None), "Rows")  # type: ignore[arg-type]
    qtbot.addWidget(view)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = list(after)
    model.refresh()
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == [
        f"say {row}" for row in after
    ]
    assert tester.model() is model


def test_the_current_row_stays_when_one_before_it_goes(qtbot: QtBot) -> None:
    rows = ["one", "two", "three", "four"]
    model = TwoLineModel(lambda: rows, named)
    view = two_line_view(model, TwoLineDelegate(LIGHT, None), "Rows")  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.setCurrentIndex(model.index(2, 0))
    rows = [rows[0], *rows[2:]]
    model.refresh()
    assert view.currentIndex().row() == 1
    assert view.currentIndex().data() == "say three"


def test_one_row_comes_changes_and_goes_and_no_other_is_looked_at(qtbot: QtBot) -> None:
    rows, asked = ["one", "two", "three"], []

    def watched(row: str) -> TwoLines:
        asked.append(row)
        return named(row)

    model = TwoLineModel(lambda: rows, watched)
    view = two_line_view(model, TwoLineDelegate(LIGHT, None), "Rows")  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.setCurrentIndex(model.index(2, 0))
    asked.clear()
    for place, before, after in (
        (1, "two", None),
        (0, None, "zero"),
        (1, "one", "One"),
        (3, None, ""),
    ):
        rows[place : place + (before is not None)] = [] if after is None else [after]
        model.follow(place, before, after)
        model.refresh()
    assert asked == []
    assert view.currentIndex().row() == 2
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.pop(0)
    model.follow(0, "zero", None)
    rows.insert(1, "two")
    model.follow(1, None, "two")
    said = [model.index(n, 0).data() for n in range(model.rowCount())]
    assert said == ["say One", "say two", "say three", "say "]
    assert view.currentIndex().data() == "say three"
    assert tester.model() is model


def test_a_row_is_painted_with_its_sign_before_both_lines(qtbot: QtBot) -> None:
    held = Rows(("first words " * 30, "second words " * 30))
    model = TwoLineModel(lambda: held.rows, shown)
    delegate = TwoLineDelegate(LIGHT, None, "100 %")  # type: ignore[arg-type]
    view = two_line_view(model, delegate, "Rows")
    qtbot.addWidget(view)
    # Whatever theme another test has left to the application.
    view.setPalette(style.palette(LIGHT))
    view.setStyleSheet(style.sheet(LIGHT))
    view.resize(320, 120)
    view.show()
    area = view.visualRect(model.index(0))
    image = view.viewport().grab().toImage()
    signs = columns(image, area, lambda colour: colour.red() > 200 and colour.green() < 60)
    lines = columns(image, area, lambda colour: colour.red() < 120)
    assert signs
    assert max(signs) < min(lines)
    assert max(lines) < area.right()
    rows = area.height() // 2
    for half in (area.adjusted(0, 0, 0, -rows), area.adjusted(0, rows, 0, 0)):
        assert columns(image, half, lambda colour: colour.lightness() < 170)


def columns(image: QImage, area: QRect, wanted) -> list[int]:
    return [
        x
        for x in range(area.left(), area.right())
        if any(wanted(image.pixelColor(x, y)) for y in range(area.top(), area.bottom()))
    ]


def test_a_letter_looks_through_no_rows(qtbot: QtBot) -> None:
    asked: list[str] = []
    rows = [f"row {number}" for number in range(500)]
    model = TwoLineModel(lambda: rows, lambda row: (asked.append(row), named(row))[1])
    view = two_line_view(model, TwoLineDelegate(LIGHT, None), "Rows")  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.show()
    asked.clear()
    QTest.keyClicks(view, "zx")
    assert len(asked) < 100
