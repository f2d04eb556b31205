"""``annotator agreement``: how far the annotators of a project agree."""

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
    say,
)


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "agreement",
        "measure how far annotators agree, with intervals, per layer, label and link",
        _run,
    )
    project_argument(parser)
    parser.add_argument("--annotators", metavar="A,B,…", help="whose marks (default: everybody's)")
    parser.add_argument("--layers", metavar="L,…", help="which layers (default: all in use)")
    parser.add_argument(
        "--measures",
        metavar="M,…",
        help="spans, schemes, tokens, units, values, links, study, gamma (default: all but gamma)",
    )
    parser.add_argument(
        "--by",
        default="",
        choices=("pair", "publisher", "month"),
        help="also for each pair of annotators, publisher or month",
    )
    parser.add_argument(
        "--draws",
        type=int,
        default=1000,
        metavar="N",
        help="resamplings for the intervals; 0 for none (default: 1000)",
    )
    parser.add_argument(
        "--seed", type=int, default=20260101, metavar="N", help="where the draws start"
    )
    parser.add_argument(
        "--unfinished",
        action="store_true",
        help="count whoever marked anything in an article as done with it",
    )
    parser.add_argument(
        "--table",
        type=Path,
        metavar="FILE",
        help="write what was compared as CSV: unit, annotator, variable, value",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write one page for an appendix, as .md, .html or .pdf",
    )
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="write every figure as Markdown"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import agreement, agreement_words, long_table, reliability
    from annotator.services.writing import write_text

    order = agreement.Order(
        annotators=_names(arguments.annotators),
        layers=_names(arguments.layers),
        families=agreement.families(_names(arguments.measures)),
        by=arguments.by,
        draws=arguments.draws,
        seed=arguments.seed,
        unfinished=arguments.unfinished,
    )
    if arguments.report:
        reliability.prove_form(arguments.report)
    with open_project(arguments) as project:
        with ProgressLine() as progress:
            found = agreement.measure(project, order, progress.tell)
        if arguments.table:
            rows = long_table.write(project.db, order, arguments.table)
            say(f"Wrote {rows:,} rows to {arguments.table}.")
        if arguments.report:
            page = reliability.report(found, project.path.stem)
            reliability.write(page, arguments.report, _as_pdf)
        if arguments.figures:
            write_text(arguments.figures, agreement_words.as_markdown(found, project.path.stem))
    answer(arguments, agreement_words.as_data(found), agreement_words.in_words(found))


def _as_pdf(html: str, title: str) -> bytes:
    """Return a page as PDF; works without a display."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from annotator.ui.report_pdf import pdf

    application = QGuiApplication.instance() or QGuiApplication(["annotator"])
    made = pdf(html, title)
    del application
    return made


def _names(given: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())
