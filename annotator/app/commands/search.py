"""``annotator search``: the articles that have certain words, or every place where they stand."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotator.app.commands.common import Commands, answer, command, open_project, project_argument

if TYPE_CHECKING:
    from annotator.services.searching import Line


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "search", "find words in all articles", _run)
    project_argument(parser)
    parser.add_argument(
        "query",
        metavar="QUERY",
        help='words, "phrases", -unwanted words, and filters such as publisher:Post or after:2026-03',
    )
    parser.add_argument("--kwic", action="store_true", help="every place, with the words around it")
    parser.add_argument("--regex", action="store_true", help="QUERY is a regular expression")
    parser.add_argument(
        "--limit", type=int, default=10_000, metavar="N", help="at most so many articles or places"
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import searching

    with open_project(arguments) as project:
        if arguments.regex:
            found = searching.search_pattern(project, arguments.query, limit=arguments.limit)
            lines = [line for passed in found for line in passed.lines]
        else:
            result = searching.search_words(project, arguments.query, limit=arguments.limit)
            lines = list(result.lines)
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for line in lines:
        counts[line.article] = counts.get(line.article, 0) + (line.extent[0] < line.extent[1])
        titles[line.article] = line.title
    data = {
        "articles": [
            {"article": id, "title": titles[id], "hits": count} for id, count in counts.items()
        ],
        "lines": [asdict(line) for line in lines],
    }
    said = (
        [_kwic(line) for line in lines]
        if arguments.kwic
        else [f"{count:6}  {titles[id]}  {id}" for id, count in counts.items()]
    )
    answer(arguments, data, said or ["Nothing was found."])


def _kwic(line: Line) -> str:
    return f"{line.left:>60} [{line.words}] {line.right:60}  {line.title[:40]}".rstrip()
