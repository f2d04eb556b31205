"""``annotator new``: an empty project."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.app.commands.common import Commands, answer, command


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "new", "make an empty project; never overwrites", _run)
    parser.add_argument(
        "project", type=Path, metavar="PROJECT", help="where it goes; .annotator is added"
    )
    parser.add_argument(
        "--codebook",
        metavar="FILE",
        help="a codebook as JSON or Markdown, or the name of a ready one, instead of the default one",
    )
    parser.add_argument("--annotator", metavar="NAME", help="the first annotator")


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import codebooks, project

    book = (
        codebooks.find(arguments.codebook) if arguments.codebook else codebooks.default_codebook()
    )
    with project.create(arguments.project, book, arguments.annotator) as made:
        data = {"project": str(made.path), "id": made.file.id, "codebook": book.name}
    answer(arguments, data, [f"Made {data['project']} with the codebook “{book.name}”."])
