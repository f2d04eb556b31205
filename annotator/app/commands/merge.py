"""``annotator merge``: other annotators' files into a project."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from annotator.app.commands.common import (
    Commands,
    ProgressLine,
    answer,
    command,
    open_project,
    project_argument,
    say,
    write_report,
)


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "merge",
        "bring other annotators' files into a project, in one undoable step",
        _run,
    )
    project_argument(parser)
    parser.add_argument(
        "others", type=Path, nargs="+", metavar="OTHER", help="their project files; only read"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and change nothing"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write the whole report as JSON"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import backups, merging

    with open_project(arguments) as project:
        if not arguments.dry_run:
            backups.before(project, "merge")
        with ProgressLine() as progress:
            report = merging.merge(
                project, arguments.others, dry_run=arguments.dry_run, tell=progress.tell
            )
    data = asdict(report)
    write_report(arguments, data)
    for line in report.details():
        say(line)
    answer(arguments, data, report.in_words())
