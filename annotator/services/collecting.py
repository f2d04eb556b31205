"""Very many objects: Python's search for unreachable ones is put off while they are made, and they are forgotten bit by bit."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

SELDOM = 1_000
"""Python collects old objects after some ten collections of younger ones; who asks for more looks itself."""


@contextmanager
def put_off() -> Iterator[None]:
    """Put the search off until the block ends.

    It looks at everything that is alive: with the marks of a large project in memory each one
    takes a tenth of a second, in which the window stands still, and reading brings on several.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made meanwhile counts as old from now on: as young objects all of it would be
        # looked at in the next moment. Where old ones are looked at at rest only, they are passed
        # over until then. (Counting what is passed over would tell that, too, but takes a frame.)
        gc.freeze()
        if gc.get_threshold()[2] < SELDOM:
            gc.unfreeze()
        if was_on:
            gc.enable()


FEW = 1_000
"""So many heaps are forgotten within a frame."""

BREATH = 0.001
"""After so many seconds others have their turn for as long."""


def let_go(*heaps: MutableMapping[Any, Any]) -> None:
    """Empty mappings that nobody needs any more, in another thread where they are large.

    Forgetting the ids of a large project at once takes the time of several frames, in any thread,
    for Python lets nobody else work meanwhile; between two entries it does.
    """
    if sum(map(len, heaps)) < FEW:
        return
    threading.Thread(target=_empty, args=heaps, name="annotator-forgetting", daemon=True).start()


def _empty(*heaps: MutableMapping[Any, Any]) -> None:
    end = time.perf_counter() + BREATH
    for heap in heaps:
        while heap:
            heap.popitem()
            if time.perf_counter() >= end:
                # Else whoever asks the store or waits for the disk waits for this, too, each time anew.
                time.sleep(BREATH)
                end = time.perf_counter() + BREATH
