"""``annotator duplicates``: copies of one article, found, grouped, and given the same marks."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import (
    Commands,
    ProgressLine,
    answer,
    command,
    open_project,
    project_argument,
)


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands, "duplicates", "find articles that are copies of each other, and group them", _run
    )
    project_argument(parser)
    parser.add_argument(
        "--days",
        type=int,
        default=7,
        metavar="N",
        help="how many days apart copies may have been published (default: 7)",
    )
    parser.add_argument(
        "--any-date", action="store_true", help="however far apart they were published"
    )
    parser.add_argument(
        "--group",
        action="store_true",
        help="group those that are surely copies, in one undoable step",
    )
    parser.add_argument(
        "--propagate",
        metavar="NAME",
        help="copy this annotator's marks to the copies, where the text is the same, in one step",
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import duplicate_groups, duplicates, duplicates_words, propagating

    days = None if arguments.any_date else arguments.days
    with open_project(arguments, arguments.propagate) as project:
        with ProgressLine() as progress:
            found = duplicates.find(project, days=days, tell=progress.tell)
        grouped = bool(arguments.group and found.ungrouped)
        if grouped:
            duplicate_groups.group(project, found.ungrouped)
        copied = propagating.propagate_all(project) if arguments.propagate else None
    answer(
        arguments,
        duplicates_words.as_data(found, grouped=grouped, copied=copied),
        duplicates_words.in_words(found, grouped=grouped, copied=copied),
    )
