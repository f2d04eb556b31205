"""A list that is long in coming says how far it is, can be stopped, and moves nothing by that."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.slices import Slices
from annotator.presentation.piecemeal import Piecemeal
from annotator.ui.reading_line import ReadingLine, stop_reading, with_line


def told(to: int, total: int = 3_000) -> Slices[int]:
    for piece in range(to):
        yield piece * 1_000, total, ""
    return to


class Shown:
    """A list with its line, and what is read for it; the test is the clock."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.readings = Piecemeal()
        self.view = QListView()
        self.view.setAccessibleName("Marks")
        words = {"marks": "{:,} of {:,} marks read", "claims": "{:,} of {:,} searched"}
        self.line = ReadingLine(self.readings, words, self.view)
        outer = QVBoxLayout(self.window)
        outer.addLayout(with_line(self.view, self.line))
        self.window.show()

    def begin(self, name: str = "marks", *, at_once: bool = False) -> None:
        self.readings.begin(name, told(3), lambda _: None, at_once=at_once)

    def late(self) -> None:
        assert self.line.late.isActive()
        self.line.late.timeout.emit()

    def finish(self) -> None:
        while self.readings.go_on():
            pass

    @property
    def said(self) -> tuple[str, str]:
        button = self.line.button
        return self.line.words.text(), "" if button.isHidden() else button.text()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_what_is_read_soon_says_nothing(shown: Shown) -> None:
    shown.begin(at_once=True)
    assert not shown.line.late.isActive()
    shown.begin()
    shown.readings.go_on()
    assert (shown.said, shown.line.bar.isHidden()) == (("", ""), True)
    assert (shown.line.is_going_on, shown.line.can_be_stopped) == (True, False)
    assert not stop_reading(shown.window), "what is not said cannot be meant"
    shown.finish()
    assert (shown.said, shown.line.late.isActive()) == (("", ""), False)


def test_what_is_late_says_how_far_it_is_and_nothing_moves(shown: Shown) -> None:
    shown.begin()
    shown.readings.go_on()
    shown.readings.go_on()
    before = shown.view.geometry(), shown.line.geometry()
    shown.late()
    assert shown.said == ("1,000 of 3,000 marks read", "Stop  Esc")
    assert (shown.line.bar.value(), shown.line.bar.maximum()) == (1_000, 3_000)
    assert shown.line.button.accessibleName() == "Stop: Marks"
    assert shown.line.bar.accessibleName()
    shown.readings.go_on()
    shown.late()
    assert shown.said[0] == "2,000 of 3,000 marks read"
    shown.finish()
    assert shown.said == ("", "")
    shown.window.layout().activate()  # type: ignore[union-attr]
    assert (shown.view.geometry(), shown.line.geometry()) == before


def test_how_far_it_is_is_not_known_at_first(shown: Shown) -> None:
    shown.begin()
    shown.late()
    assert shown.said == ("Reading …", "Stop  Esc")
    shown.line.stop()
    assert shown.said == ("Stopped", "Read on")


def test_what_was_stopped_says_that_it_is_a_part_and_goes_on_where_it_was(shown: Shown) -> None:
    shown.begin()
    for _ in range(2):
        shown.readings.go_on()
    shown.late()
    width = shown.line.minimumSizeHint().width()
    shown.line.button.click()
    assert shown.said == ("Stopped: 1,000 of 3,000 marks read", "Read on")
    button = shown.line.button
    assert (button.accessibleName(), button.accessibleDescription()) == (
        "Read on: Marks",
        "Stopped: 1,000 of 3,000 marks read",
    )
    shown.line.words.setText("long " * 40)
    shown.window.layout().activate()  # type: ignore[union-attr]
    assert shown.line.minimumSizeHint().width() - width < 60, "only the button needs its width"
    assert (shown.line.is_stopped, shown.line.late.isActive()) == (True, False)
    shown.begin()
    assert shown.said == ("Stopped", "Read on"), "read anew elsewhere, it still waits"
    shown.line.button.click()
    assert shown.said == ("Reading …", "Stop  Esc"), "who reads on does not wait to be told"
    shown.finish()
    assert shown.said == ("", "")


def test_another_list_is_late_by_itself(shown: Shown) -> None:
    shown.begin()
    shown.late()
    shown.readings.stop("marks", "claims")
    shown.begin()
    assert shown.said == ("", "")
    shown.late()
    shown.readings.begin("claims", told(3), lambda _: None, at_once=False)
    while shown.readings.reads("marks"):
        shown.readings.go_on()
    shown.readings.go_on()
    shown.late()
    assert shown.said == ("0 of 3,000 searched", "Stop  Esc")


@pytest.mark.parametrize("at_once", [False, True])
def test_nothing_is_said_of_what_could_not_be_shown(shown: Shown, at_once: bool) -> None:
    def fail(_: int) -> None:
        raise OSError("the disk went away")

    def end() -> None:
        shown.readings.begin("marks", told(3), fail, at_once=at_once)
        shown.finish()

    shown.begin()
    shown.late()
    with pytest.raises(OSError, match="went away"):
        end()
    assert shown.said == ("", "")
    assert not shown.line.late.isActive()


def test_it_says_again_what_it_said_before(shown: Shown) -> None:
    shown.line.rest(2, 4, "{:,} of {:,} decided")
    assert shown.said == ("2 of 4 decided", "")
    shown.begin()
    assert shown.said == ("2 of 4 decided", "")
    shown.late()
    assert shown.said == ("Reading …", "Stop  Esc")
    shown.finish()
    assert (shown.said, shown.line.bar.value()) == (("2 of 4 decided", ""), 2)


def test_only_the_list_with_the_keys_is_stopped_and_else_every_one(qtbot: QtBot) -> None:
    one, other = Shown(qtbot), Shown(qtbot)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for shown in (one, other):
        column.addWidget(shown.window)
        shown.begin()
        shown.late()
    window.show()
    window.activateWindow()
    other.view.setFocus()
    qtbot.waitUntil(other.view.hasFocus)
    assert stop_reading(window)
    assert (one.line.is_stopped, other.line.is_stopped) == (False, True)
    assert stop_reading(window)
    assert one.line.is_stopped
    assert not stop_reading(window)


def test_the_keys_go_to_the_list_when_there_is_nothing_left_to_stop(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.window.activateWindow()
    shown.begin()
    shown.late()
    shown.line.button.setFocus()
    qtbot.waitUntil(shown.line.button.hasFocus)
    shown.finish()
    assert shown.view.hasFocus()
