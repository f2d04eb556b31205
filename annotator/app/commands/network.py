"""``annotator network``: who says what, who is near whom, who judges whom."""

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
from annotator.domain.errors import BadInput


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "network", "write a discourse network: matrix, ties or graph", _run)
    project_argument(parser)
    parser.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file to write: .csv, .tsv, .graphml, .gexf or .dl; one for each window of time",
    )
    parser.add_argument(
        "--format", metavar="F", default="", help="matrix, edges, graphml, gexf, dl"
    )
    parser.add_argument(
        "--kind",
        default="two-mode",
        choices=("two-mode", "one-mode", "sentiment"),
        help="actors by topics, actors tied by topics, or who judges whom (default: two-mode)",
    )
    for name, about in (
        ("layer", "which marks are statements (default: claim, or sentiment)"),
        (
            "rows",
            "what rows are: source, publisher, source.affiliation … (default: source, or holder)",
        ),
        ("columns", "what columns are (default: topics, or target)"),
        (
            "qualifier",
            "the attribute that tells stances apart (default: the one with for and against)",
        ),
    ):
        parser.add_argument(f"--{name}", default="", metavar="NAME", help=about)
    parser.add_argument(
        "--combine",
        choices=("ignore", "subtract", "combine", "congruence", "conflict"),
        help="what becomes of the stance (default: ignore; congruence for one-mode, subtract for sentiment)",
    )
    parser.add_argument(
        "--normalise",
        default="none",
        choices=("none", "average", "jaccard", "cosine", "activity", "prominence"),
        help="what values are divided by (default: none)",
    )
    parser.add_argument(
        "--duplicates",
        default="article",
        choices=("keep", "article", "week", "month", "year", "range"),
        help="within what the same statement counts once (default: article)",
    )
    parser.add_argument("--from", dest="since", default="", metavar="DAY", help="the first day")
    parser.add_argument("--to", dest="until", default="", metavar="DAY", help="the last day")
    parser.add_argument(
        "--windows",
        choices=("events", "days", "weeks", "months", "years"),
        help="a network for each of these, or for moving windows of --window-size",
    )
    parser.add_argument(
        "--window-size", type=int, default=0, metavar="N", help="how many a moving window holds"
    )
    for name, about in (
        ("only", "only statements with one of these values"),
        ("without", "no statements with one of these values"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="NAME=A,B,…", help=about
        )
    parser.add_argument("--view", default="annotator", choices=("annotator", "gold"))
    parser.add_argument("--annotator", default="", metavar="NAME", help="only this person's marks")
    for name, about in (
        ("isolates", "show also names that nothing ties"),
        ("linked-only", "leave out mentions that stand for nobody in the actor book"),
        ("voices", "count what the article's author says, under one name"),
        ("middle", "count neutral and mixed as half-way between for and against"),
        ("weighted", "multiply a judgement by its intensity"),
    ):
        parser.add_argument(f"--{name}", action="store_true", help=about)


def _run(arguments: argparse.Namespace) -> None:
    from annotator.analysis.events import Duplicates
    from annotator.analysis.networks import Combine
    from annotator.analysis.normalising import Norm
    from annotator.analysis.windows import Unit
    from annotator.domain.mark import View
    from annotator.domain.network import Kind
    from annotator.services import networks
    from annotator.services.network_choices import day, one_filter
    from annotator.services.network_gathering import Order

    if arguments.window_size and not arguments.windows:
        raise BadInput(
            "--window-size needs --windows: say what it counts, such as --windows weeks."
        )
    order = Order(
        kind=Kind(arguments.kind),
        layer=arguments.layer,
        rows=arguments.rows,
        columns=arguments.columns,
        qualifier=arguments.qualifier,
        combine=Combine(arguments.combine) if arguments.combine else None,
        norm=Norm(arguments.normalise),
        duplicates=Duplicates(arguments.duplicates),
        since=day(arguments.since),
        until=day(arguments.until),
        unit=Unit(arguments.windows) if arguments.windows else None,
        size=arguments.window_size,
        isolates=arguments.isolates,
        only=tuple(map(one_filter, arguments.only)),
        without=tuple(map(one_filter, arguments.without)),
        view=View(arguments.view),
        annotator=arguments.annotator,
        linked_only=arguments.linked_only,
        voices=arguments.voices,
        middle=arguments.middle,
        weighted=arguments.weighted,
    )
    with open_project(arguments) as project:
        with ProgressLine() as progress:
            found = networks.build(project, order, progress.tell)
        paths = networks.write(found, arguments.out, arguments.format)
    for path in paths:
        say(f"Wrote {path}.")
    answer(arguments, {**found.as_data(), "files": list(map(str, paths))}, found.in_words())
