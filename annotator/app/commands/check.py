"""``annotator check``: the proof that a project is whole, and a whole copy of one that is not."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands, "check", "prove that every text, mark, link and step of a project is whole", _run
    )
    project_argument(parser)
    parser.add_argument(
        "--repair",
        action="store_true",
        help="make a whole copy beside it; the project itself is not touched",
    )
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="with --repair: where the copy goes"
    )


def _run(arguments: argparse.Namespace) -> int:
    return _repair(arguments) if arguments.repair else _check(arguments)


def _check(arguments: argparse.Namespace) -> int:
    from annotator.services import checking

    with open_project(arguments) as project:
        problems = checking.problems(project)
    lines = problems or ["The project is whole: every text, mark, link and step was checked."]
    answer(arguments, {"problems": problems}, lines)
    return 1 if problems else 0


def _repair(arguments: argparse.Namespace) -> int:
    from annotator.services import repairing

    made, lost = repairing.repair(arguments.project, arguments.to)
    data = {
        "repaired": str(made.path),
        "kept": dict(made.kept),
        "from_journal": made.from_journal,
        "notes": made.notes,
        "lost": len(made.lost),
        "lost_file": str(lost) if lost else None,
    }
    answer(arguments, data, repairing.lines(made, lost))
    return 0
