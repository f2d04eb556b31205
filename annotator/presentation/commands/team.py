"""Several annotators: agreement, adjudication, merging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.presentation.commands.command import Command, has_project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "team.merge",
            "Merge other annotators’ files …",
            "Project",
            _choose_merges,
            ("Ctrl+Shift+M",),
            has_project,
            also="hand in",
        ),
        Command(
            "team.assign",
            "Assign articles …",
            "Project",
            _assign,
            (),
            has_project,
            also="deal distribute hand out",
        ),
        Command(
            "team.agreement",
            "Agreement between annotators",
            "Project",
            lambda desk: desk.focus.emit("agreement"),
            ("Ctrl+Shift+A",),
            has_project,
            also="kappa alpha reliability",
        ),
        Command(
            "team.adjudication",
            "Disagreements and adjudication",
            "Project",
            lambda desk: desk.focus.emit("adjudication"),
            ("Ctrl+Shift+D",),
            has_project,
            also="adjudicate gold consensus",
        ),
    )


def _choose_merges(desk: Desk) -> None:
    from annotator.presentation.merging import choose_merges

    choose_merges(desk)


def _assign(desk: Desk) -> None:
    from annotator.presentation.assigning import choose

    choose(desk)
