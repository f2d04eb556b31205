"""The one table of commands: menus, palette, cheat sheet, shortcut editor, manual and tests read it.

A subject is a module with a function ``commands``; adding one is a module and a line here.
"""

from __future__ import annotations

from functools import cache

from annotator.domain.codebook import Codebook
from annotator.presentation.commands import (
    articles,
    edit,
    findings,
    layers,
    links,
    marks,
    project,
    suggestions,
    team,
    tools,
    view,
)
from annotator.presentation.commands.command import Command

GENERAL = (project, edit, marks, suggestions, articles, view, tools, team, findings)
"""Subjects that every project has."""

FROM_CODEBOOK = (layers, links)
"""Subjects that come from the codebook."""


@cache
def general_commands() -> tuple[Command, ...]:
    """Return the commands that every project has."""
    return tuple(command for subject in GENERAL for command in subject.commands())


def codebook_commands(codebook: Codebook) -> tuple[Command, ...]:
    """Return the commands that come from the codebook: marking, values, links."""
    return tuple(command for subject in FROM_CODEBOOK for command in subject.commands(codebook))
