"""``annotator stats``: how much there is, and how far everybody is."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.app.commands.common import (
    Commands,
    answer,
    command,
    open_project,
    project_argument,
    say,
)


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "stats", "count articles, marks, links and verdicts", _run)
    project_argument(parser)
    parser.add_argument(
        "--figures",
        type=Path,
        metavar="FOLDER",
        help="write the numbers of every figure of the window into a folder, as CSV",
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import figures, statistics

    with open_project(arguments) as project:
        found = statistics.count(project)
        if arguments.figures:
            for path in figures.write_all(
                figures.build(project, figures.Order()), arguments.figures
            ):
                say(f"Wrote {path}.")
    answer(arguments, found.as_data(), found.in_words())
