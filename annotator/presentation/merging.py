"""Merging from the desk: a trial first, then the question, then the merge, told in a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.services import merging
from annotator.services.merge_report import Report
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.project import Project


Then = Callable[[], None]


def choose_merges(desk: Desk) -> None:
    """Let the user choose other annotators' files, and merge them."""
    if desk.project:
        paths = desk.window.ask_merges()
        if paths:
            run_merge(desk, desk.project, list(paths))


def run_merge(desk: Desk, project: Project, paths: Sequence[Path]) -> None:
    """Try the merge, show what it would do, and do it if the user wants it."""
    trial = Report(dry_run=True)

    def tried() -> None:
        if not trial.changes_anything:
            desk.messages.done("There is nothing new: everything in it is here already.")
            if trial.details():
                desk.window.show_report("Merge", trial.in_words(), trial.details())
        elif desk.window.ask(_title(paths), _question(trial), ("Merge",)) == 0:
            _work(desk, project, paths, Report(), None)

    _work(desk, project, paths, trial, tried)


def _work(
    desk: Desk,
    project: Project,
    paths: Sequence[Path],
    report: Report,
    then: Then | None,
) -> None:
    if desk.busy:
        desk.messages.problem("An import or a merge is running: wait for it, or cancel it below.")
        return

    def done(error: BaseException | None) -> None:
        desk.busy = False
        if error is not None:
            return
        if then:
            then()
            return
        desk.refresh()
        desk.messages.done(" ".join(report.in_words()), undoable=report.changes_anything)
        if report.details():
            desk.window.show_report("Merge", report.in_words(), report.details())

    if not report.dry_run:
        desk.risking.emit("merge")
    desk.busy = True
    title = "Looking at what would change" if report.dry_run else "Merging"
    if not desk.window.run_slices(title, merging.merge_steps(project, paths, report), done):
        desk.busy = False


def _title(paths: Sequence[Path]) -> str:
    what = paths[0].name if len(paths) == 1 else counted(len(paths), "file")
    return f"Merge {what}?"


def _question(trial: Report) -> str:
    lines = [line for line in trial.in_words() if "trial" not in line]
    if trial.conflicts:
        lines.append(
            f"{counted(len(trial.conflicts), 'conflict')}: the later word stands. All of them are listed "
            "afterwards, and one undo takes the merge back."
        )
    return "\n".join(lines)
