"""Python goes through its memory while the window rests, not in the middle of a stroke."""

from __future__ import annotations

import gc
import weakref

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.services.collecting import put_off
from annotator.ui import tidying as tidying_module
from annotator.ui.tidying import (
    MANY,
    NEVER,
    RESTING_MILLISECONDS,
    SOONER_MILLISECONDS,
    Tidying,
)


def test_all_memory_is_gone_through_at_rest_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying_module, "RESTING_MILLISECONDS", 0)
    application = make_application()
    before = gc.get_threshold()
    tidying = Tidying(application)
    try:
        assert gc.get_threshold() == (*before[:2], NEVER)
        knot = Knot()
        gone = weakref.ref(knot)
        gc.freeze()  # as what was read in bulk is
        del knot
        tidying.soon()
        assert gone() is not None
        qtbot.waitUntil(lambda: gone() is None)
        assert gc.get_freeze_count() > 0
    finally:
        tidying.stop()
        tidying.deleteLater()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


class Knot:
    """Refers to itself, so that only the collector finds out that nobody needs it."""

    def __init__(self) -> None:
        self.self = self


def test_who_works_on_and_on_has_short_rests() -> None:
    tidying = Tidying(make_application())
    try:
        rests = []
        for _ in range(MANY + 2):
            tidying.soon()
            rests.append(tidying._resting.interval())
        assert set(rests[:MANY]) == {RESTING_MILLISECONDS}
        assert rests[-1] == SOONER_MILLISECONDS
        tidying._collect()
        tidying.soon()
        assert tidying._resting.interval() == RESTING_MILLISECONDS
    finally:
        tidying.stop()
        tidying.deleteLater()


def test_while_long_work_goes_on_nobody_rests(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying_module, "RESTING_MILLISECONDS", 0)
    works, asked = [True], []
    before = gc.get_freeze_count()
    tidying = Tidying(make_application(), lambda: bool(asked.append(works[0]) or works[0]))
    try:
        tidying.soon()
        qtbot.waitUntil(lambda: len(asked) > 3)
        assert gc.get_freeze_count() == before == 0
        works[0] = False
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    finally:
        tidying.stop()
        tidying.deleteLater()


def test_what_is_old_is_left_alone_while_a_project_is_open() -> None:
    is_open = True
    tidying = Tidying(make_application(), has_project=lambda: is_open)
    try:
        knots = [Knot(), Knot()]
        old, new = (weakref.ref(knot) for knot in knots)
        del knots[1]
        tidying._collect()
        assert new() is None
        knots.clear()
        tidying._collect()
        assert old() is not None, "it was there at a rest"
        is_open = False
        tidying._collect()
        assert old() is None
    finally:
        tidying.stop()
        tidying.deleteLater()


def test_what_is_made_in_bulk_is_passed_over_where_all_that_is_old_is() -> None:
    with put_off():
        assert not gc.isenabled()
    assert gc.get_freeze_count() == 0
    tidying = Tidying(make_application())
    try:
        with put_off():
            made = [[number] for number in range(1_000)]
        assert not any(one is made for one in gc.get_objects())
    finally:
        tidying.stop()
        tidying.deleteLater()
