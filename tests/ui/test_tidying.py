"""Python goes through its memory while the window rests, not in the middle of a stroke."""

from __future__ import annotations

import gc

from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
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
