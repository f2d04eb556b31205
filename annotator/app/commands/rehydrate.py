"""``annotator rehydrate``: texts back into a release that was given out without them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from annotator.app.commands.common import Commands, answer, command


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands, "rehydrate", "put texts back into a release without them, by their hashes", _run
    )
    parser.add_argument("release", type=Path, metavar="RELEASE", help="the folder of the release")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write; a new one")
    parser.add_argument(
        "copies",
        type=Path,
        nargs="+",
        metavar="TEXTS",
        help="your copies of the articles: projects, or files and folders that can be imported",
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import rehydrating

    done = rehydrating.rehydrate(arguments.release, arguments.copies, arguments.out)
    answer(arguments, asdict(done), [*done.in_words(), *done.missing])
