"""Tables and books beside the page."""

from __future__ import annotations

from annotator.presentation.commands.command import Command, has_project


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "view.search",
            "Search all articles",
            "View",
            lambda desk: desk.focus.emit("search"),
            ("Ctrl+Shift+F",),
            has_project,
        ),
        Command(
            "view.marks",
            "Table of marks",
            "View",
            lambda desk: desk.focus.emit("marks"),
            ("Ctrl+T",),
            has_project,
        ),
        Command(
            "view.actors",
            "Actor book",
            "View",
            lambda desk: desk.focus.emit("actors"),
            ("Ctrl+B",),
            has_project,
        ),
        Command(
            "view.open-mentions",
            "Mentions that stand for nobody yet",
            "View",
            lambda desk: desk.focus.emit("open-mentions"),
            ("Ctrl+Shift+B",),
            has_project,
        ),
        Command(
            "view.codebook",
            "Codebook",
            "View",
            lambda desk: desk.focus.emit("codebook"),
            ("Ctrl+Shift+K",),
            has_project,
        ),
    )
