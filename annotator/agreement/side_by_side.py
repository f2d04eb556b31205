"""Counting documents in several processes: the same tallies in the same order, sooner.

A few documents at a time go to a process and come back as columns. They are joined in the order
of the documents, so nothing depends on how many processes there are or which was first.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from annotator.agreement.measure import Measure, Tallier, Tick, tally_all
from annotator.agreement.sums import Columns, joined
from annotator.agreement.units import Document

AT_ONCE = 8
"""Documents that go to a process together; a cancelled computation waits for these."""

_PATIENCE = 0.1
"""Seconds between two looks at whether the computation was cancelled."""


@contextmanager
def tallier(processes: int) -> Iterator[Tallier]:
    """Give a tallier that counts in so many processes, which end with the block.

    One process is this one. The block waits for what is being counted, whichever way it is left.
    """
    if processes < 2:
        yield tally_all
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin)

    def spread(
        measures: Sequence[Measure], documents: Sequence[Document], tick: Tick | None
    ) -> list[Columns]:
        if len(documents) <= AT_ONCE:
            return tally_all(measures, documents, tick)
        try:
            return _spread(pool, measures, documents, tick)
        except BrokenProcessPool:  # a system without room for more processes: count here
            return tally_all(measures, documents, tick)

    try:
        yield spread
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _spread(
    pool: ProcessPoolExecutor,
    measures: Sequence[Measure],
    documents: Sequence[Document],
    tick: Tick | None,
) -> list[Columns]:
    parts = [documents[at : at + AT_ONCE] for at in range(0, len(documents), AT_ONCE)]
    futures = [pool.submit(tally_all, measures, part) for part in parts]
    pending = set(futures)
    while pending:
        if tick:
            tick(1 - len(pending) / len(futures))
        _, pending = wait(pending, _PATIENCE, FIRST_COMPLETED)
    counted = [future.result() for future in futures]
    return [joined(columns) for columns in zip(*counted, strict=True)]


def _begin() -> None:
    """Leave Ctrl-C to the process that asked, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
