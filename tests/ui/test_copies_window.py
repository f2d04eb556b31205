"""The window of copies under real hands: what is found, decided, copied, and taken back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.analysis.differences import Alignment
from annotator.presentation.acts import base
from annotator.presentation.copy_pairs import Show
from annotator.services import duplicate_groups, marking
from annotator.ui.copies.window import CopiesWindow
from tests.bench.corpus import text_of
from tests.support.copying import cut, reworded
from tests.support.hands import Hands

Opened = tuple[Hands, CopiesWindow]


@pytest.fixture
def opened(open_window: Callable[..., Hands], qtbot: QtBot) -> Opened:
    """A window on a story, a copy of it, an article that holds a third of it, and another one."""
    chance = random.Random(3)
    story = text_of(chance, 3000)
    copy = reworded(0.04)(story, chance)
    third = cut(0.3)(story, chance) + "\n" + text_of(chance, 2000)
    hands = open_window(story, copy, third, text_of(chance, 2000))
    hands.press("Ctrl+Shift+C")
    window = hands.window.tools.findings.copies
    qtbot.waitUntil(lambda: not window.desk.is_running and bool(window.desk.rows))
    return hands, window


def listed(window: CopiesWindow) -> dict[Show, int]:
    return window.desk.counts


def test_what_was_found_stands_side_by_side_with_its_differences(opened: Opened) -> None:
    _, window = opened
    assert window.desk.shown is Show.DOUBTFUL
    assert listed(window) == {Show.DOUBTFUL: 2, Show.UNGROUPED: 1, Show.GROUPS: 0}
    assert window.heading.text().endswith("of the shorter one stands in the other")
    left, right = window.sides
    for view, side in zip((left, right), window.desk.sides or (), strict=True):
        shown = [selection.cursor.selectedText() for selection in view.text.extraSelections()]
        assert len(shown) == len(side.only_here)
        assert shown[0].replace("\u2029", "\n") == side.text[slice(*side.only_here[0])]


def test_a_double_click_decides_one_pair(opened: Opened) -> None:
    hands, window = opened
    place = window.apart.mapTo(window, window.apart.rect().center())
    QTest.mouseDClick(
        window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    hands.settle()
    assert listed(window)[Show.DOUBTFUL] == 1


def test_one_key_groups_and_one_takes_it_back(opened: Opened, qtbot: QtBot) -> None:
    hands, window = opened
    window.desk.choose_shown(Show.UNGROUPED)
    qtbot.keyClicks(window.view, "g")
    assert listed(window) == {Show.DOUBTFUL: 2, Show.UNGROUPED: 0, Show.GROUPS: 1}
    rows = hands.desk.library.rows
    assert [row.subtitle.startswith("1 copy") for row in rows] == [True, True, False, False]
    assert "1 copy" in rows[0].spoken
    assert [one.id for one in hands.desk.reader.copies] == [rows[1].id]
    window.desk.undo()
    assert listed(window)[Show.GROUPS] == 0
    assert hands.desk.reader.copies == []


def test_what_is_denied_is_not_listed_again(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    qtbot.keyClicks(window.view, "x")
    assert listed(window)[Show.DOUBTFUL] == 1
    qtbot.keyClicks(window.view, "x")
    assert listed(window)[Show.DOUBTFUL] == 0
    assert window.empty.isVisible()
    window.desk.search()
    qtbot.waitUntil(lambda: not window.desk.is_running)
    assert listed(window) == {Show.DOUBTFUL: 0, Show.UNGROUPED: 1, Show.GROUPS: 0}


def test_marks_are_copied_with_one_undo(opened: Opened, qtbot: QtBot) -> None:
    hands, window = opened
    desk = hands.desk
    project = desk.project
    assert project
    one, other = (project.article(row.id) for row in desk.library.rows[:2])
    duplicate_groups.group(project, [[one, other]])
    stretches = Alignment(project.text(one), project.text(other)).stretches()
    start = max(
        (part for part in stretches if part.is_same), key=lambda part: part.one[1] - part.one[0]
    ).one[0]
    desk.act(lambda project: marking.mark(project, one.id, [(start, start + 6)], "actor"))
    window.desk.choose_shown(Show.GROUPS)
    qtbot.keyClicks(window.view, "p")
    assert window.said.text().startswith("Copied 1 mark")
    counts = {row.id: row.signs[0].count for row in desk.library.rows}
    assert counts[other.id] == 1
    window.desk.undo()
    assert {row.id: row.signs[0].count for row in desk.library.rows}[other.id] == 0


def test_what_touches_much_is_done_bit_by_bit_and_can_be_cancelled(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands, window = opened
    desk = hands.desk
    for name in ("LONG_ACT", "SLOW_ACT"):
        monkeypatch.setattr(base, name, 1)
    monkeypatch.setattr(hands.window, "ask", lambda *_: 0)
    window.desk.group_all()
    assert desk.busy
    hands.window.cancel_work()
    assert listed(window)[Show.GROUPS] == 0
    window.desk.group_all()
    qtbot.waitUntil(lambda: not desk.busy)
    assert listed(window)[Show.GROUPS] == 1
    assert window.said.text() == "Group 2 copies"
    project = desk.project
    assert project
    first = desk.library.rows[0].id
    start = project.text(project.article(first)).index(".") + 40
    for place in range(start, start + 400, 40):
        marking.mark(project, first, [(place, place + 6)], "actor")
    desk.refresh()
    window.desk.choose_shown(Show.GROUPS)
    window.desk.copy_marks()
    assert desk.busy
    qtbot.waitUntil(lambda: not desk.busy)
    assert window.said.text().startswith("Copied ")
    assert desk.undo_name.startswith("Copy marks")


def test_both_texts_scroll_to_the_same_place(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    window.desk.choose_shown(Show.UNGROUPED)
    window.resize(900, 420)
    left, right = (side.text for side in window.sides)
    sides = window.desk.sides
    assert sides
    bar = left.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    here, there = left.first_visible, right.first_visible
    assert there > 0
    expected = window.desk.opposite(here, from_other=False)
    assert abs(expected - there) < 120


def test_the_open_article_leads_to_its_copies_and_back(opened: Opened, qtbot: QtBot) -> None:
    hands, window = opened
    window.desk.choose_shown(Show.UNGROUPED)
    qtbot.keyClicks(window.view, "g")
    window.close()
    hands.desk.focus.emit("copies-here")
    assert window.desk.shown is Show.GROUPS
    assert window.desk.current
    qtbot.keyClicks(window.view, "o")
    assert hands.desk.reader.article
    assert hands.desk.reader.article.id == window.desk.current.other.id
