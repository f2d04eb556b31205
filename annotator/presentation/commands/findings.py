"""What the marks add up to: networks and figures."""

from __future__ import annotations

from annotator.presentation.commands.command import Command, has_project


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "findings.figures",
            "Figures",
            "Project",
            lambda desk: desk.focus.emit("figures"),
            ("Ctrl+Shift+G",),
            has_project,
            also="statistics charts counts",
        ),
        Command(
            "findings.network",
            "Network",
            "Project",
            lambda desk: desk.focus.emit("network"),
            ("Ctrl+Shift+N",),
            has_project,
        ),
        Command(
            "findings.copies",
            "Copies of articles",
            "Project",
            lambda desk: desk.focus.emit("copies"),
            ("Ctrl+Shift+C",),
            has_project,
            also="duplicates",
        ),
    )
