"""``annotator assign``: articles dealt out, and a file for each annotator."""

from __future__ import annotations

import argparse
from pathlib import Path

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
        commands, "assign", "deal articles out and write a project file for each annotator", _run
    )
    project_argument(parser)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the files go")
    parser.add_argument(
        "--annotators", required=True, metavar="A,B,…", help="who gets articles; new names are made"
    )
    parser.add_argument(
        "--overlap",
        type=float,
        default=0.2,
        metavar="SHARE",
        help="share of the articles that everybody gets, from 0 to 1 (default: 0.2)",
    )
    parser.add_argument(
        "--strata",
        default="",
        choices=("publisher", "month"),
        help="deal publishers or months of publication evenly",
    )
    parser.add_argument("--count", type=int, metavar="N", help="deal out at most N articles")
    parser.add_argument(
        "--again", action="store_true", help="also articles that are assigned already"
    )
    parser.add_argument(
        "--seed", type=int, default=20260101, metavar="N", help="the same seed deals the same"
    )
    parser.add_argument(
        "--open",
        action="store_true",
        dest="not_blind",
        help="let everybody see all marks and gold, not only their own",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say who would get what and write nothing"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import assigning, handing_out

    wish = assigning.Wish(
        annotators=tuple(arguments.annotators.split(",")),
        overlap=arguments.overlap,
        seed=arguments.seed,
        strata=arguments.strata,
        count=arguments.count,
        again=arguments.again,
    )
    files: list[Path] = []
    with open_project(arguments) as project:
        assignment = assigning.deal(project, wish)
        if not arguments.dry_run:
            with ProgressLine() as progress:
                files = handing_out.give(
                    project,
                    assignment,
                    arguments.folder,
                    blind=not arguments.not_blind,
                    tell=progress.tell,
                )
    data = {
        "shared": list(assignment.shared),
        "articles": {name: list(ids) for name, ids in assignment.by_name.items()},
        "files": [str(path) for path in files],
    }
    answer(arguments, data, [*assignment.in_words(), *(f"Wrote {path}." for path in files)])
