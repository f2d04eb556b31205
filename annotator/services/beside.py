"""Long work in a process of its own: Python in another thread would take from the window what it needs to paint."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from annotator.domain.errors import Problem

T = TypeVar("T")

Tell = Callable[[int, int], bool]
"""Told how much is done and how much there is; returns False to stop."""

_POLL_SECONDS = 0.05

TELL_SECONDS = 0.02
"""The process tells how far it is no more often: whoever listens has a window to look after."""

_PATIENCE = 30.0
"""Seconds that work has to clean up after itself when it is to stop."""


GRACE_SECONDS = 0.2
"""Work that is to stop and does not ask for so long is interrupted where it is, and cleans up from there."""


class Unstarted(Problem):
    """The work was cancelled before it began."""


class Interrupted(Problem):
    """The work was cancelled where it asked nobody; it cleaned up after itself."""


def call(work: Callable[..., T], *arguments: object, tell: Tell) -> T:
    """Call a function of a module in a fresh process, and return what it returns.

    Args:
        work: is called with the arguments, which are copied, and with a ``Tell`` as the last one.

    Raises:
        Unstarted: ``tell`` said to stop before the work began.
        Problem: the process came to a sudden end. Whatever ``work`` raises is raised here, too.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work, arguments))
    process.start()
    there.close()
    try:
        if not _started(here, tell):
            # It waits for a word to begin, so nothing of it is begun.
            process.terminate()
            raise Unstarted("Cancelled before it began: nothing was changed.")
        result: T = _attend(here, tell)
        return result
    except EOFError:
        raise Problem(
            "The work came to a sudden end, perhaps for want of memory: close other programs and try again."
        ) from None
    finally:
        here.close()
        process.join(_PATIENCE)
        if process.is_alive():
            process.terminate()
            process.join()
        process.close()


def _started(here: Connection, tell: Tell) -> bool:
    """Wait until the process has read its modules, and let it begin; False if that is unwanted."""
    is_ready = False
    while not is_ready:
        is_ready = here.poll(_POLL_SECONDS)
        if not tell(0, 0):
            return False
    here.recv()
    with suppress(OSError):  # it is noticed by whoever reads from it next
        here.send("begin")
    return True


def _attend(here: Connection, tell: Tell) -> Any:
    """Pass progress on, ask to stop where it is wanted, and return the result."""
    state, stopping = (0, 0), False
    while True:
        if not here.poll(_POLL_SECONDS):
            kind, said = "progress", state
        else:
            kind, said = here.recv()
        if kind == "result":
            return said
        if isinstance(said, BaseException):
            raise said
        state = said
        if not tell(*state) and not stopping:
            stopping = True
            with suppress(OSError):  # it has just ended by itself
                here.send("stop")


# In the process


class _Stop:
    """Hears whether the work is to stop, in a thread of its own."""

    def __init__(self, there: Connection) -> None:
        self._there = there
        self._alone = threading.Lock()
        self._is_known = False
        self.is_wanted = False
        threading.Thread(target=self._listen, name="annotator-stop", daemon=True).start()

    def known(self) -> None:
        """Interrupt the work no more: it knows that it is to stop, or it has ended."""
        with self._alone:
            self._is_known = True

    def _listen(self) -> None:
        with suppress(EOFError, OSError):  # nobody is there any more: that is as good as a word
            self._there.recv()
        self.is_wanted = True
        time.sleep(GRACE_SECONDS)
        with self._alone:
            if not self._is_known:
                _thread.interrupt_main()


def _serve(there: Connection, work: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    try:
        there.send("ready")
        there.recv()
    except (EOFError, OSError):  # nobody is there any more
        return
    # A program that runs in the background of a shell lets Ctrl-C pass, and then no interruption arrives.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stop, told = _Stop(there), 0.0

    def tell(done: int, total: int) -> bool:
        nonlocal told
        if stop.is_wanted:
            stop.known()
            return False
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            with suppress(OSError):  # nobody is there any more, which is heard elsewhere
                there.send(("progress", (done, total)))
        return True

    answer: tuple[str, object]
    try:
        try:
            answer = "result", work(*arguments, tell)
        except Exception as error:  # noqa: BLE001  (raised again where somebody waits)
            answer = "error", error
        stop.known()
        # An interruption that was on its way arrives here.
        time.sleep(0)
    except KeyboardInterrupt:
        answer = "error", Interrupted("Cancelled: nothing was changed.")
    with suppress(OSError):
        there.send(answer)
