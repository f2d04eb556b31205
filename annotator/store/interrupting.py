"""Ending what SQLite is busy with, in the midst of one statement."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.store.connection import Database

LOOK_SECONDS = 0.03


@contextmanager
def ended_when(db: Database, is_unwanted: Callable[[], bool]) -> Iterator[None]:
    """End each statement that goes on in the block once it is unwanted, by an OperationalError.

    Another thread asks, time and again. SQLite could ask by itself, but not while it goes through the
    pages of a file, which takes seconds; and it would have to wait for Python each time.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            if is_unwanted():
                db.conn.interrupt()

    watch = threading.Thread(target=look, name="annotator-interrupting", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()
