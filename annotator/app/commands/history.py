"""``annotator history``: what was done, by whom and when."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "history", "list what was done, newest first", _run)
    project_argument(parser)
    parser.add_argument("--limit", type=int, default=-1, metavar="N", help="only the last N acts")


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import history

    with open_project(arguments) as project:
        entries = history.entries(project, arguments.limit)
    data = [
        {
            "number": entry.step.number,
            "at": entry.step.at,
            "annotator": entry.annotator or None,
            "name": entry.step.name,
            "state": entry.step.state.value,
            "article": entry.step.article,
        }
        for entry in entries
    ]
    lines = [
        f"{entry.step.number:>6}  {entry.step.at[:19].replace('T', ' ')}  {entry.annotator:12}  {entry.step.name}"
        + ("" if entry.step.state.value == "done" else f"  ({entry.step.state.value})")
        for entry in entries
    ]
    answer(arguments, data, lines)
