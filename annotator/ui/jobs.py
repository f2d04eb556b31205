"""Long work: in small slices on this thread, or aside in another; always with progress and cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.slices import Progress, is_aside

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
        self._is_unwanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start()

    def cancel(self) -> None:
        """Stop; the generator is closed and cleans up after itself.

        What another thread is busy with comes to its end first; an act that is being saved is saved.
        """
        if self._aside:
            self._is_unwanted = True
        elif self._timer.isActive():
            self._timer.stop()
            close = getattr(self._work, "close", None)
            error: BaseException | None = None
            try:
                if close:
                    close()
            except Exception as problem:  # noqa: BLE001  (told by whoever waits)
                error = problem
            self.ended.emit(error or Cancelled())

    def wait(self) -> None:
        """Wait until it has stopped; for closing the window."""
        while self._aside:
            self._came_back(self._aside)

    def _slice(self) -> None:
        if self._aside:
            if not self._aside.is_alive():
                self._came_back(self._aside)
            return
        until = time.perf_counter() + SLICE_SECONDS
        progress: Progress | None = None
        try:
            while time.perf_counter() < until:
                progress = next(self._work)
                if is_aside(progress):
                    self._go_aside()
                    break
        except StopIteration:
            self._end(None)
            return
        except Exception as error:  # noqa: BLE001  (told by whoever waits)
            self._end(error)
            return
        if progress and (self._aside or time.perf_counter() - self._told > TELL_SECONDS):
            self._told = time.perf_counter()
            self.progressed.emit(*progress)

    def _go_aside(self) -> None:
        """Let another thread wait for the disk; SQLite keeps Python from nothing meanwhile."""
        self._aside = _Aside(self._work)
        self._aside.start()
        self._timer.setInterval(ASIDE_MILLISECONDS)

    def _came_back(self, aside: _Aside) -> None:
        aside.join()
        self._aside = None
        self._timer.setInterval(0)
        if aside.error:
            self._end(None if isinstance(aside.error, StopIteration) else aside.error)
        elif self._is_unwanted:
            self.cancel()
        elif is_aside(aside.progress):
            self._go_aside()

    def _end(self, error: BaseException | None) -> None:
        self._timer.stop()
        self.ended.emit(error)


class _Aside(threading.Thread):
    """Takes one slice, and keeps what it yields or the error that it ends with."""

    def __init__(self, work: Iterator[Progress]) -> None:
        super().__init__(name="annotator-slice", daemon=True)
        self._work = work
        self.progress: Progress | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Take it."""
        try:
            self.progress = next(self._work)
        except BaseException as error:  # noqa: BLE001  (told by whoever waits)
            self.error = error


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
