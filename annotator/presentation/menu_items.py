"""What a menu at the pointer is made of."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.presentation.commands import Command


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, under fewer words than its title where those around it say the rest.

    Attributes:
        is_current: whether what the command would do is so already.
    """

    command: Command
    words: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A menu of its own."""

    title: str
    items: tuple[Item, ...]


Item = Entry | Branch
