"""Long work on a copy of the project, beside the window: first it is copied, then the work is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem, Refused
from annotator.services.aside import Aside

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting
    from annotator.services.project import Project

Done = Callable[[object | None, BaseException | None], None]
"""Gets the result or the error."""

BUSY = "Something else is running: wait for it, then try again."


def run(desk: Acting, title: str, begin: Callable[[Project], Aside[object]], done: Done) -> bool:
    """Do work aside, with progress and cancel; tell whether it began.

    While a large project is copied, nothing can be written to it. ``done`` is called at the end
    if it began, whatever the end.

    Raises:
        Problem, OSError: the project cannot be copied now.
    """
    if desk.busy or desk.project is None:
        raise Refused(BUSY)
    aside = begin(desk.project)
    if aside.is_copied:
        return _work(desk, title, aside, done)

    def copied(_: object | None, error: BaseException | None) -> None:
        desk.busy = False
        if error is not None:
            done(None, error)
        elif not _work(desk, title, aside, done):
            done(None, Problem(BUSY))

    desk.busy = True
    if not desk.window.run_aside(f"{title}: copying the project", aside.copy, copied):
        desk.busy = False
    return desk.busy


def _work(desk: Acting, title: str, aside: Aside[object], done: Done) -> bool:
    def ended(result: object | None, error: BaseException | None) -> None:
        aside.drop()
        done(result, error)

    if desk.window.run_aside(title, aside.work, ended):
        return True
    aside.drop()
    return False
