"""Long work: in small slices on this thread, or aside in another; always with progress and cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from queue import SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import Problem
from annotator.domain.slices import Progress, is_aside, unwanted
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS

SLICE_SECONDS = 0.012
"""A slice this short leaves room for a frame; the window never stutters."""

POLL_MILLISECONDS = 40

ASIDE_MILLISECONDS = 8
"""What another thread takes over is mostly done after a few frames."""

TELL_SECONDS = 0.05
"""Progress is told no more often: showing it takes time from the work."""


class SlicedJob(QObject):
    """Drives a generator between events; for work that needs the one connection of the project."""

    progressed = Signal(int, int, str)
    ended = Signal(object)

    def __init__(self, work: Iterator[Progress], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._told = 0.0
        self._aside: _Aside | None = None
        self._beside: _Beside | None = None
        self._unwanted = threading.Event()
        self._knows_threads = False
        self._timer = QTimer(self)
        self._timer.setInterval(NEXT_TURN_MILLISECONDS)
        self._timer.timeout.connect(self._slice)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start()

    def cancel(self) -> None:
        """Stop; the generator is closed and cleans up after itself.

        What another thread is busy with comes to its end first; an act that is being saved is saved.
        Work that went to another thread before is cleaned up after there, too.
        """
        if self._aside:
            self._unwanted.set()
        elif self._timer.isActive():
            self._unwanted.set()
            closing = _Aside(self._close, self._unwanted)
            if self._knows_threads:
                self._go_aside(closing)
            else:
                closing.run()
                self._end(closing.error or Cancelled())

    def wait(self) -> None:
        """Wait until it has stopped; for closing the window."""
        while self._aside:
            self._came_back(self._aside)

    def _slice(self) -> None:
        if self._aside:
            if self._aside.is_over:
                self._came_back(self._aside)
            return
        now = time.perf_counter()
        until, took = now + SLICE_SECONDS, 0.0
        progress: Progress | None = None
        try:
            # What took long once mostly takes as long again: it is left for the next turn.
            while now + took < until:
                progress = next(self._work)
                if is_aside(progress):
                    self._go_aside(_Aside(self._next, self._unwanted))
                    break
                before, now = now, time.perf_counter()
                took = now - before
        except StopIteration:
            self._end(None)
            return
        except Exception as error:  # noqa: BLE001  (told by whoever waits)
            self._end(error)
            return
        if progress and (self._aside or time.perf_counter() - self._told > TELL_SECONDS):
            self._told = time.perf_counter()
            self.progressed.emit(*progress)

    def _next(self) -> Progress | None:
        return next(self._work)

    def _close(self) -> None:
        if close := getattr(self._work, "close", None):
            close()
        raise Cancelled

    def _go_aside(self, aside: _Aside) -> None:
        """Let another thread wait for the disk; SQLite keeps Python from nothing meanwhile."""
        self._knows_threads = True
        if self._beside is None:
            self._beside = _Beside()
            self._beside.start()
        self._aside = aside
        self._beside.take(aside)
        self._timer.setInterval(ASIDE_MILLISECONDS)

    def _came_back(self, aside: _Aside) -> None:
        aside.wait()
        self._aside = None
        self._timer.setInterval(NEXT_TURN_MILLISECONDS)
        if isinstance(aside.error, StopIteration):
            self._end(None)
        elif isinstance(aside.error, Problem) and self._unwanted.is_set():
            self._end(Cancelled())
        elif aside.error:
            self._end(aside.error)
        elif self._unwanted.is_set():
            self.cancel()
        elif is_aside(aside.progress):
            self._go_aside(_Aside(self._next, self._unwanted))

    def _end(self, error: BaseException | None) -> None:
        self._timer.stop()
        if self._beside:
            self._beside.leave()
            self._beside = None
        self.ended.emit(error)


class _Beside(threading.Thread):
    """Another thread for the slices of one job.

    Beginning a thread waits until it runs, which takes long where the machine is busy; handing a
    slice to one that is there does not.
    """

    def __init__(self) -> None:
        super().__init__(name="annotator-slice", daemon=True)
        self._waiting: SimpleQueue[_Aside | None] = SimpleQueue()

    def take(self, aside: _Aside) -> None:
        """Run a slice as soon as may be."""
        self._waiting.put(aside)

    def leave(self) -> None:
        """End, once there is nothing left to do."""
        self._waiting.put(None)
        self.join()

    def run(self) -> None:
        """Run one slice after the other."""
        while aside := self._waiting.get():
            aside.run()


class _Aside:
    """Takes one slice, and keeps what it yields or the error that it ends with."""

    def __init__(self, take: Callable[[], Progress | None], stop: threading.Event) -> None:
        self._take = take
        self._stop_asked = stop
        self._over = threading.Event()
        self.progress: Progress | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Take it; what it does can ask whether it is still wanted."""
        token = unwanted.set(self._stop_asked.is_set)
        try:
            self.progress = self._take()
        except BaseException as error:  # noqa: BLE001  (told by whoever waits)
            self.error = error
        finally:
            unwanted.reset(token)
            self._over.set()

    @property
    def is_over(self) -> bool:
        """Tell whether it was taken."""
        return self._over.is_set()

    def wait(self) -> None:
        """Wait until it was taken."""
        self._over.wait()


class AsideJob(QObject):
    """Runs a function in a thread of its own; it gets plain values and gives plain values."""

    progressed = Signal(int, int, str)
    ended = Signal(object, object)

    def __init__(
        self, work: Callable[[Callable[[int, int], bool]], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._state: tuple[int, int] = (0, 0)
        self._result: object | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="annotator-job", daemon=True)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Begin at once."""
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Ask the work to stop; it ends when it next reports its progress."""
        self._stop.set()

    def wait(self) -> None:
        """Wait for the end; for closing the window."""
        self._thread.join()
        self._timer.stop()

    def _run(self) -> None:
        try:
            self._result = self._work(self._report)
        except BaseException as error:  # noqa: BLE001  (told by whoever waits)
            self._error = error

    def _report(self, done: int, total: int) -> bool:
        self._state = (done, total)
        return not self._stop.is_set()

    def _poll(self) -> None:
        self.progressed.emit(*self._state, "")
        if not self._thread.is_alive():
            self._timer.stop()
            self.ended.emit(self._result, self._error)


class Cancelled(Exception):
    """The user stopped the work; nothing of it stays."""
