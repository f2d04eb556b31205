"""Import and export from the desk: run beside the reading, told in a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.presentation import beside
from annotator.services import exporting, importing, offered
from annotator.services.exporting import VIEWS
from annotator.services.import_report import Report
from annotator.services.offered import Format

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting
    from annotator.services.project import Project


__all__ = [
    "ExportForm",
    "ExportWish",
    "Format",
    "export_form",
    "own_lines",
    "run_export",
    "run_import",
    "target",
]


ONE_FILE = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xmi")
"""Endings of files of which some formats write several."""


@dataclass(frozen=True, slots=True)
class ExportForm:
    """What there is to choose from before an export.

    Attributes:
        formats: all that can be written, our own first, then by what people call them.
        people: the annotators of the project.
        proposed: a name for the file, without its ending.
    """

    formats: tuple[Format, ...]
    people: tuple[str, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What was chosen."""

    path: Path
    format: str
    view: str = VIEWS[0]
    annotator: str | None = None
    without_text: bool = False


def export_form(project: Project) -> ExportForm:
    """Return what the form of an export shows."""
    written = [each for each in offered.formats() if each.writes]
    written.sort(key=lambda each: (each.name != offered.OWN, each.title.casefold()))
    return ExportForm(tuple(written), tuple(exporting.people(project)), project.path.stem)


def target(path: Path, format: Format) -> Path:
    """Return where an export goes whose target the user named as one file of a format of several.

    That is a zip archive of the name, numbered where there is one already that nobody was asked
    about. All other targets stay as they are.
    """
    if not format.several or path.suffix.lower() not in (*ONE_FILE, f".{format.name}"):
        return path
    names = (f"{path.stem}{number}.zip" for number in chain([""], (f"-{n}" for n in count(2))))
    return next(found for name in names if not (found := path.with_name(name)).exists())


def own_lines(path: Path) -> ExportWish:
    """Return the wish for our own lines of everybody's marks."""
    return ExportWish(path, offered.OWN)


def run_import(
    desk: Acting,
    project: Project,
    paths: Sequence[Path],
    choices: importing.Choices,
    presets: Mapping[str, Mapping[str, str]],
    labels: Mapping[str, str],
) -> bool:
    """Import files in small slices; no other act is possible meanwhile, reading is.

    Tells whether the import began.
    """
    if desk.busy:
        desk.messages.problem("An import is running: wait for it, or cancel it below.")
        return False
    report = Report()
    work = importing.import_steps(
        project, paths, report, choices=choices, presets=presets, labels=labels
    )

    def done(error: BaseException | None) -> None:
        desk.busy = False
        if error is None:
            desk.refresh()
            desk.messages.done(" ".join(report.in_words()), undoable=bool(report.added.in_words()))

    desk.busy = True
    if not desk.window.run_slices("Importing", work, done):
        desk.busy = False
    return desk.busy


def run_export(desk: Acting, project: Project, wish: ExportWish) -> None:
    """Export a copy of the project, while reading and marking go on."""
    order = exporting.Order(
        wish.path, wish.format, wish.view, wish.annotator, without_text=wish.without_text
    )

    def done(result: object | None, error: BaseException | None) -> None:
        if isinstance(result, exporting.Told) and error is None:
            desk.messages.done(f"Exported to {wish.path.name}. {' '.join(result.words)}")
            if result.details:
                desk.window.show_report("Export", result.words, result.details)

    try:
        beside.run(desk, "Exporting", lambda open_: exporting.export_aside(open_, order), done)
    except (Problem, OSError) as problem:
        desk.messages.problem(str(problem))
