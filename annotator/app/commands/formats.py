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
    from annotator.formats.registry import READERS, WRITERS

    writers = {writer.name: writer for writer in WRITERS}
    rows = []
    for reader in READERS:
        writer = writers.pop(reader.name, None)
        rows.append(
            (
                reader.name,
                True,
                writer is not None,
                reader.about,
                writer.cannot_carry if writer else (),
            )
        )
    rows += [
        (writer.name, False, True, writer.about, writer.cannot_carry) for writer in writers.values()
    ]
    data = [
        {"name": name, "read": read, "write": write, "about": about, "cannot_carry": list(lost)}
        for name, read, write, about, lost in rows
    ]
    lines = []
    for name, read, write, about, lost in rows:
        how = " and ".join(word for word, can in (("read", read), ("write", write)) if can)
        lines.append(f"{name:8} {how:14} {about}")
        lines += [f"{'':23} does not carry {item}" for item in lost]
    answer(arguments, data, lines)
