"""Work is counted, not timed: calls of Python functions, and instructions of SQLite."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

from annotator.services.project import Project

Work = Callable[[], object]


def counted(project: Project, work: Work) -> tuple[int, int]:
    """Return how many calls of Python and hundreds of instructions of SQLite something takes."""
    calls = instructions = 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call"

    def ticked() -> int:
        nonlocal instructions
        instructions += 1
        return 0

    before = sys.getprofile()
    project.db.conn.set_progress_handler(ticked, 100)
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
        project.db.conn.set_progress_handler(None, 100)
    return calls, instructions
