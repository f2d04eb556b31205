"""A command: one thing a user can do, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

Run = Callable[["Desk"], None]
Condition = Callable[["Desk"], bool]

ALWAYS, MARK, LINKING, SUGGESTION = "", "mark", "linking", "suggestion"
"""Scopes: at any time; while a mark is current (``mark:actor``: one of that layer); while a
partner for a link is being chosen; while a suggestion is current."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do.

    Attributes:
        id: stable name, used in settings, tests and the manual.
        keys: the first is shown; each works while no field is being typed in.
        menu: where it stands; empty keeps it out of the menus (it is in the palette).
        available: whether it can be done now.
        also: other words that people look for it by.
        scope: when its keys count; two commands of scopes that exclude each other may share a key.
    """

    id: str
    title: str
    menu: str
    run: Run
    keys: tuple[str, ...] = ()
    available: Condition = lambda desk: True
    scope: str = ALWAYS
    also: str = ""

    @property
    def key(self) -> str:
        """The key that is shown beside the title."""
        return self.keys[0] if self.keys else ""

    def is_about(self, words: Iterable[str]) -> bool:
        """Tell whether each of the words, in any case, is in its title or in the words it is looked for by."""
        about = f"{self.title} {self.also}".casefold()
        return all(word.casefold() in about for word in words)

    def meets(self, other: Command) -> bool:
        """Tell whether both can be available at one time, as far as their scopes tell."""
        one, two = sorted((self.scope, other.scope), key=len)
        return one in (two, ALWAYS) or two.startswith(f"{one}:")


def has_project(desk: Desk) -> bool:
    """Tell whether a project is open."""
    return desk.project is not None


def has_article(desk: Desk) -> bool:
    """Tell whether an article is open."""
    return desk.reader.article is not None


def has_mark(desk: Desk) -> bool:
    """Tell whether a mark is under the caret."""
    return desk.reader.current is not None


def has_ghost(desk: Desk) -> bool:
    """Tell whether a suggestion is under the caret."""
    return desk.reader.ghost is not None and desk.reader.linking is None


def has_selection(desk: Desk) -> bool:
    """Tell whether words are selected."""
    return desk.reader.has_selection


def missing(commands: Iterable[Command], key: str, desk: Desk) -> str:
    """Return what a key lacks that does nothing now, in a sentence; empty if it is not about marks."""
    scopes = [each.scope for each in commands if each.key == key and each.scope.startswith(MARK)]
    if not scopes or not desk.project or not has_article(desk) or desk.reader.linking:
        return ""
    if not has_mark(desk):
        return f"{_called(key)} is for a mark: go to one first, with Tab or a click."
    if MARK in scopes:
        return ""
    layers = (desk.project.codebook.layer(scope.partition(":")[2]) for scope in scopes)
    names = " or ".join(dict.fromkeys(layer.label.lower() for layer in layers))
    return f"{_called(key)} is for another kind of mark: {names}."


def _called(key: str) -> str:
    return key if key[0].isalnum() else f"“{key}”"
