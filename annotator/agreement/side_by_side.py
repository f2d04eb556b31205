"""Work on many pieces in several processes: the same results in the same order, sooner.

A piece goes to a process and its result comes back. Results are given in the order of the pieces,
so nothing depends on how many processes there are or which was first.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 3
"""So many pieces for each process are taken ahead of the results, so that none has to wait."""

_PATIENCE = 0.1
"""Seconds between two looks at whether the computation was cancelled."""

_HAS_MASKS = hasattr(signal, "pthread_sigmask")
"""Windows has none."""

_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What libraries below numpy read when they are loaded."""


class Crew:
    """Who does the work: this process, or so many others, which end with ``crew``."""

    def __init__(self, pool: ProcessPoolExecutor | None = None, processes: int = 1) -> None:
        self._pool = pool
        self._ahead = processes * AHEAD

    def each(
        self,
        work: Callable[[Piece], Result],
        pieces: Iterable[Piece],
        still: Callable[[], object] = lambda: None,
    ) -> Iterator[Result]:
        """Yield what becomes of each piece, in order; pieces are taken as they are needed.

        Args:
            work: a function of a module, so that it can be sent, as pieces and results can.
            still: called again and again while there is something to wait for; it may raise.
        """
        if self._pool is None:
            for piece in pieces:
                still()
                yield work(piece)
            return
        sent: deque[tuple[Piece, Future[Result]]] = deque()
        for piece in pieces:
            while len(sent) >= self._ahead:
                yield self._awaited(work, *sent.popleft(), still)
            sent.append((piece, self._send(work, piece)))
        while sent:
            yield self._awaited(work, *sent.popleft(), still)

    def _send(self, work: Callable[[Piece], Result], piece: Piece) -> Future[Result]:
        assert self._pool is not None  # noqa: S101  (else ``each`` works here)
        try:
            with _ctrl_c_waiting():
                return self._pool.submit(work, piece)
        except BrokenProcessPool as broken:
            failed: Future[Result] = Future()
            failed.set_exception(broken)
            return failed

    def _awaited(
        self,
        work: Callable[[Piece], Result],
        piece: Piece,
        future: Future[Result],
        still: Callable[[], object],
    ) -> Result:
        still()
        while not wait([future], _PATIENCE).done:
            still()
        try:
            return future.result()
        except BrokenProcessPool:  # a system without room for more processes: work here
            return work(piece)


@contextmanager
def crew(processes: int) -> Iterator[Crew]:
    """Give a crew of so many processes, which end with the block.

    One process is this one. The block waits for what is being worked on, whichever way it is left.
    """
    if processes < 2:
        yield Crew()
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    try:
        yield Crew(pool, processes)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _ctrl_c_waiting() -> Iterator[None]:
    """Start processes so that Ctrl-C, which goes to all of them, cannot meet one before ``_begin``."""
    if not _HAS_MASKS:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Use one processor, leave Ctrl-C to the process that asked, and end with it, however it ends."""
    # As many processes as processors are at work: threads of numpy would only wait for each other.
    os.environ |= dict.fromkeys(_THREADS, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _HAS_MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
