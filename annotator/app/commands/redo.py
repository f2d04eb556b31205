"""``annotator redo``: do acts again that were undone."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, command, project_argument
from annotator.app.commands.turning import turn


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "redo", "do acts again that were undone", _run)
    project_argument(parser)
    parser.add_argument(
        "count", type=int, nargs="?", default=1, metavar="N", help="how many acts (default: 1)"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import history

    turn(arguments, history.redo, "Redone")
