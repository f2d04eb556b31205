"""``annotator evaluate``: scores of one coding against another."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(commands, "evaluate", "score one coding of articles against another", _run)
    about = "a JSONL file, or PROJECT:VIEW with the view annotator, gold or suggestions"
    parser.add_argument("predicted", metavar="PREDICTED", help=about)
    parser.add_argument("reference", metavar="REFERENCE", help=about)
    parser.add_argument(
        "--here",
        action="store_true",
        help="work on projects even on a network drive or in a synced folder",
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services import evaluating

    found = evaluating.evaluate(arguments.predicted, arguments.reference, anywhere=arguments.here)
    answer(arguments, found.as_data(), found.in_words())
