"""The shortcut editor as values: every command with its keys, and what gets in its way."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.presentation.commands.command import Command
from annotator.presentation.commands.keymap import clashes, holders
from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One command in the editor.

    Attributes:
        is_own: whether the user gave it these keys.
        clash: what gets in its way, as a sentence, or nothing.
    """

    command: str
    title: str
    keys: tuple[str, ...]
    is_own: bool
    clash: str


class OwnKeys:
    """Shows and changes which key runs which command; changes count at once and are kept."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory

    def rows(self, words: str = "") -> list[KeyRow]:
        """Return the commands whose title or keys have all these words."""
        wanted = words.casefold().split()
        troubles = self._troubles()
        own = self._memory.preferences.keys
        return [
            KeyRow(
                command.id,
                command.title.rstrip(" …"),
                command.keys,
                command.id in own,
                troubles.get(command.id, ""),
            )
            for command in self._desk.commands
            if all(
                word in f"{command.title} {' '.join(command.keys)}".casefold() for word in wanted
            )
        ]

    def taken_by(self, command: str, key: str) -> list[str]:
        """Return the titles of other commands that have a key while this one could be used."""
        found = self._find(command)
        return [other.title for other in holders(self._desk.commands, found, key)] if found else []

    def give(self, command: str, key: str) -> None:
        """Make a key the only one of a command."""
        self._keep({**self._memory.preferences.keys, command: [key]})

    def take_off(self, command: str) -> None:
        """Leave a command without a key."""
        self._keep({**self._memory.preferences.keys, command: []})

    def set_back(self, command: str) -> None:
        """Give a command the keys of the table again."""
        keys = self._memory.preferences.keys
        self._keep({name: own for name, own in keys.items() if name != command})

    def set_all_back(self) -> None:
        """Give every command the keys of the table again."""
        self._keep({})

    def _keep(self, keys: dict[str, list[str]]) -> None:
        self._memory.set_keys(keys)
        self._desk.set_own_keys(keys)

    def _find(self, command: str) -> Command | None:
        return next((found for found in self._desk.commands if found.id == command), None)

    def _troubles(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for clash in clashes(self._desk.commands):
            found.setdefault(clash.second.id, f"{clash.key} is taken by “{clash.first.title}”")
            found.setdefault(clash.first.id, f"{clash.key} is also that of “{clash.second.title}”")
        return found
