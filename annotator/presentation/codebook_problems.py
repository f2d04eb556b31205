"""What stands against a codebook before it is in force: clashing keys, faint colours, loose links."""

from __future__ import annotations

from annotator.domain.codebook import Codebook, LinkType
from annotator.domain.codebook_edits import items
from annotator.domain.contrast import LEAST, is_colour, ratio
from annotator.domain.errors import Problem
from annotator.presentation.commands import codebook_commands, general_commands
from annotator.presentation.commands.keymap import clashes

PAGES = (("#fbfaf7", "light"), ("#1b1d1f", "dark"))
"""The page in either theme, which colours must stand out from."""


def problems(book: Codebook) -> list[str]:
    """Return what stands against a codebook, in sentences."""
    told = []
    try:
        commands = (*codebook_commands(book), *general_commands())
        found = clashes(commands)
        plain = {clash.key for clash in found}
        # A layer's key brings others with Shift and Alt, which clash as well; one is told.
        told = [
            f"{clash.key} is the key of “{clash.first.title}” and of “{clash.second.title}”."
            for clash in found
            if clash.key[-1] not in plain or len(clash.key) == 1
        ]
    except Problem as problem:
        told.append(str(problem))
    for path, thing in items(book):
        colour = getattr(thing, "colour", None)
        if colour and not thing.retired:
            told += _faint(thing.label or thing.name, colour)
        if isinstance(thing, LinkType) and not thing.ends:
            told.append(f"The {path.words} leads nowhere: choose a layer it may lead to.")
    return told


def _faint(label: str, colour: tuple[str, str]) -> list[str]:
    told = []
    for shade, (page, theme) in zip(colour, PAGES, strict=True):
        if not is_colour(shade):
            told.append(f"“{shade}” of {label} is no colour: write it as #0072b2.")
        elif (found := ratio(shade, page)) < LEAST:
            told.append(
                f"{label} is hard to see in the {theme} theme ({found:.1f} : 1; it needs {LEAST:.0f} : 1)."
            )
    return told
