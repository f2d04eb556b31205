"""Python's search for unreachable objects, put off while very many are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Put the search off until the block ends.

    It looks at everything that is alive: with the marks of a large project in memory each one
    takes a tenth of a second, in which the window stands still, and reading brings on several.
    """
    was_on, passed_over = gc.isenabled(), gc.get_freeze_count() > 0
    gc.disable()
    try:
        yield
    finally:
        # What was made meanwhile counts as old from now on: as young objects all of it would be
        # looked at in the next moment. Where what is old is passed over, so is this.
        gc.freeze()
        if not passed_over:
            gc.unfreeze()
        if was_on:
            gc.enable()
