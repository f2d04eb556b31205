"""PySide6 must give back every reference it takes.

PySide6 6.12.0 on Python 3.11 loses one reference to None on each call that returns nothing, and the
interpreter aborts after some thousand calls. This test stands between us and such a release.
"""

from __future__ import annotations

import sys

CALLS = 300
SLACK = 20
"""Other code moves these counts a little while we look."""


def test_none_and_booleans_keep_their_references(qapp: object) -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(CALLS):
        thing.setObjectName("x")  # returns None
        thing.blockSignals(False)  # returns False
        thing.isWidgetType()
        thing.isQuickItemType()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    lost = [early - late for early, late in zip(before, after, strict=True)]
    assert max(lost) < SLACK, f"references lost in {CALLS} calls (None, True, False): {lost}"


def test_true_keeps_its_references(qapp: object) -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    thing.blockSignals(True)
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        thing.signalsBlocked()
    assert before - sys.getrefcount(True) < SLACK
