"""Python goes through its memory while the window rests, not in the middle of a stroke."""

from __future__ import annotations

import gc
import weakref

from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.services.collecting import put_off
from annotator.ui.tidying import NEVER, Tidying


def test_all_memory_is_gone_through_at_rest_only(qtbot: QtBot) -> None:
    application = make_application()
    before = gc.get_threshold()
    tidying = Tidying(application)
    try:
        assert gc.get_threshold() == (*before[:2], NEVER)
        generations: list[int] = []
        gc.callbacks.append(lambda phase, info: generations.append(info["generation"]))
        tidying._resting.setInterval(0)
        tidying.soon()
        qtbot.waitUntil(lambda: 2 in generations)
    finally:
        gc.callbacks.pop()
        tidying.stop()
        tidying.deleteLater()
    assert gc.get_threshold() == before


class Knot:
    """Refers to itself, so that only the collector finds out that nobody needs it."""

    def __init__(self) -> None:
        self.self = self


def test_what_was_in_use_at_a_rest_is_passed_over_until_another_project_is_open(
    qtbot: QtBot,
) -> None:
    tidying = Tidying(make_application())
    tidying._resting.setInterval(0)
    rests: list[str] = []

    def rest() -> None:
        told = len(rests)
        gc.callbacks.append(lambda phase, info: rests.append(phase))
        try:
            tidying.soon()
            qtbot.waitUntil(lambda: "stop" in rests[told:])
        finally:
            gc.callbacks.pop()

    try:
        knot = Knot()
        gone = weakref.ref(knot)
        rest()
        assert gc.get_freeze_count() > 0
        del knot
        rest()
        assert gone() is not None
        tidying.anew()
        rest()
        assert gone() is None
    finally:
        tidying.stop()
        tidying.deleteLater()
    assert gc.get_freeze_count() == 0


def test_while_long_work_goes_on_nobody_rests(qtbot: QtBot) -> None:
    works, asked = [True], []
    before = gc.get_freeze_count()
    tidying = Tidying(make_application(), lambda: bool(asked.append(works[0]) or works[0]))
    try:
        tidying._resting.setInterval(0)
        tidying.soon()
        qtbot.waitUntil(lambda: len(asked) > 3)
        assert gc.get_freeze_count() == before == 0
        works[0] = False
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    finally:
        tidying.stop()
        tidying.deleteLater()


def test_what_is_made_in_bulk_is_passed_over_where_all_that_is_old_is() -> None:
    with put_off():
        assert not gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.freeze()
    try:
        with put_off():
            made = [[number] for number in range(1_000)]
        assert not any(one is made for one in gc.get_objects())
    finally:
        gc.unfreeze()
