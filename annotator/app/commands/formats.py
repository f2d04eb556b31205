"""``annotator formats``: what can be read and written."""

from __future__ import annotations

import argparse

from annotator.app.commands.common import Commands, answer, command


def add(commands: Commands) -> None:
    """Declare the command."""
    command(
        commands,
        "formats",
        "list the formats that can be read and written, and what each cannot carry",
        _run,
    )


def _run(arguments: argparse.Namespace) -> None:
    from annotator.services.offered import formats

    data, lines = [], []
    for each in formats():
        data.append(
            {
                "name": each.name,
                "read": each.reads,
                "write": each.writes,
                "about": each.about,
                "cannot_carry": list(each.cannot_carry),
            }
        )
        how = " and ".join(
            word for word, can in (("read", each.reads), ("write", each.writes)) if can
        )
        lines.append(f"{each.name:12} {how:14} {each.about}")
        lines += [f"{'':27} does not carry {item}" for item in each.cannot_carry]
    answer(arguments, data, lines)
