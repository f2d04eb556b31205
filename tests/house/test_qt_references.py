"""PySide6 must give back every reference it takes.

PySide6 6.12.0 on Python 3.11 loses one reference to None on each call that returns nothing, and the
interpreter aborts after some thousand calls. This test stands between us and such a release.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

CALLS = 300
SLACK = 20
"""Other code moves these counts a little while we look."""

NEVER_FREED = 2**31
"""From Python 3.12 on these values start with a count so high that no loss can free them."""


def _returns_nothing(thing: object) -> None:
    thing.setObjectName("x")


def _returns_true(thing: object) -> bool:
    thing.blockSignals(True)
    return thing.signalsBlocked()


def _returns_false(thing: object) -> bool:
    thing.blockSignals(False)
    return thing.signalsBlocked()


@pytest.mark.parametrize("call", [_returns_nothing, _returns_true, _returns_false])
def test_none_true_and_false_keep_their_references(
    qapp: object, call: Callable[[object], object]
) -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    call(thing)
    before = _counts()
    for _ in range(CALLS):
        call(thing)
    after = _counts()
    if sys.version_info >= (3, 12):
        assert min(after) > NEVER_FREED
    else:
        lost = [early - late for early, late in zip(before, after, strict=True)]
        assert max(lost) < SLACK, f"lost in {CALLS} calls (None, True, False): {lost}"


def _counts() -> list[int]:
    return [sys.getrefcount(value) for value in (None, True, False)]
