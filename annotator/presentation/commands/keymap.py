"""The user's own keys laid over the table, and keys that get in each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from annotator.presentation.commands.command import Command

OwnKeys = Mapping[str, Sequence[str]]
"""By command id, the keys that take the place of its own; no keys leave it without."""


class Clash(NamedTuple):
    """One key that two commands have which can be available at one time; the first one gets it."""

    key: str
    first: Command
    second: Command


def with_keys(commands: Iterable[Command], own: OwnKeys) -> tuple[Command, ...]:
    """Return the commands with the user's own keys in place of theirs."""
    return tuple(
        replace(command, keys=tuple(map(_called_now, own[command.id])))
        if command.id in own
        else command
        for command in commands
    )


def clashes(commands: Iterable[Command]) -> list[Clash]:
    """Return every pair of commands that claim one key at one time, in the order of the table."""
    taken: dict[str, list[Command]] = {}
    found = []
    for command in commands:
        for key in command.keys:
            others = taken.setdefault(key, [])
            found += [Clash(key, other, command) for other in others if other.meets(command)]
            others.append(command)
    return found


def holders(commands: Iterable[Command], command: Command, key: str) -> list[Command]:
    """Return the other commands that have ``key`` while ``command`` could be used."""
    return [
        other
        for other in commands
        if other.id != command.id and key in other.keys and other.meets(command)
    ]


def _called_now(key: str) -> str:
    """Return what a kept key is called now: Enter was kept as “Return” at first."""
    return key.removesuffix("Return") + "Enter" if key.endswith("Return") else key
