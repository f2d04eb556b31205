"""``annotator suggest``: let suggesters propose marks, and see how their proposals fared."""

from __future__ import annotations

import argparse
from dataclasses import asdict

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
        commands, "suggest", "propose marks; none counts before a person accepts it", _run
    )
    project_argument(parser, optional=True)
    parser.add_argument(
        "--suggester", action="append", default=[], metavar="NAME", help="only this one; repeatable"
    )
    parser.add_argument(
        "--article", action="append", default=[], metavar="ID", help="only this one; repeatable"
    )
    parser.add_argument(
        "--list", action="store_true", help="name the suggesters, with what became of theirs"
    )
    parser.add_argument(
        "--queue", action="store_true", help="list the open articles, those that teach most first"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import suggesting

    if arguments.list:
        _list(arguments)
        return
    if arguments.project is None:
        arguments.parser.error("name the PROJECT to suggest in, or ask for --list")
    if arguments.queue:
        _queue(arguments)
        return
    with open_project(arguments) as project, ProgressLine() as progress:
        report = suggesting.suggest(project, arguments.suggester, arguments.article, progress.tell)
    answer(arguments, report.as_data(), report.in_words())


def _queue(arguments: argparse.Namespace) -> None:
    from annotator.services import learning_queue

    with open_project(arguments) as project:
        turns = learning_queue.queue(project)
        titles = {turn.article: project.article(turn.article).title for turn in turns}
    lines = [f"{titles[turn.article]}: {turn.reason}" for turn in turns]
    answer(arguments, [asdict(turn) for turn in turns], lines or ["Nothing is open for you."])


def _list(arguments: argparse.Namespace) -> None:
    from annotator.services import answering, suggesters

    known = suggesters.available()
    tallies = []
    if arguments.project is not None:
        with open_project(arguments) as project:
            tallies = answering.tallies(project)
    lines = [f"{item.maker.name} {item.maker.version}: {item.about}" for item in known]
    lines += [
        f"{tally.name} {tally.version}: "
        + ", ".join(f"{count:,} {decision}" for decision, count in tally.decisions.items())
        for tally in tallies
    ]
    data = {
        "suggesters": [
            {
                "name": item.maker.name,
                "version": item.maker.version,
                "about": item.about,
                "layers": list(item.layers),
            }
            for item in known
        ],
        "decisions": [asdict(tally) for tally in tallies],
    }
    answer(arguments, data, lines)
