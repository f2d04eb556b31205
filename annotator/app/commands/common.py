"""What several commands share: how they are declared, and how they speak."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import Problem

if TYPE_CHECKING:
    from annotator.domain.coded import Remark
    from annotator.services.project import Project

Commands = Any
"""What argparse calls the collection of subparsers; its class is private."""

Run = Callable[[argparse.Namespace], int | None]


def command(
    commands: Commands, name: str, about: str, run: Run, *, json_output: bool = True
) -> argparse.ArgumentParser:
    """Declare a command and return its parser for further arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run, parser=parser)
    if json_output:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def project_argument(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Declare the project a command works on."""
    parser.add_argument(
        "project",
        type=Path,
        metavar="PROJECT",
        nargs="?" if optional else None,
        help="the project file, with or without .annotator",
    )
    parser.add_argument(
        "--here",
        action="store_true",
        help="work on it even on a network drive or in a synced folder",
    )


def open_project(arguments: argparse.Namespace, annotator: str | None = None) -> Project:
    """Open the project of a command; say what was recovered if it had not been closed properly."""
    from annotator.services import opening

    project = opening.open_project(arguments.project, annotator, anywhere=arguments.here)
    if project.file.recovery:
        say(opening.recovered_sentence(project.file.recovery))
    return project


def answer(arguments: argparse.Namespace, data: object, lines: Sequence[str]) -> None:
    """Print the result: as JSON if that was asked for, else in words."""
    try:
        if arguments.json:
            _print_json(data)
        else:
            print("\n".join(lines), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise Problem(
            f"The output could not be written ({error.strerror}): make room, or send it elsewhere."
        ) from error


def forget_output() -> None:
    """Send what is still to be printed nowhere, so that the end of the program does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_report(arguments: argparse.Namespace, data: object) -> None:
    """Write the result as JSON to the file of ``--report``, if that was asked for."""
    if arguments.report:
        from annotator.services.writing import replacing

        with replacing(arguments.report) as file:
            file.writelines(_json(data))
            file.write("\n")


def _print_json(data: object) -> None:
    """Print JSON with characters as themselves, or escaped where the output cannot hold them."""
    encoding = (sys.stdout.encoding or "utf-8").lower()
    for piece in _json(data, escaped=not encoding.startswith("utf")):
        # Half of a surrogate pair is no character of any encoding, but can be escaped.
        plain = piece.encode(encoding, "backslashreplace").decode(encoding)
        sys.stdout.write(plain)
    print(flush=True)


def _json(data: object, *, escaped: bool = False) -> Iterator[str]:
    """Yield JSON bit by bit: the remarks of a report may be more than memory should hold."""
    if isinstance(data, dict):
        data = {key: _listed(value) for key, value in data.items()}
    return json.JSONEncoder(ensure_ascii=escaped, indent=1).iterencode(data)


def _listed(value: object) -> object:
    from annotator.formats.remarks import Remarks

    return _Listed(value) if isinstance(value, Remarks) else value


class _Listed(list[object]):
    """Remarks as what the encoder takes for a list, made into plain values one by one."""

    def __init__(self, remarks: Collection[Remark]) -> None:
        super().__init__()
        self._remarks = remarks

    def __len__(self) -> int:
        return len(self._remarks)

    def __iter__(self) -> Iterator[object]:
        return map(asdict, self._remarks)


def say(text: str) -> None:
    """Print a message that is not the result."""
    print(text, file=sys.stderr)


class ProgressLine:
    """Shows on a terminal how far long work is, and is gone after the block; silent elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line, however the work ended."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def tell(self, done: int, total: int, name: str = "") -> bool:
        """Show a step; the answer means “go on”."""
        if self._shown:
            place = f"{done} of {total} " if total else ""
            print(f"\r\x1b[K{place}{name[:50]}", end="", file=sys.stderr, flush=True)
        return True
