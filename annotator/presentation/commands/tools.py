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
            also="concordance regular expression",
        ),
        Command(
            "view.marks",
            "Table of marks",
            "View",
            lambda desk: desk.focus.emit("marks"),
            ("Ctrl+T",),
            has_project,
            also="statements",
        ),
        Command(
            "view.actors",
            "Actor book",
            "View",
            lambda desk: desk.focus.emit("actors"),
            ("Ctrl+B",),
            has_project,
            also="entities",
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
