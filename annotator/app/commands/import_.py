"""``annotator import``: articles and marks into a project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.common import (
    Commands,
    ProgressLine,
    answer,
    command,
    open_project,
    project_argument,
    say,
    write_report,
)

if TYPE_CHECKING:
    from annotator.domain.coded import TableLook


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "import",
        "add articles and marks from files or folders, in one undoable step",
        _run,
    )
    project_argument(parser)
    parser.add_argument(
        "paths", type=Path, nargs="+", metavar="PATH", help="files, or folders with files"
    )
    parser.add_argument(
        "--format", metavar="F", help="read every file as this format instead of looking"
    )
    parser.add_argument(
        "--annotator", metavar="NAME", help="whose marks they are, where a file does not say"
    )
    parser.add_argument("--encoding", metavar="NAME", help="of text files that are not UTF-8")
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help='what labels of other tools mean: a JSON object such as {"PER": "actor:person"}',
    )
    parser.add_argument(
        "--columns",
        metavar="SAID",
        help="what the columns of tables mean, such as text=body,title=headline, or a JSON file; "
        "it is kept for tables with the same columns",
    )
    parser.add_argument(
        "--offsets",
        choices=("codepoint", "utf16", "grapheme"),
        help="what offsets count, where a file does not show it",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and change nothing"
    )
    parser.add_argument(
        "--no-copies",
        action="store_true",
        help="do not look whether new articles are copies of others",
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write the whole report as JSON"
    )


def _run(arguments: argparse.Namespace) -> int:
    from annotator.services import column_choices, foreign_labels, importing

    labels = foreign_labels.from_file(arguments.labels) if arguments.labels else None
    columns = column_choices.said(arguments.columns) if arguments.columns else {}
    looks: list[TableLook] = []
    with open_project(arguments, arguments.annotator) as project, ProgressLine() as progress:
        report = importing.import_all(
            project,
            arguments.paths,
            format=arguments.format,
            annotator=arguments.annotator,
            encoding=arguments.encoding,
            dry_run=arguments.dry_run,
            tell=progress.tell,
            labels=labels,
            offset_unit=arguments.offsets,
            columns=columns,
            presets=column_choices.kept(),
            saw_table=looks.append,
            copies=not arguments.no_copies,
        )
    if columns and not arguments.dry_run:
        for look in looks:
            column_choices.keep(look, look.meaning)
    data = report.as_data()
    write_report(arguments, data)
    for line in report.details():
        say(line)
    if report.unknown_labels:
        say("What labels mean is said in a small file, named with --labels.")
    answer(arguments, data, report.in_words())
    nothing_taken = report.refused and not report.added.in_words() and not report.there.in_words()
    return 1 if nothing_taken else 0
