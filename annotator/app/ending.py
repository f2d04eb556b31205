"""The program is asked to end from outside, at logout or shutdown: it closes as by its own key."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

SOON_MILLISECONDS = 50
"""So often is looked whether something still stands before the window."""

AT_ONCE = 64
"""So many bytes are read in one go of those that signals wrote."""


class Ending(QObject):
    """Closes a window when the system asks for it, also while it waits for an answer.

    Signals are for systems that have them; on Windows the desktop closes windows itself.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_asked = False
        self._loops = QThread.currentThread().loopLevel()
        self._pipe: tuple[int, int] | None = None
        self._before: dict[int, Any] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(SOON_MILLISECONDS)
        self._timer.timeout.connect(self._close)

    def watch(self) -> None:
        """Heed the signals that ask for an end, but those that whoever started the program wants ignored."""
        if sys.platform == "win32":
            return
        import signal

        # Python hears of a signal when it next runs, and while nobody works it does not: the
        # byte that is written then wakes it.
        self._pipe = reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        woken = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        woken.activated.connect(self._wake)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._ask)

    def stop(self) -> None:
        """Leave signals to the system again."""
        self._timer.stop()
        if self._pipe:
            import signal

            signal.set_wakeup_fd(-1)
            for number, handler in self._before.items():
                signal.signal(number, handler)
            for notifier in self.findChildren(QSocketNotifier):
                notifier.setEnabled(False)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def begin(self) -> None:
        """Close the window as soon as nothing stands before it: what asks something is left without an answer."""
        self._timer.start()
        self._close()

    def _ask(self, _number: int, _frame: object) -> None:
        # Amid whatever runs now; the window is closed when that has come to its end.
        self._is_asked = True

    def _wake(self) -> None:
        if self._pipe:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], AT_ONCE)
        if self._is_asked:
            self.begin()

    def _close(self) -> None:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front:
            # Also what closing itself waits for, the backup of a large project: a system that
            # shuts down does not wait so long, and all that was done is saved.
            front.close()
        elif QThread.currentThread().loopLevel() > self._loops:
            # Something waits that shows no window yet, as a project being opened does at first: what
            # it waits for would come into a window that is closed already, and stay open.
            return
        elif self._window.isVisible():
            self._window.close()
        else:
            QApplication.quit()
