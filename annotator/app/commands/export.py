"""``annotator export``: marks out of a project."""

from __future__ import annotations

import argparse
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
    parser = command(commands, "export", "write marks to a file; the same bytes every time", _run)
    project_argument(parser)
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="the file to write; what is there is replaced whole"
    )
    parser.add_argument(
        "--format", metavar="F", default="jsonl", help="the format (default: jsonl)"
    )
    parser.add_argument(
        "--view",
        default="annotator",
        choices=("annotator", "gold", "suggestions"),
        help="whose picture (default: annotator)",
    )
    parser.add_argument("--annotator", metavar="NAME", help="only this annotator's marks")
    parser.add_argument(
        "--without-text", action="store_true", help="leave the article texts out, keep their hashes"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the loss report as JSON")
    parser.add_argument(
        "--strict", action="store_true", help="write nothing if anything would be lost"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import exporting

    order = exporting.Order(
        arguments.out,
        arguments.format,
        arguments.view,
        arguments.annotator,
        arguments.without_text,
        arguments.strict,
    )
    with open_project(arguments) as project, ProgressLine() as progress:
        report = exporting.export(project, order, progress.tell)
    data = {**report.as_data(), "out": str(arguments.out)}
    write_report(arguments, data)
    for line in report.details():
        say(line)
    answer(arguments, data, report.in_words())
