"""The command line: finds the command, runs it, and turns problems into one sentence and exit code 1."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence

from annotator import __version__
from annotator.app import faults
from annotator.app.commands import COMMANDS, common
from annotator.domain import text
from annotator.domain.errors import Problem
from annotator.domain.suffix import SUFFIX

DONE, PROBLEM = 0, 1
"""Exit codes; 2, for wrong usage, is argparse's own."""

log = logging.getLogger(__name__)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = _with_command(list(sys.argv[1:] if arguments is None else arguments))
    _say_what_can_be_said()
    chosen = _readable(build_parser(given[0]).parse_args(given))
    try:
        return int(chosen.run(chosen) or DONE)
    except Problem as problem:
        return _fail(str(problem))
    except KeyboardInterrupt:
        return _fail("Stopped; nothing half-done was left.")
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say to them.
        common.forget_output()
        return PROBLEM
    except Exception as error:  # noqa: BLE001  (the last net)
        place = faults.keep_report(error)
        return _fail(
            f"annotator met a fault of its own ({type(error).__name__}); the details are in {place}."
        )


def _with_command(given: list[str]) -> list[str]:
    """Add ``open`` where no command is named: for no words at all, or a project a file manager opens."""
    if not given or given[0].endswith(SUFFIX):
        return ["open", *given]
    return given


def build_parser(wanted: str = "") -> argparse.ArgumentParser:
    """Return the parser of one command, so that the others need not be read; of all if it is none."""
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="Mark actors, claims and sentiment in news articles. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        if wanted not in COMMANDS or name == wanted:
            command.add(commands)
    return parser


def _say_what_can_be_said() -> None:
    """Where the terminal cannot show a character, print its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _readable(chosen: argparse.Namespace) -> argparse.Namespace:
    """Make proper text of all words but paths, which have to stay what the system calls them."""
    for name, value in vars(chosen).items():
        if isinstance(value, str):
            setattr(chosen, name, text.readable(value))
    return chosen


def _fail(sentence: str) -> int:
    end = "" if sentence.endswith((".", "?", "!")) else "."
    print(f"annotator: {sentence}{end}", file=sys.stderr)
    return PROBLEM
