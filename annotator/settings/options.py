"""What a user can choose, declared once: the dialog, the checks and the manual are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

THEMES = ("system", "light", "dark", "contrast light", "contrast dark")
READING, MARKING, YOU = "Reading", "Marking", "You"
"""The pages of the dialog on which options stand."""


class Choice(NamedTuple):
    """One of a few words."""

    values: tuple[str, ...]

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value can be used."""
        return value in self.values


class Number(NamedTuple):
    """A number in a range, in steps; with ``decimals`` 0 a whole one."""

    least: float
    most: float
    step: float = 1
    decimals: int = 0
    unit: str = ""

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value can be used."""
        kinds = (int, float) if self.decimals else (int,)
        is_number = isinstance(value, kinds) and not isinstance(value, bool)
        return is_number and self.least <= value <= self.most  # type: ignore[operator]


class Text(NamedTuple):
    """Any words."""

    hint: str = ""

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value can be used."""
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Face:
    """The name of an installed face; empty is the best serif there is."""

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value can be used."""
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class YesNo:
    """On or off."""

    def accepts(self, value: object) -> bool:
        """Tell whether a stored value can be used."""
        return isinstance(value, bool)


class Option(NamedTuple):
    """One thing to choose.

    Attributes:
        name: of the field of ``Preferences`` that keeps it, which also gives the default.
        sentence: what it does, for dialog and manual.
    """

    name: str
    label: str
    sentence: str
    kind: Choice | Number | Text | Face | YesNo
    page: str = READING


OPTIONS = (
    Option(
        "theme",
        "Theme",
        "Light or dark as the system is, or always one; the two of high contrast use black and white.",
        Choice(THEMES),
    ),
    Option(
        "face",
        "Face",
        "The letters the article is set in; empty takes the best serif installed.",
        Face(),
    ),
    Option("size", "Size", "Height of the letters at 100 % zoom.", Number(12, 28, unit="px")),
    Option(
        "zoom",
        "Zoom",
        "Everything in the article larger or smaller.",
        Number(60, 250, 10, unit="%"),
    ),
    Option(
        "leading",
        "Leading",
        "Distance between lines, in parts of the size; marks below the words need some of it.",
        Number(1.3, 2.4, 0.05, decimals=2),
    ),
    Option("width", "Width", "Characters to a line, about.", Number(40, 110, 2)),
    Option(
        "overview",
        "Overview of marks",
        "A narrow strip beside the scroll bar shows where the marks of the article lie.",
        YesNo(),
    ),
    Option(
        "dim",
        "Dim bylines and boilerplate",
        "Bylines, datelines, copyright lines and the like are set in a fainter colour; nothing is suggested in them.",
        YesNo(),
    ),
    Option(
        "whole_words",
        "Whole words",
        "Dragging selects whole words, and letters while Alt is held; switched off, the other way round.",
        YesNo(),
        MARKING,
    ),
    Option(
        "sticky",
        "Keep the held layer",
        "A layer that is held stays held when another article is opened.",
        YesNo(),
        MARKING,
    ),
    Option(
        "seed",
        "Seed of chance",
        "Articles in order by chance come in the same order wherever the seed is the same; without one, each annotator of each project has an order of their own.",
        Text("one of the project and you"),
        MARKING,
    ),
    Option(
        "annotator",
        "Your name",
        "New work is signed with it, from the next project on that is opened.",
        Text("the first annotator of the project"),
        YOU,
    ),
)

BY_NAME = {option.name: option for option in OPTIONS}
