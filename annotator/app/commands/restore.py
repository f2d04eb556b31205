"""``annotator restore``: puts a backup in the place of a project; what was there is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.app.commands.common import Commands, answer, command


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands, "restore", "put a backup in the place of a project; what was there is kept", _run
    )
    parser.add_argument("project", type=Path, metavar="PROJECT", help="the project to put back")
    parser.add_argument(
        "backup", type=Path, nargs="?", metavar="BACKUP", help="which one; without it the newest"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import backups

    done = backups.put_back(arguments.project, arguments.backup)
    lines = [f"Restored {done.project.name} from {done.backup}."]
    if done.aside:
        lines.append(f"What was there before is in {done.aside}.")
    data = {
        "project": str(done.project),
        "backup": str(done.backup),
        "set_aside": str(done.aside) if done.aside else None,
    }
    answer(arguments, data, lines)
