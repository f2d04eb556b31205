"""Import and export from the desk: run beside the reading, told in a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.services import exporting, importing
from annotator.services.import_report import Report

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting
    from annotator.services.project import Project


def run_import(
    desk: Acting,
    project: Project,
    paths: Sequence[Path],
    choices: importing.Choices,
    presets: Mapping[str, Mapping[str, str]],
) -> bool:
    """Import files in small slices; no other act is possible meanwhile, reading is.

    Tells whether the import began.
    """
    if desk.busy:
        desk.messages.problem("An import is running: wait for it, or cancel it below.")
        return False
    report = Report()
    work = importing.import_steps(project, paths, report, choices=choices, presets=presets)

    def done(error: BaseException | None) -> None:
        desk.busy = False
        if error is None:
            desk.refresh()
            desk.messages.done(" ".join(report.in_words()), undoable=bool(report.added.in_words()))

    desk.busy = True
    if not desk.window.run_slices("Importing", work, done):
        desk.busy = False
    return desk.busy


def run_export(desk: Acting, project: Project, path: Path) -> None:
    """Export a snapshot in another thread, while reading and marking go on."""
    try:
        work = exporting.export_aside(project, exporting.Order(path))
    except (Problem, OSError) as problem:
        desk.messages.problem(str(problem))
        return

    def done(result: object | None, error: BaseException | None) -> None:
        if isinstance(result, exporting.Report) and error is None:
            desk.messages.done(f"Exported to {path.name}. {' '.join(result.in_words())}")
            if result.losses:
                desk.window.show_report("Export", result.in_words(), result.details())

    desk.window.run_aside("Exporting", work, done)
