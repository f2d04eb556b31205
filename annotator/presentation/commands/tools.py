"""Tables and books beside the page."""

from __future__ import annotations

from annotator.presentation.commands.command import Command, has_project


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "view.marks",
            "Table of marks",
            "View",
            lambda desk: desk.focus.emit("marks"),
            ("Ctrl+T",),
            has_project,
        ),
    )
