"""The menus of the window, in their order, and the letters that open them.

They are seen before any command is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.presentation.commands import Command

MENUS = ("Project", "Edit", "Mark", "Link", "Suggestions", "Article", "View", "Help")


def menu_letters(titles: Iterable[str], commands: Iterable[Command]) -> list[int | None]:
    """Return for each menu the place of the letter that opens it with Alt, if one is left.

    It is the first letter of the title that no command has with Alt and no menu before it took.
    """
    keys = (key for command in commands for key in command.keys)
    taken = {key.removeprefix("Alt+") for key in keys if key.startswith("Alt+")}
    places: list[int | None] = []
    for title in titles:
        letters = [letter.upper() for letter in title]
        free = [
            place
            for place, letter in enumerate(letters)
            if letter.isalpha() and letter not in taken
        ]
        places.append(free[0] if free else None)
        taken.update(letters[place] for place in free[:1])
    return places
