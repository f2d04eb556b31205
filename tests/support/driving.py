"""Running long work as a window does, without one."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from annotator.domain.slices import Progress, is_aside


def driven(steps: Iterator[Progress]) -> int:
    """Run long work to its end, another thread taking what may be beside it; return the turns of the window."""
    turns, said = 0, next(steps, None)
    while said is not None:
        taken: list[Progress | None] = []
        if is_aside(said):
            beside = threading.Thread(target=lambda: taken.append(next(steps, None)))  # noqa: B023
            beside.start()
            beside.join()
        else:
            taken.append(next(steps, None))
        turns += 1
        (said,) = taken
    return turns
