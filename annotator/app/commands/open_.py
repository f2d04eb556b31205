"""``annotator open``: the window."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from annotator.app.commands.common import Commands, command
from annotator.domain.errors import Problem


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "open",
        "open the window on a project, the last one, or a sample",
        _run,
        json_output=False,
    )
    parser.add_argument(
        "project", type=Path, nargs="?", metavar="PROJECT", help="the project to open"
    )


def _run(arguments: argparse.Namespace) -> int:
    from annotator.app import display, logs

    missing = display.missing()
    if missing:
        raise Problem(missing)
    logs.start()
    # Nothing that is made while the program is read is garbage; the window looks for it again
    # once it is there.
    gc.disable()
    try:
        from annotator.app import window
    except ImportError as error:
        raise Problem(
            f"The window cannot be opened because a system library is missing ({error}): "
            "“make run” installs or names what Qt needs."
        ) from error
    return window.run(arguments.project)
