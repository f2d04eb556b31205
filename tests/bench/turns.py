"""The turns of a window's loop: how long nobody could click, and what of it the window's thread worked.

A pause runs by the clock from one turn to the next, so that waiting for another thread that holds
Python, or for the disk, counts as much as the work of the window's own thread. Only the time in which
that thread could have run, but had to wait for a processor, is left out where the system tells it:
that is what other programs, and processes of our own, take from the machine.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QTimer

from annotator.app.reading_ahead import ReadingAhead
from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.presentation.safekeeping import Safekeeping
from annotator.ui.main_window import MainWindow
from annotator.ui.tidying import Tidying

SCHEDULED = "/proc/thread-self/schedstat"
TURN_MILLISECONDS = 1
LOOK_MILLISECONDS = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """From one turn of the loop to the next, in milliseconds.

    Attributes:
        pause: in which nothing could be clicked or painted.
        work: of it, how long the window's own thread worked.
    """

    pause: float
    work: float


class Turns:
    """Watches the loop of this thread, and calls ``seen`` with each turn until it is stopped."""

    def __init__(self, seen: Callable[[Turn], None]) -> None:
        self._seen = seen
        self._waited = _Waited()
        self._last = self._moment()
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)
        self._timer.start(TURN_MILLISECONDS)

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._waited.close()

    def _turn(self) -> None:
        (clock, work, waited), before = self._moment(), self._last
        self._last = clock, work, waited
        pause = clock - before[0] - (waited - before[2])
        self._seen(Turn(pause * 1000, (work - before[1]) * 1000))

    def _moment(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.thread_time(), self._waited.seconds()


class _Waited:
    """Tells how long this thread waited for a processor; always nothing where the system does not say."""

    def __init__(self) -> None:
        self._file: int | None = None
        with suppress(OSError):
            self._file = os.open(SCHEDULED, os.O_RDONLY)
            # Called like this the thread keeps Python meanwhile, or it would have to wait for it.
            self._read = ctypes.PyDLL(None).pread
            self._said = ctypes.create_string_buffer(64)

    def seconds(self) -> float:
        if self._file is None:
            return 0.0
        self._read(self._file, self._said, 63, ctypes.c_long(0))
        return int(self._said.value.split()[1]) / 1e9

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def settle_disk() -> None:
    """Let the system write what was made for the measuring: else it does so beside what is measured."""
    if sys.platform != "win32":
        os.sync()


def until(is_over: Callable[[], bool]) -> None:
    """Let the window live as it does for a person, until something is over."""
    loop, timer = QEventLoop(), QTimer()

    def look() -> None:
        if is_over():
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MILLISECONDS)
    loop.exec()
    timer.stop()


def rested(seconds: float) -> None:
    """Let the window live for some seconds."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


@contextmanager
def window() -> Iterator[MainWindow]:
    """Show a window as the program does: what is done while nobody works is done here, too.

    All modules are read when it is given: they would be counted with whatever is measured first.
    """
    make_application()
    memory = Memory(None)
    memory.preferences.tour_done = True
    shown = MainWindow(memory)
    keeping = Safekeeping(shown.desk)
    tidying = Tidying(shown, lambda: shown.is_working, lambda: shown.desk.project is not None)
    ahead = ReadingAhead(shown, lambda: shown.is_working or shown.desk.library.is_being_read)
    for restless in (tidying, ahead):
        shown.desk.saved.connect(restless.soon)
        shown.desk.reader.article_shown.connect(restless.soon)
    ahead.soon()
    shown.resize(1600, 900)
    shown.show()
    gc.freeze()
    until(lambda: ahead.is_over)
    try:
        yield shown
    finally:
        shown.close()
        keeping.wait()
        tidying.stop()
        ahead.stop()
        shown.deleteLater()
