"""Searches that were kept, some with a colour: those colour the articles and the words they find."""

from __future__ import annotations

from typing import NamedTuple

from annotator.presentation.memory import Memory

Pair = tuple[str, str]

COLOURS: dict[str, Pair] = {
    "amber": ("#9a6700", "#e3b341"),
    "teal": ("#0f766e", "#4fd1c5"),
    "rose": ("#b4235a", "#f58fb0"),
    "violet": ("#6d3fc0", "#b79df5"),
    "green": ("#3d7a1f", "#9ccf6b"),
    "slate": ("#44546a", "#a9b8cc"),
}
"""In the light and the dark theme; the letter beside them says the same without colour."""

OPTION = "searches"
"""What ``Memory.changed`` tells when the kept searches changed."""


class SavedSearch(NamedTuple):
    """A search that was kept.

    Attributes:
        typed: the words, or the pattern.
        colour: a name in ``COLOURS``, or nothing; a pattern has none.
    """

    typed: str
    is_pattern: bool = False
    colour: str = ""

    @property
    def letter(self) -> str:
        """The letter that stands for it where there is room for no more."""
        return next((sign.upper() for sign in self.typed if sign.isalnum()), "?")


class SavedSearches:
    """The searches one has kept, in every project, the oldest first."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def all(self) -> tuple[SavedSearch, ...]:
        """Return what was kept."""
        return tuple(
            SavedSearch(typed, kind == "pattern", colour if colour in COLOURS else "")
            for typed, kind, colour in self._memory.preferences.searches
        )

    @property
    def coloured(self) -> tuple[SavedSearch, ...]:
        """Return those that colour what they find."""
        return tuple(search for search in self.all if search.colour and not search.is_pattern)

    def of(self, typed: str, *, is_pattern: bool) -> SavedSearch | None:
        """Return the one that was kept of these words, or None."""
        return next(
            (one for one in self.all if (one.typed, one.is_pattern) == (typed, is_pattern)), None
        )

    def keep(self, search: SavedSearch) -> None:
        """Keep a search; one of the same words takes its colour."""
        others = [one for one in self.all if not _same(one, search)]
        place = next((at for at, one in enumerate(self.all) if _same(one, search)), len(others))
        self._set([*others[:place], search, *others[place:]])

    def remove(self, search: SavedSearch) -> None:
        """Keep a search no longer."""
        self._set([one for one in self.all if not _same(one, search)])

    def _set(self, searches: list[SavedSearch]) -> None:
        self._memory.set_searches(
            [[one.typed, "pattern" if one.is_pattern else "words", one.colour] for one in searches]
        )


def _same(one: SavedSearch, other: SavedSearch) -> bool:
    return (one.typed, one.is_pattern) == (other.typed, other.is_pattern)
