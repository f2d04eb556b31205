"""``annotator backup``: a verified copy of a project in the data folder."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument

if TYPE_CHECKING:
    from annotator.services.backups import Backup


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "backup", "make a verified copy of a project, or list them", _run)
    project_argument(parser)
    parser.add_argument("--list", action="store_true", help="list the backups, newest first")


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import backups

    if arguments.list:
        found = backups.at_path(arguments.project)
        lines = [f"{backups.told(backup)}  {backup.path}" for backup in found]
        answer(
            arguments,
            {"backups": [_data(backup) for backup in found]},
            lines or ["There is no backup of this project yet."],
        )
        return
    with open_project(arguments) as project:
        made = backups.make(project)
        newest = made or backups.of_project(project)[0]
    said = "Made and verified" if made else "Nothing changed since"
    answer(arguments, {"made": bool(made), **_data(newest)}, [f"{said} {newest.path}"])


def _data(backup: Backup) -> dict[str, str]:
    return {"path": str(backup.path), "at": backup.at.isoformat(), "reason": backup.reason}
