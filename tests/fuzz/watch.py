"""Tells an input that hangs: by processor time, so that a busy machine is none, and by the clock for what only waits."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BUSY_SECONDS, WAITING_SECONDS = 5.0, 120.0
"""An input of a few kilobytes that computes or waits longer hangs the program."""


class Hung(BaseException):
    """Raised while an input hangs, and after it where something swallowed the first; no reader catches it."""


@contextmanager
def watched(busy: float = BUSY_SECONDS, waiting: float = WAITING_SECONDS) -> Iterator[None]:
    """Raise Hung in or after the block if it takes longer; on Windows, which has no such clocks, never.

    An exception that is raised in a ``__del__`` or a callback of C is printed and forgotten
    there. So it is kept here too, and raised again when the block has ended.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    hung: list[Hung] = []

    def hang(number: int, _: FrameType | None) -> None:
        what = f"computes for {busy:g}" if number == signal.SIGPROF else f"waits for {waiting:g}"
        hung.append(Hung(f"{what} seconds"))
        raise hung[-1]

    before = {number: signal.signal(number, hang) for number in (signal.SIGPROF, signal.SIGALRM)}
    try:
        signal.setitimer(signal.ITIMER_PROF, busy)
        signal.setitimer(signal.ITIMER_REAL, waiting)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
    if hung:
        raise hung[0]
