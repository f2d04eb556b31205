"""``annotator check``: the proof that a project is whole."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands, "check", "prove that every text, mark, link and step of a project is whole", _run
    )
    project_argument(parser)


def _run(arguments: argparse.Namespace) -> int:
    from annotator.services import checking

    with open_project(arguments.project) as project:
        problems = checking.problems(project)
    lines = problems or ["The project is whole: every text, mark, link and step was checked."]
    answer(arguments, {"problems": problems}, lines)
    return 1 if problems else 0
