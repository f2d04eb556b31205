"""``annotator stats``: how much there is, and how far everybody is."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "stats", "count articles, marks, links and verdicts", _run)
    project_argument(parser)


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import statistics

    with open_project(arguments) as project:
        found = statistics.count(project)
    answer(arguments, found.as_data(), found.in_words())
