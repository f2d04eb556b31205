"""Backing up and checking from the window: work goes on meanwhile, and the answer is one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.services import aside, backups
from annotator.ui.dialogs import ReportDialog
from tests.support.material import STORY
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks


def said(hands: Hands) -> str:
    message = hands.desk.messages.last
    return message.text if message else ""


@pytest.mark.parametrize("small", [aside.SMALL_BYTES, 0])
def test_one_goes_on_marking_while_the_project_is_checked(
    open_window: Callable[..., Hands], qtbot: QtBot, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", small)
    hands = open_window(STORY)
    hands.window.run_by_id("project.check")
    # A large project is copied first, and is not written to until that is done.
    qtbot.waitUntil(lambda: not hands.desk.busy, timeout=30_000)
    hands.page.select(0, 5)
    hands.press("A")
    assert len(marks(hands)) == 1
    qtbot.waitUntil(lambda: said(hands).startswith("The project is whole"), timeout=30_000)


def test_what_a_check_finds_is_shown(open_window: Callable[..., Hands], qtbot: QtBot) -> None:
    hands = open_window(STORY)
    assert hands.desk.project
    hands.page.select(0, 5)
    hands.press("A")
    hands.desk.project.db.execute("UPDATE mark SET note = 'changed behind our back'")
    hands.window.run_by_id("project.check")
    qtbot.waitUntil(lambda: bool(hands.window.findChildren(ReportDialog)), timeout=30_000)


def test_a_backup_is_verified_beside_the_window(
    open_window: Callable[..., Hands], qtbot: QtBot
) -> None:
    hands = open_window(STORY)
    assert hands.desk.project
    hands.page.select(0, 5)
    hands.press("A")
    hands.window.run_by_id("project.backup")
    qtbot.waitUntil(lambda: said(hands).startswith("Backed up and verified"), timeout=30_000)
    (made,) = backups.of_project(hands.desk.project)
    assert made.path.name in said(hands)
    hands.window.run_by_id("project.backup")
    assert said(hands) == "The newest backup holds everything already."
